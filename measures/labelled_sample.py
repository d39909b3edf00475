"""The originals of a period with those that were labelled by hand, checked and weighted."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from measures.periods import Array

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class PeriodPosts:
    """All originals of one period, and those of them that were labelled by hand.

    `predictions` (N) is the classifier's answer for every original: a probability, or 0 and 1.
    `authors` and `days` (N) say who posted and when (dates, or day numbers).
    `labelled` (n) are the positions of the hand-labelled originals, none twice, and `labels` (n)
    their true values: 0 or 1, or between where annotators differ.
    `strata` (N), if given, is what the sample was drawn by (the language): within a stratum every
    original had the same chance to be labelled. Without it that holds for the whole period.
    Posts that could not be drawn (held apart, say) must be left out of N as well, or the share is
    taken to be the same among them.
    """

    predictions: Sequence[float] | Array
    authors: Sequence[Hashable]
    days: Sequence[date | int]
    labelled: Sequence[int] | Indices
    labels: Sequence[float] | Array
    strata: Sequence[Hashable] | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One period, checked: predictions, authors, day numbers, stratum codes (N each); positions,
    labels and weights (n each; the weights add up to N)."""

    f: Array
    authors: Sequence[Hashable]
    days: Array
    strata: Indices
    chosen: Indices
    y: Array
    weights: Array


def read_sample(posts: PeriodPosts) -> Sample:
    """`posts` as arrays. Raises `ValueError` as `measures.corrected.corrected_share`."""
    f = np.asarray(posts.predictions, dtype=float)
    y = np.asarray(posts.labels, dtype=float)
    chosen = np.asarray(posts.labelled, dtype=np.intp)
    lengths = {len(f), len(posts.authors), len(posts.days)}
    if posts.strata is not None:
        lengths.add(len(posts.strata))
    if len(lengths) != 1 or len(chosen) != len(y):
        raise ValueError("predictions, authors, days, strata or labels differ in length")
    if len(np.unique(chosen)) != len(chosen) or np.any((chosen < 0) | (chosen >= len(f))):
        raise ValueError("a labelled position is given twice or is none of the originals")
    if not all(np.all((values >= 0) & (values <= 1)) for values in (f, y)):
        raise ValueError("a prediction or label is outside 0 to 1")
    strata = _strata(posts.strata, chosen, len(f))
    drawn = np.bincount(strata[chosen], minlength=int(strata.max(initial=0)) + 1)
    sizes = np.bincount(strata, minlength=len(drawn))
    weights = (sizes[strata[chosen]] / np.maximum(drawn[strata[chosen]], 1)).astype(float)
    days = np.array([d.toordinal() if isinstance(d, date) else d for d in posts.days], dtype=float)
    return Sample(f, posts.authors, days, strata, chosen, y, weights)


def _strata(names: Sequence[Hashable] | None, chosen: Indices, size: int) -> Indices:
    """Stratum codes (N). Strata with fewer than two labels are taken together, and with the
    largest one if that is still not enough: what was never looked at is taken to be like it."""
    if names is None or not size:
        return np.zeros(size, dtype=np.intp)
    numbers: dict[Hashable, int] = {}
    codes = np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.intp)
    drawn = np.bincount(codes[chosen], minlength=len(numbers))
    thin = drawn < 2
    if drawn[thin].sum() < 2 and not thin.all():
        target = int(np.argmax(np.where(thin, -1, np.bincount(codes, minlength=len(numbers)))))
    else:
        target = int(np.argmax(thin))
    merged = np.where(thin, target, np.arange(len(numbers)))
    return np.unique(merged[codes], return_inverse=True)[1].astype(np.intp)


def centred(values: Array, side: Sample) -> Array:
    """Values of the labelled posts less the mean of their stratum."""
    codes = side.strata[side.chosen]
    sums = np.bincount(codes, values)
    return np.asarray(values - (sums / np.maximum(np.bincount(codes), 1))[codes])
