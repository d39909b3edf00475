"""Alerts: is a day's count unusual, given the four weeks before it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from measures.periods import numbers_of
from measures.regression import Series, fit

WINDOW = 28
"""Days before the day that predict it."""
LEAST = 14
"""Of these, how many must have been collected."""
WEEKDAY = 0.3
"""Standard deviation of the weekday effects' prior: tighter than for changes, as four weeks hold
each weekday only four times and a free effect would take most of what is unusual about a day."""
LEVEL = 0.01
"""Nominal rate of false alarms, both directions together."""
RISES = 0.8
"""Share of these that are rises: a day that is too loud is what one wants to hear of, and a day
that is too quiet is mostly silent altogether, which is seen without asking so often."""


@dataclass(frozen=True, slots=True)
class Alert:
    """How a day's count compares with what the days before let expect.

    `low` and `high` are the range that holds 99 of 100 such days, of the others eight in ten lying
    above it. `chance` is how often a usual day would be as unusual as this one, or more so.
    """

    day: date
    count: float
    expected: float
    low: float
    high: float
    chance: float

    @property
    def unusual(self) -> bool:
        return self.chance < LEVEL

    @property
    def ratio(self) -> float:
        """Count to expected, each with ½ added as in the fit."""
        return (self.count + 0.5) / (self.expected + 0.5)


def unusual_day(
    counts: Sequence[float | None], dates: Sequence[date], day: date, *, window: int = WINDOW
) -> Alert | None:
    """`day` against the `window` days before; `None` without its count or too few days before.

    log(count + ½) on level and weekday, errors AR(1) plus white noise as for changes. `day` has a
    coefficient of its own, whose posterior is the prediction's error. Raises `ValueError` as
    `volume_change` does.
    """
    values = numbers_of(counts, dates)
    first = day - timedelta(days=window)
    inside = [n for n, when in enumerate(dates) if first <= when <= day and not np.isnan(values[n])]
    inside.sort(key=lambda n: dates[n])
    if len(inside) < LEAST + 1 or dates[inside[-1]] != day:
        return None
    known = values[inside]
    number = np.array([dates[n].toordinal() for n in inside], dtype=float)
    y = np.log(known + 0.5)
    weekdays = (number[:, None].astype(int) + 6) % 7 == np.arange(7)
    design = np.column_stack(
        [np.ones(len(y)), number == number[-1], weekdays.astype(float) - 1 / 7]
    )
    precisions = np.array([0.0, 0.0] + [WEEKDAY**-2] * 7)
    counting = np.full(len(y), 1 / (known[:-1].mean() + 0.5))
    error = fit(Series(y, number, design, precisions, counting)).of(1)
    expected, low, high = (
        max(float(np.exp(y[-1] - surprise)) - 0.5, 0.0)
        for surprise in error.quantiles((0.5, 1 - LEVEL * (1 - RISES), LEVEL * RISES))
    )
    below = error.below(0.0)
    chance = min(below / RISES, (1 - below) / (1 - RISES), 1.0)
    return Alert(day, float(known[-1]), expected, low, high, chance)
