"""How the sources of a campaign are doing, in words."""

from datetime import timedelta

from config.i18n import Translator
from reports.alarms import budget_share, hours_missing, plan_of
from reports.gather import Material
from reports.told import Told
from reports.words import counted, percent, source_name
from storage.rows import SourceState


def sources_told(material: Material, t: Translator) -> tuple[Told, ...]:
    """One line a source, or one on the imported files where there is no other."""
    if material.imports_only and material.seen is not None:
        first, last = map(t.day, material.seen)
        return (Told(t("source.files"), t("source.imports", first=first, last=last)),)
    return tuple(source_told(material, source, t) for source in material.sources)


def source_told(material: Material, source: SourceState, t: Translator) -> Told:
    """State, last delivery, hours missing in the last seven days, and budget of one source."""
    text = _state(source, t)
    start = material.now - timedelta(days=7)
    hours = hours_missing(source.gaps, start, material.now)
    if hours and source.last_run is not None:
        text += " " + t("source.gaps", hours=counted(t, "hours", hours))
    if money := _budget(material, source, t):
        text += " " + money
    tone = "" if source.state in ("ok", "running") else "bad"
    return Told(source_name(source.name), text, tone)


def _budget(material: Material, source: SourceState, t: Translator) -> str:
    plan, share = plan_of(material, source.name), budget_share(material, source)
    if plan is None or share is None:
        return ""
    if not plan.dollars_in_all:
        return t("source.posts_budget", share=percent(t, share))
    pace = material.spent.get(source.name, 0.0) / 7
    left_days = (plan.dollars_in_all - source.dollars) / pace if pace > 0 else None
    told = t(
        "source.dollars",
        spent=t.number(source.dollars, 2),
        budget=t.number(plan.dollars_in_all),
        share=percent(t, share),
    )
    if left_days is None or left_days <= 0 or left_days > 365:
        return told
    return f"{told} " + t("source.pace", days=counted(t, "days", int(left_days)))


def _state(source: SourceState, t: Translator) -> str:
    """How a source is doing; the platform's own error text stays out of mails."""
    if source.last_run is None:
        return t("source.never")
    if source.last_success is None:
        return t("source.not_yet", state=t(f"source.state.{source.state}"))
    return t(
        "source.told",
        state=t(f"source.state.{source.state}"),
        posts=counted(t, "posts", source.posts),
        moment=t.moment(source.last_success, "EEE d MMM HH:mm"),
    )
