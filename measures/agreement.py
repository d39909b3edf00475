"""How far annotators agree with each other, and the classifier with them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Level = Literal["nominal", "ordinal"]
Obstacle = Literal["", "no_overlap", "one_value"]
Counts = NDArray[np.int_]

REPLICATES: Final = 500
RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff 2004: rely on data from 0.8 on, draw only tentative conclusions from 0.667 on."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha: 1 is perfect agreement, 0 what chance would give.

    `low` and `high` are its 95 % interval over resampled texts. `texts` had answers of two or more
    people, of whom there are `annotators`; `same` is the share of pairs of answers that are equal.
    `alpha` is `None` where `reason` says why: no text with two answers, or everybody always said
    the same one thing, which tells nothing of agreement beyond chance.
    """

    alpha: float | None
    low: float | None
    high: float | None
    texts: int
    annotators: int
    same: float | None
    reason: Obstacle = ""


def agreement(
    answers: Iterable[tuple[str, str, str]],
    values: Sequence[str],
    level: Level,
    *,
    seed: int = 0,
    replicates: int = REPLICATES,
) -> Agreement:
    """Agreement over `answers` (text, annotator, value); `values` are all there are, in order.

    The interval is the bootstrap over texts, seeded, so the same answers give the same figures.
    """
    given: dict[str, dict[str, int]] = {}
    for text, annotator, value in answers:
        given.setdefault(text, {})[annotator] = values.index(value)
    shared = {text: said for text, said in sorted(given.items()) if len(said) > 1}
    people = {annotator for said in shared.values() for annotator in said}
    counts = np.array(
        [np.bincount(list(said.values()), minlength=len(values)) for said in shared.values()],
        dtype=int,
    ).reshape(len(shared), len(values))
    if not len(counts):
        return Agreement(None, None, None, 0, 0, None, "no_overlap")
    same = _same(counts)
    alpha = _alpha(counts, level)
    if alpha is None:
        return Agreement(None, None, None, len(counts), len(people), same, "one_value")
    low, high = _interval(counts, level, seed, replicates)
    return Agreement(alpha, low, high, len(counts), len(people), same)


def _alpha(counts: Counts, level: Level) -> float | None:
    """Alpha of texts × values counts; `None` where only one value was ever given."""
    import krippendorff

    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return None
    domain = list(range(counts.shape[1]))
    found = float(
        krippendorff.alpha(value_counts=counts, value_domain=domain, level_of_measurement=level)
    )
    return found if math.isfinite(found) else None


def _interval(
    counts: Counts, level: Level, seed: int, replicates: int
) -> tuple[float | None, float | None]:
    """The bootstrap's 2.5 and 97.5 % quantiles; `None` where most resamples have one value only."""
    chance = np.random.default_rng(seed)
    found = [
        alpha
        for _ in range(replicates)
        if (alpha := _alpha(counts[chance.integers(0, len(counts), len(counts))], level))
        is not None
    ]
    if len(counts) < 2 or len(found) < replicates / 2:
        return None, None
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def _same(counts: Counts) -> float:
    """Share of equal ones among all pairs of answers on one text."""
    totals = counts.sum(axis=1)
    return float((counts * (counts - 1)).sum() / (totals * (totals - 1)).sum())


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of texts: a row for what people say, a column for what the model says."""

    values: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        return sum(map(sum, self.counts))

    @property
    def right(self) -> float | None:
        """Share of the texts on which the model says what people say."""
        same = sum(self.counts[n][n] for n in range(len(self.values)))
        return same / self.total if self.total else None

    def found(self, value: str) -> float | None:
        """Share of the texts of a kind that the model finds (recall)."""
        n = self.values.index(value)
        whole = sum(self.counts[n])
        return self.counts[n][n] / whole if whole else None

    def true(self, value: str) -> float | None:
        """Share of what the model calls so that people call so too (precision)."""
        n = self.values.index(value)
        whole = sum(row[n] for row in self.counts)
        return self.counts[n][n] / whole if whole else None


def confusion(pairs: Iterable[tuple[str, str]], values: Sequence[str]) -> Confusion:
    """The table of `pairs` (people's value, the model's)."""
    counts = [[0] * len(values) for _ in values]
    for people, model in pairs:
        counts[values.index(people)][values.index(model)] += 1
    return Confusion(tuple(values), tuple(map(tuple, counts)))


def confusion_by_language(
    judged: Iterable[tuple[str, str, str]], values: Sequence[str]
) -> Mapping[str, Confusion]:
    """Tables of `judged` (language, people's value, the model's): all, under "", then by language.

    Languages with most texts come first.
    """
    found: dict[str, list[tuple[str, str]]] = {"": []}
    for language, people, model in judged:
        found[""].append((people, model))
        found.setdefault(language, []).append((people, model))
    ordered = sorted(found, key=lambda name: (name != "", -len(found[name]), name))
    return {name: confusion(found[name], values) for name in ordered}
