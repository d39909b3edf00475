"""How the sources of a campaign are doing, in words."""

from datetime import timedelta

from config.i18n import Translator
from measures.budget import Used
from reports.alarms import hours_missing
from reports.gather import Material
from reports.told import Told
from reports.words import counted, percent
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
    return Told(t.platform(source.name), text, tone)


def _budget(material: Material, source: SourceState, t: Translator) -> str:
    """Each budget of the campaign, and when it runs out if days go on as the last ones."""
    account = material.accounts.get(source.name)
    if account is None:
        return ""
    told = []
    for used in account.used:
        if used.limit.per == "campaign":
            told.append(_used(used, t))
            ends = account.runs_out(used, material.today)
            if ends is not None and not used.over:
                told.append(t("source.runs_out", day=t.day(ends, "d MMM")))
    ahead = account.forecasts.get("dollars")
    if ahead is not None and ahead.high > 0:
        told.append(
            t(
                "source.forecast",
                day=t.day(account.until, "d MMM"),
                low=t.number(ahead.low, 2),
                high=t.number(ahead.high, 2),
            )
        )
    return " ".join(told)


def _used(used: Used, t: Translator) -> str:
    if used.limit.unit != "dollars":
        return t(f"source.budget.{used.limit.unit}", share=percent(t, used.share))
    return t(
        "source.dollars",
        spent=t.number(used.spent, 2),
        budget=t.number(used.limit.amount),
        share=percent(t, used.share),
    )


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
