"""The finding in words: one sentence that leads, and those that qualify it."""

from dataclasses import dataclass

from config.campaign import Phase, State
from config.i18n import Translator
from dashboard.context import Shown
from dashboard.gather import Overview
from dashboard.wording import change_amount, interval
from dashboard.words import figure
from measures.change import Change, Period
from measures.figures import Figures


@dataclass(frozen=True, slots=True)
class Headline:
    """`lead` is the finding, `mood` its sign for the eye: a verdict, or `waiting`."""

    lead: str
    mood: str
    rest: tuple[str, ...]


def headline(shown: Shown, data: Overview) -> Headline:
    period: Period = (
        "after"
        if data.summary.phases.get(Phase.AFTER) and shown.view.period == "custom"
        else "during"
    )
    change = data.summary.changes.get("originals", {}).get(period)
    lead, mood = _lead(shown, change)
    rest = (_tone(shown.t, data), _after(shown.t, data), _collection(shown.t, data.period))
    return Headline(lead, mood, tuple(sentence for sentence in rest if sentence))


def _lead(shown: Shown, change: Change | None) -> tuple[str, str]:
    t, campaign = shown.t, shown.campaign
    if shown.today < campaign.start:
        days = (shown.today - campaign.first_day).days
        said = t(
            "headline.baseline",
            day=t.day(campaign.start),
            done=t.number(max(0, days)),
            all=t.number(campaign.baseline_days),
        )
        return said, "waiting"
    if change is None:
        return t("headline.no_change_yet"), "waiting"
    what = t(f"headline.what.{shown.view.scope}")
    if change.verdict == "not_enough_data":
        return t("headline.not_enough", what=what, why=t(f"reason.{change.reason or 'unknown'}")), (
            change.verdict
        )
    if change.verdict == "not_detectable":
        key = "headline.not_detectable" if change.smallest_detectable else "headline.no_difference"
        least = t.percent((change.smallest_detectable or 1) - 1)
        return t(key, what=what, least=least), change.verdict
    return (
        t(
            f"headline.{change.verdict}",
            what=what,
            amount=change_amount(change, "ratio", t),
            interval=interval(change, "ratio", t),
        ),
        change.verdict,
    )


def _tone(t: Translator, data: Overview) -> str:
    phases = data.summary.phases
    phase = Phase.DURING if phases.get(Phase.DURING) else Phase.BEFORE
    figures = phases.get(phase) or data.period
    if figures.net_sentiment is None or figures.neutral_share is None:
        return t("headline.no_tone")
    summary = data.summary
    change = summary.told_changes.get("net_sentiment", {}).get("during")
    verdict = t(f"headline.tone.{change.verdict if change else 'none'}")
    corrected = summary.labelled.share("net_sentiment", phase)

    def share(key: str) -> float:
        told = summary.told_share(key, phase) if corrected else getattr(figures, key)
        return told or 0.0

    said = t(
        "headline.tone",
        net=figure(t.points(share("net_sentiment"))),
        neg=t.percent(share("negative_share")),
        pos=t.percent(share("positive_share")),
        neu=t.percent(share("neutral_share")),
        verdict=verdict,
    )
    if corrected is None:
        return f"{said} {t('headline.uncorrected')}"
    return f"{said} {t('headline.corrected', labels=t.number(corrected.labels))}"


def _after(t: Translator, data: Overview) -> str:
    change = data.summary.changes.get("originals", {}).get("after")
    if change is None or data.summary.state not in (State.FOLLOWUP, State.CLOSED):
        return ""
    if change.verdict in ("rose", "fell"):
        return t(
            f"headline.after.{change.verdict}",
            amount=change_amount(change, "ratio", t),
            interval=interval(change, "ratio", t),
        )
    return t(f"headline.after.{change.verdict}")


def _collection(t: Translator, figures: Figures) -> str:
    if figures.missing_share > 0.0005:
        return t("headline.collected", share=t.percent(max(0.0, 1 - figures.missing_share), 1))
    return t("headline.collected_all")
