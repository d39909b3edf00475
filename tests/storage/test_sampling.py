"""Draws are random, repeatable, extensible, and their chances are known."""

from collections import Counter

import pytest

from storage.sampling import (
    LEAST_OF_STRATUM,
    Unit,
    allotted,
    doubled,
    permanent_number,
    pick,
    shuffled,
)

SIZES = {"fr": 600, "ary-Arab": 300, "ary-Latn": 95, "es": 5}


def units(sizes: dict[str, int] = SIZES) -> list[Unit]:
    return [
        Unit(number, f"x\0{name}{number}", name)
        for name, size in sizes.items()
        for number in range(size)
    ]


def keys(picks: list) -> set[str]:
    return {one.unit.key for one in picks}


def anyone(_unit: Unit) -> bool:
    return True


def test_the_same_seed_draws_the_same_and_another_one_does_not() -> None:
    first = pick(units(), {}, 100, 1, anyone)
    assert keys(first) == keys(pick(reversed(units()), {}, 100, 1, anyone))
    assert len(keys(first) & keys(pick(units(), {}, 100, 2, anyone))) < 40


def test_drawing_twice_ends_where_drawing_once_would_have() -> None:
    first = pick(units(), {}, 60, 7, anyone)
    taken = Counter(one.unit.stratum for one in first)
    left = [unit for unit in units() if unit.key not in keys(first)]
    both = keys(first) | keys(pick(left, taken, 40, 7, anyone))
    assert both == keys(pick(units(), {}, 100, 7, anyone))


def test_rare_languages_get_a_few_and_the_rest_is_in_proportion() -> None:
    given = allotted(SIZES, {}, 200)
    assert sum(given.values()) == 200
    assert given["es"] == LEAST_OF_STRATUM
    assert given["fr"] / given["ary-Arab"] == pytest.approx(2, rel=0.05)
    assert allotted({"fr": 3, "en": 0}, {}, 50) == {"fr": 3, "en": 0}
    assert allotted(SIZES, {}, 0) == dict.fromkeys(SIZES, 0)


def test_the_chance_is_that_of_being_drawn() -> None:
    """Over many seeds a post is drawn as often as its chance says, and weights add up to all."""
    one = {"fr": 200}
    totals = []
    hits = Counter[str]()
    for seed in range(300):
        drawn = pick(units(one), {}, 40, seed, anyone)
        totals.append(sum(1 / found.chance for found in drawn))
        hits.update(keys(drawn))
    assert sum(totals) / len(totals) == pytest.approx(200, rel=0.03)
    assert max(hits.values()) < 300 * 0.32
    assert min(hits.values()) > 300 * 0.1


def test_whoever_is_all_drawn_had_every_chance() -> None:
    assert {one.chance for one in pick(units({"es": 4}), {}, 10, 1, anyone)} == {1.0}


def test_what_may_not_be_drawn_is_passed_over() -> None:
    odd = [one for one in units({"fr": 50}) if one.post_id % 2]
    drawn = pick(units({"fr": 50}), {}, 10, 1, lambda unit: unit.post_id % 2 == 1)
    assert keys(drawn) == keys(pick(odd, {}, 10, 1, anyone))


def test_posts_that_come_later_take_their_place_in_the_same_order() -> None:
    first = pick(units({"fr": 100}), {}, 20, 3, anyone)
    later = [one for one in units({"fr": 300}) if one.key not in keys(first)]
    second = pick(later, {"fr": 20}, 40, 3, anyone)
    new = [one for one in second if one.unit.post_id >= 100]
    assert len(new) > 20
    limit = second[0].chance
    assert all(permanent_number(3, "draw", one.key) >= limit for one in later
               if one.key not in keys(second))  # fmt: skip


def test_phases_are_shown_by_turns() -> None:
    picks = {"before": pick(units(), {}, 30, 1, anyone), "during": pick(units(), {}, 10, 1, anyone)}
    order = [phase for phase, _ in shuffled(picks, 1)]
    assert Counter(order) == {"before": 30, "during": 10}
    assert Counter(order[:20]) == {"before": 10, "during": 10}


def test_one_in_five_is_doubled() -> None:
    share = sum(doubled(1, f"x\0{n}", 0.2) for n in range(4000)) / 4000
    assert share == pytest.approx(0.2, abs=0.03)
    assert not any(doubled(1, f"x\0{n}", 0.0) for n in range(50))
    assert all(doubled(1, f"x\0{n}", 1.0) for n in range(50))
