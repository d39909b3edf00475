"""Daily sums as series over the calendar, with the days that were not collected left unknown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from measures.rows import Day

NEVER = (date.max, date.min)
"""The stretch of days with posts of a campaign that has none: every day is unknown."""
UNKNOWN_FROM = 0.1
"""A day with more than this share of its source-hours missing counts as not collected: its sum
would be too low by about as much, which is what small changes are."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days from `first` to `last` and which of them can be used."""

    first: date
    last: date
    missing: Mapping[date, float]
    seen: tuple[date, date] | None = None
    """Where posts come from imports alone: outside these days nothing is known."""

    @property
    def dates(self) -> list[date]:
        length = max((self.last - self.first).days + 1, 0)
        return [self.first + timedelta(days=n) for n in range(length)]

    def missing_share(self, day: date) -> float:
        """Share of the day's collection that is missing, 0 to 1."""
        if self.seen is not None and not self.seen[0] <= day <= self.seen[1]:
            return 1.0
        return min(max(self.missing.get(day, 0.0), 0.0), 1.0)

    def collected(self, day: date) -> bool:
        return self.missing_share(day) <= UNKNOWN_FROM


def series(
    days: Sequence[Day], calendar: Calendar, value: Callable[[Day], float]
) -> list[float | None]:
    """`value` added up by day; 0 on a collected day without rows, `None` on one not collected."""
    sums: dict[date, float] = {}
    for row in days:
        sums[row.day] = sums.get(row.day, 0.0) + value(row)
    return [sums.get(day, 0.0) if calendar.collected(day) else None for day in calendar.dates]
