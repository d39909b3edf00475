"""How what is talked about changed: each topic's share, and the whole mix of topics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from measures.change import Change, share_change
from measures.periods import Array, Period, days_of
from measures.several import together

Counts = Sequence[float | None]

RUN = 3
"""Days that are kept together in a permutation, as moods last for days."""
ROUNDS = 999


def topic_changes(
    counts: Mapping[str, Counts],
    totals: Counts,
    dates: Sequence[date],
    start: date,
    end: date | None,
    period: Period = "during",
    *,
    effective_authors: float | Mapping[str, float] | None = None,
) -> dict[str, Change]:
    """Each topic's change of share among the `totals`, claimed only as it holds for all topics
    together (Holm). `counts` are daily originals by topic; the rest as `measures.share_change`,
    with `effective_authors` of all posts or by topic."""

    def voices(topic: str) -> float | None:
        if isinstance(effective_authors, Mapping):
            return effective_authors.get(topic)
        return effective_authors

    return together(
        {
            topic: share_change(
                daily, totals, dates, start, end, period, effective_authors=voices(topic)
            )
            for topic, daily in counts.items()
        }
    )


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the mix of topics moved: `divergence` is Jensen and Shannon's in bits, 0 (the same
    mix) to 1 (nothing in common); `usual` is what such a pair of periods shows by chance (mean of
    the permutations), and `chance` how often chance alone shows as much (p-value)."""

    divergence: float
    usual: float
    chance: float


def topic_shift(
    counts: Mapping[str, Counts],
    dates: Sequence[date],
    start: date,
    end: date | None,
    period: Period = "during",
    *,
    chance: np.random.Generator,
    rounds: int = ROUNDS,
) -> Shift | None:
    """The shift of the whole mix between baseline and `period`.

    Days, never posts, are permuted, in runs of three (`RUN`): posts of a day share its mood. A day
    with an unknown count is left out. `None` where a period has no posts. Raises `ValueError` for
    unequal lengths.
    """
    table, chosen = _table(counts, dates, start, end, period)
    found = _divergence(table, chosen)
    if found is None:
        return None
    others = []
    for _ in range(rounds):
        one = _divergence(table, chosen[_order(len(chosen), chance)])
        others.append(0.0 if one is None else one)
    above = sum(one >= found - 1e-12 for one in others)
    return Shift(found, float(np.mean(others)) if others else 0.0, (above + 1) / (rounds + 1))


def _table(
    counts: Mapping[str, Counts],
    dates: Sequence[date],
    start: date,
    end: date | None,
    period: Period,
) -> tuple[Array, NDArray[np.bool_]]:
    """Days × topics of baseline and period in the calendar's order, and which are the period's."""
    if any(len(daily) != len(dates) for daily in counts.values()):
        raise ValueError("a topic has not one count a date")
    table = np.array(
        [[np.nan if n is None else n for n in daily] for daily in counts.values()], dtype=float
    ).T.reshape(len(dates), len(counts))
    known = ~np.isnan(table).any(axis=1)
    days = days_of(dates, known, known, start, end, period)
    order = np.argsort(days.number)
    order = order[(days.before | days.within)[order]]
    return table[order], days.within[order]


def _order(days: int, chance: np.random.Generator) -> NDArray[np.intp]:
    """The days in another order, runs of `RUN` kept together, the first run cut at random."""
    first = int(chance.integers(RUN))
    runs = np.split(np.arange(days), np.arange(first, days, RUN)[(first == 0) :])
    return np.concatenate([runs[n] for n in chance.permutation(len(runs))])


def _divergence(table: Array, chosen: NDArray[np.bool_]) -> float | None:
    before, period = table[~chosen].sum(axis=0), table[chosen].sum(axis=0)
    if before.sum() <= 0 or period.sum() <= 0:
        return None
    p, q = before / before.sum(), period / period.sum()
    middle = (p + q) / 2

    def against(one: Array) -> float:
        some = one > 0
        return float(one[some] @ np.log2(one[some] / middle[some]))

    return max((against(p) + against(q)) / 2, 0.0)
