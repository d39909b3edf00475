"""All of a campaign's figures: before, during and after, with the changes between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from config.campaign import Campaign, Phase, State
from measures.change import Change, Period
from measures.changes import CHANGES, Evidence, change_of
from measures.daily import NEVER, Calendar
from measures.figures import Engagement, Figures, Interval, figures
from measures.indicators import IndicatorChange, indicator_changes
from measures.labelled import Corrected, LabelledShares
from measures.rows import Authors, Day

__all__ = [
    "CHANGES",
    "NEVER",
    "Authors",
    "Change",
    "Corrected",
    "Day",
    "Engagement",
    "Figures",
    "Interval",
    "LabelledShares",
    "Summary",
    "figures",
    "summarise",
]


@dataclass(frozen=True, slots=True)
class Summary:
    """What Sada can say of a campaign on `today`.

    `phases` always has the three keys; `None` where the phase has not begun, has no days or is
    never to come (open end). `changes` has the keys of `CHANGES` that apply (share of voice and
    offensive share may be absent); each holds `during`, and `after`, where that phase has begun.
    Both are the model's own; `labelled` has what hand labels correct.
    """

    campaign: str
    today: date
    state: State
    phases: Mapping[Phase, Figures | None]
    changes: Mapping[str, Mapping[Period, Change]]
    labelled: LabelledShares = field(default_factory=LabelledShares)
    indicators: tuple[IndicatorChange, ...] = ()
    """Outside figures of the campaign file, in its order."""

    @property
    def told_changes(self) -> Mapping[str, Mapping[Period, Change]]:
        """The changes to tell: corrected by hand labels wherever there are enough of them."""
        return {
            key: {period: self._told(key, period, own) for period, own in periods.items()}
            for key, periods in self.changes.items()
        }

    def told_share(self, key: str, phase: Phase) -> float | None:
        """A share of tone as it is to be told: corrected where there are labels enough."""
        corrected = self.labelled.share(key, phase)
        if corrected is not None:
            return corrected.share
        figures = self.phases.get(phase)
        own: float | None = None if figures is None else getattr(figures, key)
        return own

    def corrected_change(self, key: str, period: Period) -> bool:
        """Whether the change in `told_changes` is one that hand labels have corrected."""
        own = self.changes.get(key, {}).get(period)
        return own is not None and self._told(key, period, own) is not own

    def _told(self, key: str, period: Period, own: Change) -> Change:
        corrected = self.labelled.changes.get(key, {}).get(period)
        if corrected is None or "not_enough_data" in (corrected.verdict, own.verdict):
            return own
        return corrected


def summarise(
    campaign: Campaign,
    days: Sequence[Day],
    authors: Mapping[Phase, Sequence[Authors]],
    missing_days: Mapping[date, float],
    today: date,
    *,
    campaign_days: Sequence[Day] | None = None,
    offensive_excluded: frozenset[str] = frozenset(),
    seen: tuple[date, date] | None = None,
    labelled: LabelledShares | None = None,
) -> Summary:
    """The summary of `campaign`.

    `days` are grouped by platform, from the baseline's first day to `today`; `campaign_days` are
    the same for scope `campaign`, for share of voice. `missing_days` gives the share of each day's
    collection that is missing. `seen` (first and last day with posts) is given for campaigns that
    live from imports alone (`NEVER` before the first): other days are then unknown. `today` itself
    is in the figures but, being unfinished, not in the changes. `labelled` is what hand labels
    correct, of the same posts.
    """
    missing = _missing(campaign, missing_days, seen, today)
    phases: dict[Phase, Figures | None] = {}
    for phase in Phase:
        stretch = _stretch(campaign, phase, today)
        phases[phase] = stretch and figures(
            days,
            authors.get(phase, ()),
            first=stretch[0],
            last=stretch[1],
            missing=missing,
            campaign_originals=_originals(campaign_days, *stretch),
            offensive_excluded=offensive_excluded,
        )
    evidence = Evidence(
        start=campaign.start,
        end=campaign.end,
        calendar=Calendar(campaign.first_day, _last_whole_day(campaign, today), missing),
        days=days,
        campaign_days=campaign_days,
        offensive_excluded=offensive_excluded,
        effective_authors={p: _voices(f) for p, f in phases.items() if f is not None},
    )
    return Summary(
        campaign.slug,
        today,
        campaign.state(today),
        phases,
        _changes(evidence),
        labelled or LabelledShares(),
        indicator_changes(campaign, today - timedelta(days=1)),
    )


def _stretch(campaign: Campaign, phase: Phase, today: date) -> tuple[date, date] | None:
    """First and last day of `phase` up to `today`, `None` if there is no such day yet."""
    if phase is Phase.BEFORE:
        first, last = campaign.first_day, campaign.start - timedelta(days=1)
    elif phase is Phase.DURING:
        first, last = campaign.start, campaign.end or today
    elif campaign.end is None or campaign.last_day is None:
        return None
    else:
        first, last = campaign.end + timedelta(days=1), campaign.last_day
    last = min(last, today)
    return (first, last) if first <= last else None


def _last_whole_day(campaign: Campaign, today: date) -> date:
    yesterday = today - timedelta(days=1)
    return yesterday if campaign.last_day is None else min(campaign.last_day, yesterday)


def _missing(
    campaign: Campaign, missing: Mapping[date, float], seen: tuple[date, date] | None, today: date
) -> dict[date, float]:
    """`missing` up to `today`, with the days outside of `seen` wholly missing."""
    calendar = Calendar(campaign.first_day, today, missing, seen)
    return {day: calendar.missing_share(day) for day in calendar.dates}


def _voices(found: Figures) -> float | None:
    """Effective authors; a stretch without a post has none, which is known."""
    return 0.0 if found.posts == 0 else found.effective_authors


def _originals(days: Sequence[Day] | None, first: date, last: date) -> int | None:
    if days is None:
        return None
    return sum(row.originals for row in days if first <= row.day <= last)


def _changes(evidence: Evidence) -> dict[str, dict[Period, Change]]:
    periods: list[Period] = []
    if evidence.calendar.last >= evidence.start:
        periods.append("during")
    end = evidence.end
    if end is not None and evidence.calendar.last > end:
        periods.append("after")
    found: dict[str, dict[Period, Change]] = {}
    for key in CHANGES:
        for period in periods:
            change = change_of(key, evidence, period)
            if change is not None:
                found.setdefault(key, {})[period] = change
    return found
