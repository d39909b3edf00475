"""Posts in concert: known, on top of an unchanged world, told by the rule that measures them."""

from collections import defaultdict
from datetime import datetime, timedelta

import pytest

from nlp.copies import Fingerprint, fingerprint, same
from sada.sandbox.design import CONCERTS, Design
from sada.sandbox.item import Item
from sada.sandbox.truth import labelled, truth
from sada.sandbox.world import World, make_world
from storage.coordination import Posting, Rule, coordinated
from tests.sada.sandbox.conftest import TODAY


@pytest.fixture(scope="module")
def loud() -> World:
    return make_world(TODAY, design=Design(TODAY, seed=7, concerts=CONCERTS), platforms=["x"])


def added(loud: World, world: World) -> list[Item]:
    known = {item.id for item in world.of("x")}
    return [item for item in loud.items if item.id not in known]


def test_a_world_with_concerts_is_the_same_world_and_more(loud: World, world: World) -> None:
    ids = {item.id for item in added(loud, world)}
    assert [item for item in loud.items if item.id not in ids] == world.of("x")
    again = make_world(TODAY, design=loud.design, platforms=["x"])
    assert again.items == loud.items
    assert not any(item.concert for item in world.items)


def test_concerts_are_as_designed(loud: World, now: datetime) -> None:
    told = truth(loud, now)["concerts"]
    assert set(told) == {one.key for one in CONCERTS if one.in_concert}
    for one in CONCERTS:
        if one.in_concert:
            assert told[one.key]["accounts"] == one.accounts <= told[one.key]["posts"]
            times = [item.created_at for item in loud.items if item.concert == one.key]
            assert max(times) - min(times) <= timedelta(minutes=one.minutes)
    rows = [row["concert"] for row in labelled(loud, now)]
    assert {name: rows.count(name) for name in told} == {
        name: one["posts"] for name, one in told.items()
    }


def test_the_rule_marks_the_concerts_and_neither_the_chain_letter_nor_others(
    loud: World, world: World
) -> None:
    posts = [item for item in loud.items if item.scope != "none" and item.kind == "original"]
    leaders: list[tuple[int, Fingerprint]] = []
    groups: defaultdict[int, list[Item]] = defaultdict(list)
    for number, item in enumerate(posts):
        print_ = fingerprint(item.versions[0].text)
        if print_.words < Rule().words:
            continue
        near = (n for n, one in leaders if set(one.bands) & set(print_.bands) and same(one, print_))
        leader = next(near, number)
        if leader == number:
            leaders.append((number, print_))
        groups[leader].append(item)
    marked: set[str] = set()
    for group in groups.values():
        rows = [
            Posting(place, item.created_at, int(item.author.id), 1)
            for place, item in enumerate(group)
        ]
        marked |= {group[place].id for place in coordinated(rows, Rule())}
    true = {item.id for item in loud.items if item.concert}
    assert not marked - true
    assert len(marked) >= 0.95 * len(true)
    chain = [item for item in added(loud, world) if not item.concert]
    assert len(chain) >= 24
