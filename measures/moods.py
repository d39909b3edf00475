"""How much the share of two periods differs by chance of who spoke and of the days' moods.

Seen in the classifier's answers for all originals, which are many, and put back on the scale of
the truth by how well the classifier separates the two kinds of posts.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from measures.periods import Array
from measures.regression import Series, fit

Sides = tuple[Sequence[Hashable], Sequence[Hashable]]


@dataclass(frozen=True, slots=True)
class Moods:
    """Variances of the true share around what it would be on other days with other authors.

    `sides` for each of the two periods, `change` for their difference; counting is not in them.
    `freedom` are the degrees of freedom of their estimates.
    """

    sides: tuple[float, float]
    change: float
    freedom: float


def moods(
    predictions: tuple[Array, Array],
    days: tuple[Array, Array],
    authors: Sides,
    separation: float,
) -> Moods:
    """Of the originals of two periods: predictions, day numbers and authors, each N a period.

    `separation` is the mean prediction of posts of the kind less that of the others. The days'
    moods are AR(1) plus white noise, both integrated out as in `measures.change`. Raises
    `ValueError` where a day is in both periods.
    """
    tables = [_by_day(f, when) for f, when in zip(predictions, days, strict=True)]
    if np.intersect1d(tables[0].days, tables[1].days).size:
        raise ValueError("a day is in both periods")
    lived = _day_variances(tables)
    scale = separation**-2
    people = [_author_excess(table.rest, who) for table, who in zip(tables, authors, strict=True)]
    return Moods(
        sides=(scale * (lived[0] + people[0]), scale * (lived[1] + people[1])),
        change=scale * (lived[2] + sum(people)),
        freedom=max(sum(len(table.days) for table in tables) - 2.0, 1.0),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One period by day: day numbers, posts and mean prediction; `rest` (N) is each post's
    prediction less the mean of its day."""

    days: Array
    sizes: Array
    means: Array
    rest: Array


def _by_day(f: Array, when: Array) -> _Table:
    found, codes = np.unique(when, return_inverse=True)
    sizes = np.bincount(codes).astype(float)
    means = np.bincount(codes, f) / sizes
    return _Table(found, sizes, means, f - means[codes])


def _day_variances(tables: Sequence[_Table]) -> tuple[float, float, float]:
    """Of each period's mean prediction and of their difference, less what counting makes."""
    days = np.concatenate([table.days for table in tables])
    if len(days) < 5:
        return 0.0, 0.0, 0.0
    order = np.argsort(days)
    side = np.repeat([0.0, 1.0], [len(table.days) for table in tables])[order]
    sizes = np.concatenate([table.sizes for table in tables])[order]
    spread = sum(float(table.rest @ table.rest) for table in tables) / max(
        sum(len(table.rest) for table in tables) - len(days), 1
    )
    counting = np.maximum(spread / sizes, 1e-12)
    series = Series(
        y=np.concatenate([table.means for table in tables])[order],
        days=days[order],
        design=np.column_stack([np.ones(len(days)), side]),
        precisions=np.zeros(2),
        noise=counting / counting.mean(),
        floor=float(counting.mean()),
    )
    found = fit(series)
    before = sizes * (side == 0) / tables[0].sizes.sum()
    period = sizes * (side == 1) / tables[1].sizes.sum()
    chances = [
        found.error_variance(series, chosen) - float(chosen**2 @ counting)
        for chosen in (before, period, period - before)
    ]
    return max(chances[0], 0.0), max(chances[1], 0.0), max(chances[2], 0.0)


def _author_excess(rest: Array, authors: Sequence[Hashable]) -> float:
    """What authors who post more than once add to the variance of the mean of `rest`."""
    numbers: dict[Hashable, int] = {}
    codes = [numbers.setdefault(author, len(numbers)) for author in authors]
    sums = np.bincount(codes, rest)
    return max(float(sums @ sums - rest @ rest), 0.0) / len(rest) ** 2
