"""Which days of a series are baseline, campaign and follow-up, and whether there are enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from measures.reach import FEW_AUTHORS

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Period = Literal["during", "after"]
Reason = Literal[
    "",
    "baseline_too_short",
    "too_few_authors",
    "too_many_days_missing",
    "period_without_data",
    "too_few_days",
    "too_few_labels",
]

BASELINE_DAYS = 14
"""Under this many baseline days no change is claimed."""
MISSING_DAYS = 0.1
"""Over this share of days missing no change is claimed."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a series: their `number` (ordinal, any order), and what is known of them.

    `collected` days were asked for; `usable` ones also say something of the metric. The campaign
    runs from `first` to `last`, both included (`last` may be infinite).
    """

    number: Array
    collected: Mask
    usable: Mask
    first: float
    last: float
    period: Period

    @property
    def known(self) -> NDArray[np.intp]:
        """Indices of the usable days in the order of the calendar."""
        order = np.argsort(self.number)
        return order[self.usable[order]]

    @property
    def early(self) -> Mask:
        return self.number < self.first

    @property
    def chosen(self) -> Mask:
        """Days of the period that is compared with the baseline."""
        return self._late if self.period == "after" else ~self.early & ~self._late

    @property
    def other(self) -> Mask:
        """Days of neither the baseline nor the period."""
        return ~self.early & ~self.chosen

    @property
    def before(self) -> Mask:
        """Usable days of the baseline."""
        return self.early & self.usable

    @property
    def within(self) -> Mask:
        """Usable days of the period."""
        return self.chosen & self.usable

    @property
    def _late(self) -> Mask:
        return self.number > self.last

    @property
    def baseline_days(self) -> int:
        """Calendar days from the first collected one to the campaign's start."""
        collected = self.number[self.collected & self.early]
        return int(self.first - collected.min()) if len(collected) else 0

    @property
    def missing_share(self) -> float:
        """Share of the baseline's and the period's calendar days that were not collected."""
        chosen = self.number[self.chosen]
        length = self.baseline_days + (np.ptp(chosen) + 1 if len(chosen) else 0)
        present = np.sum(self.collected & (self.early | self.chosen))
        return float(1 - present / length) if length else 0.0

    def obstacle(self, effective_authors: float | None) -> Reason:
        """Why there is not enough data for a verdict, empty if there is."""
        if not np.any(self.within):
            return "period_without_data"
        if self.baseline_days < BASELINE_DAYS:
            return "baseline_too_short"
        if self.missing_share > MISSING_DAYS + 1e-9:
            return "too_many_days_missing"
        if effective_authors is not None and effective_authors < FEW_AUTHORS:
            return "too_few_authors"
        return ""


def days_of(
    dates: Sequence[date],
    collected: Mask,
    usable: Mask,
    start: date,
    end: date | None,
    period: Period,
) -> Days:
    """The days of `dates` for a campaign from `start` to `end` (`None`: still open)."""
    return Days(
        number=np.array([day.toordinal() for day in dates], dtype=float),
        collected=collected,
        usable=usable,
        first=float(start.toordinal()),
        last=np.inf if end is None else float(end.toordinal()),
        period=period,
    )


def numbers_of(values: Sequence[float | None], dates: Sequence[date]) -> Array:
    """`values` with nan for `None`. Raises `ValueError` where they cannot be daily counts."""
    if len(values) != len(dates):
        raise ValueError(f"{len(values)} values for {len(dates)} dates")
    if len(set(dates)) != len(dates):
        raise ValueError("a date is given twice")
    found = np.array([np.nan if value is None else value for value in values], dtype=float)
    if np.any(found < 0) or np.any(np.isinf(found)):
        raise ValueError("a count is negative or infinite")
    return found
