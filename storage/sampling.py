"""Which posts are drawn for labelling: pure decisions, seeded, so that a draw can be repeated.

Every post has a number between 0 and 1 of its own, made from the seed and its name alone; within
a stratum those with the smallest numbers are drawn. A further draw goes on where the last one
stopped, and posts that came meanwhile take their place in the same order (bottom-k sampling with
permanent random numbers: Ohlsson 1995; adaptive thresholds: Ting 2022, arXiv:1708.04970).
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from typing import Final

LEAST_OF_STRATUM: Final = 5
"""A language that is rarely written still gets this many texts, so that its errors are seen."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A post that may be drawn. `key` names it wherever it is stored (platform and its id)."""

    post_id: int
    key: str
    stratum: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A drawn post with the chance (0 to 1) that posts of its stratum had in this draw."""

    unit: Unit
    chance: float


def permanent_number(seed: int, purpose: str, key: str) -> float:
    """A number in [0, 1) that depends on nothing but `seed`, `purpose` and `key`."""
    name = f"{seed}\0{purpose}\0{key}".encode("utf-8", "surrogatepass")
    digest = blake2b(name, digest_size=8, person=b"sada-labels").digest()
    return int.from_bytes(digest[:7]) / 2**56


def allotted(sizes: Mapping[str, int], taken: Mapping[str, int], more: int) -> dict[str, int]:
    """How many of `more` further posts each stratum gives.

    `sizes` are the posts of each stratum and `taken` those drawn already. Each stratum gets
    `LEAST_OF_STRATUM` first, then shares go in proportion to size (Sainte-Laguë), so that drawing
    twice ends where drawing once would have.
    """
    given = dict.fromkeys(sizes, 0)

    def rank(name: str) -> tuple[bool, Fraction, str] | None:
        drawn = taken.get(name, 0) + given[name]
        if drawn >= sizes[name]:
            return None
        poor = drawn < LEAST_OF_STRATUM
        return (not poor, -Fraction(sizes[name], 2 * drawn + 1), name)

    queue = [first for name in sizes if (first := rank(name)) is not None]
    heapq.heapify(queue)
    for _ in range(more):
        if not queue:
            break
        name = queue[0][2]
        given[name] += 1
        following = rank(name)
        if following is None:
            heapq.heappop(queue)
        else:
            heapq.heapreplace(queue, following)
    return given


def pick(
    units: Iterable[Unit],
    taken: Mapping[str, int],
    more: int,
    seed: int,
    may: Callable[[Unit], bool],
) -> list[Pick]:
    """The next `more` of `units`, none of which was drawn before.

    `taken` counts by stratum what was. `may` says whether a post may be drawn at all; it is only
    asked of those whose turn it is.
    """
    strata: dict[str, list[Unit]] = {}
    for unit in units:
        strata.setdefault(unit.stratum, []).append(unit)
    names = sorted({*strata, *taken})
    sizes = {name: len(strata.get(name, ())) + taken.get(name, 0) for name in names}
    shares = allotted(sizes, taken, more)
    picks: list[Pick] = []
    for name in sorted(strata):
        picks += _smallest(strata[name], shares[name], seed, may)
    return picks


def _smallest(
    units: Sequence[Unit], count: int, seed: int, may: Callable[[Unit], bool]
) -> Iterator[Pick]:
    """The `count` units with the smallest numbers; their chance is the next one's number."""
    if not count:
        return
    ranked = sorted((permanent_number(seed, "draw", unit.key), unit.key, unit) for unit in units)
    found: list[Unit] = []
    chance = 1.0
    for number, _key, unit in ranked:
        if not may(unit):
            continue
        if len(found) == count:
            chance = number
            break
        found.append(unit)
    yield from (Pick(unit, chance) for unit in found)


def shuffled(by_phase: Mapping[str, Sequence[Pick]], seed: int) -> list[tuple[str, Pick]]:
    """Phase and pick in the order of showing: at random, the phases by turns.

    So whoever stops half way has labelled a random part of every phase.
    """
    orders = {
        phase: sorted(picks, key=lambda one: permanent_number(seed, "show", one.unit.key))
        for phase, picks in by_phase.items()
    }
    longest = max(map(len, orders.values()), default=0)
    return [
        (phase, picks[turn])
        for turn in range(longest)
        for phase, picks in orders.items()
        if turn < len(picks)
    ]


def doubled(seed: int, key: str, overlap: float) -> bool:
    """Whether a post is one of the share `overlap` (0 to 1) that two people label."""
    return permanent_number(seed, "double", key) < overlap
