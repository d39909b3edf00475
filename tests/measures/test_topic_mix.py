"""Which topics' changes may be told, and what is told of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from measures.daily import Calendar
from measures.topic_mix import topic_mix

START = date(2025, 10, 1)
DAYS = [START + timedelta(days=n - 28) for n in range(38)]
NAMES = {0: "law", 1: "football", 2: "few", -1: "none"}


@dataclass(frozen=True)
class Topic:
    number: int
    by_day: Mapping[date, int]


@dataclass(frozen=True)
class Heard:
    authors: int
    effective: float


def topics(moved: float = 0.2) -> list[Topic]:
    """`moved` of the talk goes from football to law."""
    chance = np.random.default_rng(1)
    by_day: dict[int, dict[date, int]] = {number: {} for number in NAMES}
    for day in DAYS:
        shift = moved if day >= START else 0.0
        mix = chance.dirichlet(np.array([0.1 + shift, 0.5 - shift, 0.1, 0.3]) * 80)
        for number, count in zip(NAMES, chance.multinomial(120, mix), strict=True):
            by_day[number][day] = int(count)
    return [Topic(number, days) for number, days in by_day.items()]


def voices(**few: int) -> dict[int, Heard]:
    return {n: Heard(few.get(name, 300), 200.0) for n, name in NAMES.items()}


def found(given: list[Topic], **more: Any) -> Any:
    return topic_mix(
        given,
        Calendar(DAYS[0], DAYS[-1], more.pop("missing", {})),
        START,
        DAYS[-1],
        sides=more.pop("sides", (voices(), voices(few=9))),
        both=more.pop("both", voices()),
        effective_authors=more.pop("effective_authors", 400.0),
        chance=np.random.default_rng(0),
    )


def test_what_few_authors_made_is_withheld_and_the_rest_is_judged() -> None:
    mix = found(topics())
    assert {number: one.verdict for number, one in mix.changes.items()} == {0: "rose", 1: "fell"}
    assert mix.withheld == {2}
    assert mix.shift is not None
    assert mix.shift.chance < 0.05
    assert found(topics(0.0)).shift.chance > 0.05
    changes = found(topics(0.0)).changes.values()
    assert {one.verdict for one in changes} == {"not_detectable"}


def test_a_topic_that_is_new_has_nothing_to_withhold() -> None:
    given = topics()
    given[0] = Topic(0, {day: n for day, n in given[0].by_day.items() if day >= START})
    before = {n: one for n, one in voices().items() if n}
    mix = found(given, sides=(before, voices()))
    assert mix.changes[0].verdict == "rose"
    assert mix.changes[0].baseline == 0


def test_a_topic_of_few_loud_accounts_makes_no_claim() -> None:
    loud = {**voices(), 0: Heard(12, 8.0)}
    mix = found(topics(), both=loud)
    assert mix.changes[0].reason == "too_few_authors"
    assert mix.changes[1].verdict == "fell"
    everywhere = found(topics(), effective_authors=20.0)
    assert {one.reason for one in everywhere.changes.values()} == {"too_few_authors"}
    unknown = found(topics(), effective_authors=None)
    assert unknown.changes[0].verdict == "rose"


def test_days_that_were_not_collected_are_no_zeros() -> None:
    gone = dict.fromkeys(DAYS[3:5], 1.0)
    given = [Topic(t.number, {d: n for d, n in t.by_day.items() if d not in gone})
             for t in topics()]  # fmt: skip
    mix = found(given, missing=gone)
    whole = found(topics())
    assert mix.changes[0].verdict == "rose"
    assert abs(mix.changes[0].baseline - whole.changes[0].baseline) < 0.02


def test_without_topics_or_posts_nothing_is_told() -> None:
    mix = found([])
    assert (mix.changes, mix.withheld, mix.shift) == ({}, frozenset(), None)
    assert found([Topic(0, {})], both={}).changes == {}
