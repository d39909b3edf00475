"""Alerts: is a day's count unusual, given the weeks before it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from measures.periods import Array, numbers_of
from measures.posterior import Mixture, normalised
from measures.regression import Series, fit

WINDOW = 56
"""Days before the day that predict it, where so many were collected."""
LEAST = 14
"""Of these, how many must have been collected."""
WEEKDAY = 0.3
"""Standard deviation of the weekday effects' prior: a few weeks hold each weekday only a few times,
and a free effect would take most of what is unusual about a day."""
LEVEL = 0.01
"""Nominal rate of false alarms, both directions together."""
RISES = 0.8
"""Share of these that are rises: a day that is too loud is what one wants to hear of, and a day
that is too quiet is mostly silent altogether, which is seen without asking so often."""
SHAPES = (0.0, 0.25, 0.5)
"""Powers of the count on which its days are taken to scatter evenly: the logarithm (0), the fourth
root, the square root. On the logarithm alone quiet days look like outliers and loud ones usual; on
the root alone it is the other way round. The days themselves say which fits (Box & Cox 1964)."""
_FARTHEST, _HALVINGS = 20.0, 45
"""Where counts are looked for, in units of the logarithm, and how often that is halved."""


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

    The count on each of the scales of `SHAPES`, on level and weekday, errors AR(1) plus white noise
    as for changes. `day` has a coefficient of its own, whose posterior is the prediction's error.
    Raises `ValueError` as `volume_change` does.
    """
    values = numbers_of(counts, dates)
    first = day - timedelta(days=window)
    inside = [n for n, when in enumerate(dates) if first <= when <= day and not np.isnan(values[n])]
    inside.sort(key=lambda n: dates[n])
    if len(inside) < LEAST + 1 or dates[inside[-1]] != day:
        return None
    known = values[inside]
    usual = _usual(known, np.array([dates[n].toordinal() for n in inside], dtype=float))
    expected, low, high = usual.counts((0.5, LEVEL * (1 - RISES), 1 - LEVEL * RISES))
    under = usual.below(float(known[-1]))
    chance = min((1 - under) / RISES, under / (1 - RISES), 1.0)
    return Alert(day, float(known[-1]), expected, low, high, chance)


@dataclass(frozen=True, slots=True)
class _Usual:
    """What the last day's count was to be, by each of `SHAPES`: how likely that is the shape
    (`weights`), where the count lies on its scale (`places`) and by how much the prediction may
    have missed it (`errors`). `middle` is the logarithm of the days' geometric mean."""

    weights: Array
    places: Array
    errors: Sequence[Mixture]
    middle: float

    def below(self, count: float) -> float:
        """Probability that such a day has fewer than `count`."""
        return float(self._below(np.log([count + 0.5]))[0])

    def counts(self, probabilities: Sequence[float]) -> list[float]:
        """What such a day stays under with each of `probabilities`, by bisection."""
        wanted = np.asarray(probabilities, dtype=float)
        low = np.full(wanted.shape, self.middle - _FARTHEST)
        high = np.full(wanted.shape, self.middle + _FARTHEST)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            over = self._below(middle) >= wanted
            low, high = np.where(over, low, middle), np.where(over, middle, high)
        return [max(float(np.exp(log)) - 0.5, 0.0) for log in low]

    def _below(self, logs: Array) -> Array:
        each = [
            1 - error.below_each(place - _scaled(logs - self.middle, shape))
            for error, place, shape in zip(self.errors, self.places, SHAPES, strict=True)
        ]
        return self.weights @ np.array(each)


def _usual(known: Array, number: Array) -> _Usual:
    """The last of the `known` counts as the others let it expect; `number` are their days."""
    weekdays = (number[:, None].astype(int) + 6) % 7 == np.arange(7)
    design = np.column_stack(
        [np.ones(len(known)), number == number[-1], weekdays.astype(float) - 1 / 7]
    )
    precisions = np.array([0.0, 0.0] + [WEEKDAY**-2] * 7)
    counting = np.full(len(known), 1 / (known[:-1].mean() + 0.5))
    logs = np.log(known + 0.5)
    middle = float(logs[:-1].mean())
    scales = [_scaled(logs - middle, shape) for shape in SHAPES]
    fits = [fit(Series(y, number, design, precisions, counting)) for y in scales]
    return _Usual(
        weights=normalised(np.array([one.evidence for one in fits])),
        places=np.array([y[-1] for y in scales]),
        errors=[one.of(1) for one in fits],
        middle=middle,
    )


def _scaled(logs: Array, shape: float) -> Array:
    """Box and Cox's scale of counts whose logarithms, less that of the geometric mean, are `logs`.

    About 0 it is the logarithm, whatever the shape: so priors and counting noise are in the same
    unit, and the fits' likelihoods can be compared.
    """
    return np.expm1(shape * logs) / shape if shape else logs
