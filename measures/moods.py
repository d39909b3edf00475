"""How much the share of a period, or of two, is chance of who spoke and of the days' moods."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from measures.periods import Array
from measures.regression import Series, fit_counted, mood_errors


@dataclass(frozen=True, slots=True)
class Readings:
    """What is read of every original of a period (N each): `values`, whose means are right, and
    the `variances` of their errors as readings of the true share of their day; `days` are day
    numbers."""

    values: Array
    variances: Array
    days: Array
    authors: Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Moods:
    """Variances of the true share around what it would be on other days with other authors.

    `sides` for each of the two periods, `change` for their difference; counting is not in them.
    `freedom` are the degrees of freedom of their estimates.
    """

    sides: tuple[float, float]
    change: float
    freedom: float


@dataclass(frozen=True, slots=True)
class Mood:
    """The same of one period alone."""

    variance: float
    freedom: float


def mood(side: Readings, share: float) -> Mood:
    """As `moods`, where there is nothing to compare the period with."""
    table = _by_day(side)
    lived = _day_variances([table], share * (1 - share))[0]
    people = _author_excess(table.rest, side.authors)
    return Mood(lived + people, max(len(table.days) - 1.0, 1.0))


def moods(before: Readings, period: Readings, share: float) -> Moods:
    """The moods of days, AR(1) plus white noise, both integrated out as in `measures.change`, and
    what authors who post more than once add.

    `share` is about where the true share is: moods are taken to move its logit. Raises
    `ValueError` where a day is in both periods.
    """
    tables = [_by_day(before), _by_day(period)]
    if np.intersect1d(tables[0].days, tables[1].days).size:
        raise ValueError("a day is in both periods")
    lived = _day_variances(tables, share * (1 - share))
    people = [
        _author_excess(table.rest, side.authors)
        for table, side in zip(tables, (before, period), strict=True)
    ]
    return Moods(
        sides=(lived[0] + people[0], lived[1] + people[1]),
        change=lived[2] + sum(people),
        freedom=max(sum(len(table.days) for table in tables) - 2.0, 1.0),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One period by day: day numbers, posts, mean of the readings and its variance by counting;
    `rest` (N) is each post's reading less the mean of its day."""

    days: Array
    sizes: Array
    means: Array
    counting: Array
    rest: Array


def _by_day(side: Readings) -> _Table:
    found, codes = np.unique(side.days, return_inverse=True)
    precisions = np.bincount(codes, 1 / side.variances)
    means = np.bincount(codes, side.values / side.variances) / precisions
    sizes = np.bincount(codes).astype(float)
    return _Table(found, sizes, means, 1 / precisions, side.values - means[codes])


def _day_variances(tables: Sequence[_Table], slope: float) -> list[float]:
    """Of each period's true share and, after them, of two periods' difference, by moods alone."""
    days = np.concatenate([table.days for table in tables])
    if len(days) < 5:
        return [0.0] * (2 * len(tables) - 1)
    order = np.argsort(days)
    side = np.repeat(np.arange(len(tables)), [len(table.days) for table in tables])[order]
    sizes = np.concatenate([table.sizes for table in tables])[order]
    counting = np.concatenate([table.counting for table in tables])[order]
    series = Series(
        y=np.concatenate([table.means for table in tables])[order],
        days=days[order],
        design=np.column_stack([np.ones(len(days)), *(side == n for n in range(1, len(tables)))]),
        precisions=np.zeros(len(tables)),
        counting=counting,
    )
    errors = mood_errors(counting, scale=max(slope, 1e-3))
    weights = fit_counted(series, errors).weights
    shares = [sizes * (side == n) / table.sizes.sum() for n, table in enumerate(tables)]
    differences = [period - before for before, period in pairwise(shares)]
    chances = [
        float(weights @ errors.variance(series.days, chosen)) - float(chosen**2 @ counting)
        for chosen in (*shares, *differences)
    ]
    return [max(chance, 0.0) for chance in chances]


def _author_excess(rest: Array, authors: Sequence[Hashable]) -> float:
    """What authors who post more than once add to the variance of the mean of `rest`."""
    numbers: dict[Hashable, int] = {}
    codes = [numbers.setdefault(author, len(numbers)) for author in authors]
    sums = np.bincount(codes, rest)
    return max(float(sums @ sums - rest @ rest), 0.0) / len(rest) ** 2
