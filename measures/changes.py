"""Which daily series stand behind the change of each metric."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from config.campaign import Campaign, Phase
from measures.change import Change, Period, share_change, volume_change
from measures.daily import Calendar, series
from measures.rows import Day
from measures.shares import judged

CHANGES = (
    "originals",
    "share_of_voice",
    "negative_share",
    "positive_share",
    "net_sentiment",
    "offensive_share",
    "signposting_rate",
)
"""The metrics whose change is measured, by their key in the dictionary."""

Value = Callable[[Day], float]

_AMONG_ANNOTATED: Mapping[str, Value] = {
    "negative_share": lambda row: row.neg,
    "positive_share": lambda row: row.pos,
    "net_sentiment": lambda row: row.pos + row.neu / 2,  # (net + 1) / 2 of the annotated
    "offensive_share": lambda row: row.offensive,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the changes of a campaign are computed from; `calendar` ends on a whole day."""

    campaign: Campaign
    calendar: Calendar
    days: Sequence[Day]
    campaign_days: Sequence[Day] | None
    offensive_excluded: frozenset[str]
    effective_authors: Mapping[Phase, float | None]

    def fewest_authors(self, period: Period) -> float | None:
        """The smaller number of effective authors of baseline and `period`, where known."""
        known = [
            value
            for phase in (Phase.BEFORE, Phase(period))
            if (value := self.effective_authors.get(phase)) is not None
        ]
        return min(known, default=None)


def change_of(key: str, evidence: Evidence, period: Period) -> Change | None:
    """The change of metric `key`; `None` where it does not apply to these data."""
    if key == "originals":
        return _volume(evidence, period)
    if key == "share_of_voice":
        if evidence.campaign_days is None:
            return None
        return _share(evidence, period, evidence.campaign_days, _originals, evidence.days)
    if key == "signposting_rate":
        return _share(evidence, period, evidence.days, lambda row: row.signposted, evidence.days)
    rows = evidence.days
    if key == "offensive_share":
        rows = judged(rows, evidence.offensive_excluded)
        if evidence.days and not rows:
            return None
    top = _AMONG_ANNOTATED[key]
    change = _share(evidence, period, rows, top, rows, lambda row: row.annotated)
    return _net(change) if key == "net_sentiment" else change


def _originals(row: Day) -> float:
    return row.originals


def _volume(evidence: Evidence, period: Period) -> Change:
    campaign, calendar = evidence.campaign, evidence.calendar
    return volume_change(
        series(evidence.days, calendar, _originals),
        calendar.dates,
        campaign.start,
        campaign.end,
        period,
        effective_authors=evidence.fewest_authors(period),
    )


def _share(
    evidence: Evidence,
    period: Period,
    rows: Sequence[Day],
    top: Value,
    all_rows: Sequence[Day],
    bottom: Value = _originals,
) -> Change:
    campaign, calendar = evidence.campaign, evidence.calendar
    tops, bottoms = series(rows, calendar, top), series(all_rows, calendar, bottom)
    return share_change(
        tops,
        bottoms,
        calendar.dates,
        campaign.start,
        campaign.end,
        period,
        effective_authors=evidence.fewest_authors(period),
    )


def _net(change: Change) -> Change:
    """The change of (net + 1) / 2 as one of the net itself: −2 to 2, levels −1 to 1."""

    def doubled(value: float | None) -> float | None:
        return None if value is None else 2 * value

    def level(value: float | None) -> float | None:
        return None if value is None else 2 * value - 1

    return replace(
        change,
        effect=doubled(change.effect),
        low=doubled(change.low),
        high=doubled(change.high),
        smallest_detectable=doubled(change.smallest_detectable),
        baseline=level(change.baseline),
        level=level(change.level),
    )
