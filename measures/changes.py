"""Which daily series stand behind the change of each metric."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.campaign import Phase
from measures.change import Change, Period, score_change, share_change, volume_change
from measures.daily import Calendar, series
from measures.rows import Day
from measures.shares import Sentiment, judged, sentiment

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

_PARTS: Mapping[str, tuple[Value, Value]] = {
    "share_of_voice": (lambda row: row.originals, lambda row: row.originals),
    "negative_share": (lambda row: row.neg, lambda row: row.annotated),
    "positive_share": (lambda row: row.pos, lambda row: row.annotated),
    "offensive_share": (lambda row: row.offensive, lambda row: row.annotated),
    "signposting_rate": (lambda row: row.signposted, lambda row: row.originals),
}
"""What is counted and among what, for every metric that is a share."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the changes are computed from: a campaign from `start` to `end` (`None`: still open),
    or any stretch of days. `calendar` ends on a whole day."""

    start: date
    end: date | None
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
    if key == "net_sentiment":
        return _net(evidence, period)
    parts, wholes = _rows(key, evidence)
    if parts is None or (evidence.days and not wholes):
        return None
    return _share(key, evidence, period, parts, wholes)


def _rows(key: str, evidence: Evidence) -> tuple[Sequence[Day] | None, Sequence[Day]]:
    """The rows of the share's numerator (`None`: not known) and of its denominator."""
    if key == "share_of_voice":
        return evidence.campaign_days, evidence.days
    if key == "offensive_share":
        rows = judged(evidence.days, evidence.offensive_excluded)
        return rows, rows
    return evidence.days, evidence.days


def _volume(evidence: Evidence, period: Period) -> Change:
    calendar = evidence.calendar
    return volume_change(
        series(evidence.days, calendar, lambda row: row.originals),
        calendar.dates,
        evidence.start,
        evidence.end,
        period,
        effective_authors=evidence.fewest_authors(period),
    )


def _share(
    key: str, evidence: Evidence, period: Period, parts: Sequence[Day], wholes: Sequence[Day]
) -> Change:
    calendar = evidence.calendar
    top, bottom = _PARTS[key]
    return share_change(
        series(parts, calendar, top),
        series(wholes, calendar, bottom),
        calendar.dates,
        evidence.start,
        evidence.end,
        period,
        effective_authors=evidence.fewest_authors(period),
    )


def _net(evidence: Evidence, period: Period) -> Change:
    """The change of net sentiment: −2 to 2, levels −1 to 1.

    As the mean of a score that is 1 for positive, ½ for neutral and 0 for negative, which is
    (net + 1) / 2, and back.
    """
    calendar, days = evidence.calendar, evidence.days
    mood = sentiment(days)
    change = score_change(
        series(days, calendar, lambda row: row.pos + row.neu / 2),
        series(days, calendar, lambda row: row.pos + row.neu + row.neg),
        calendar.dates,
        evidence.start,
        evidence.end,
        period,
        spread=_spread(mood),
        effective_authors=evidence.fewest_authors(period),
    )
    return doubled(change)


def _spread(mood: Sentiment) -> float:
    """Variance of the score relative to that of zeros and ones: neutral posts make it smaller."""
    number = mood.neg + mood.neu + mood.pos
    if not number:
        return 1.0
    mean, squares = (mood.pos + mood.neu / 2) / number, (mood.pos + mood.neu / 4) / number
    most = mean * (1 - mean)
    return max((squares - mean**2) / most, 0.01) if most else 1.0


def doubled(change: Change) -> Change:
    """The change of a score that is 1 for positive and 0 for negative, as one of net sentiment."""

    def twice(value: float | None) -> float | None:
        return None if value is None else 2 * value

    def level(value: float | None) -> float | None:
        return None if value is None else 2 * value - 1

    return replace(
        change,
        effect=twice(change.effect),
        low=twice(change.low),
        high=twice(change.high),
        smallest_detectable=twice(change.smallest_detectable),
        baseline=level(change.baseline),
        level=level(change.level),
    )
