"""What an ordinary day looks like: yesterday beside the four weeks before it.

A description, not a test: a value outside everything seen on 28 exchangeable days comes by chance
on about one day in 29 at each end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Literal

BACK = 28
LEAST = 14
MISSING_AT_MOST = 0.1

Standing = Literal["above", "below", "within"]


@dataclass(frozen=True, slots=True)
class Usual:
    """`value` beside the `low`, middle and `high` of the `days` collected days before it."""

    value: float
    low: float
    middle: float
    high: float
    days: int

    @property
    def standing(self) -> Standing:
        """Whether the value is above or below every day before, or within what was seen."""
        if self.value > self.high:
            return "above"
        return "below" if self.value < self.low else "within"

    @property
    def difference(self) -> float | None:
        """The relative difference to the middle day, `None` when that is 0."""
        return self.value / self.middle - 1 if self.middle else None


def usual(values: Mapping[date, float], day: date, missing: Mapping[date, float]) -> Usual | None:
    """`day` beside the 28 days before it; `None` with fewer than 14 of them or without `day`.

    `missing` is the share of each day's collection that is missing; days over one tenth are left
    out. A day absent from `values` is unknown, so callers fill in true zeros.
    """
    before = [
        values[past]
        for past in (day - timedelta(days=n) for n in range(1, BACK + 1))
        if past in values and missing.get(past, 0.0) <= MISSING_AT_MOST
    ]
    if day not in values or len(before) < LEAST:
        return None
    return Usual(values[day], min(before), median(before), max(before), len(before))
