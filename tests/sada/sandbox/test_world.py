"""The world is what its design says, the same each time, and its truth is a plain count."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sada.sandbox.design import BEFORE, DURING, LIFT, Design
from sada.sandbox.rhythm import local_day, plan
from sada.sandbox.truth import labelled, truth
from sada.sandbox.world import World, make_world

SIZES = (("x", 45, 75), ("reddit", 8, 15), ("youtube", 4, 9), ("tiktok", 4, 9), ("bluesky", 2, 6))


def written(world: World, now: datetime) -> bytes:
    rows = [json.dumps(row, ensure_ascii=False) for row in labelled(world, now)]
    return "\n".join([*rows, json.dumps(truth(world, now))]).encode()


def test_same_seed_same_bytes(world: World, now: datetime) -> None:
    again = make_world(world.design.today, seed=7)
    assert again.items == world.items
    assert written(again, now) == written(world, now)


def test_other_seed_other_world(world: World) -> None:
    other = make_world(world.design.today, seed=8)
    assert {item.id for item in other.items}.isdisjoint(item.id for item in world.items)


def test_campaign_is_in_its_second_week(world: World) -> None:
    design = world.design
    assert (design.today - design.start).days == 10
    assert (design.start - design.first_day).days == 28
    assert design.end == design.today + timedelta(days=7)
    assert design.last_day == design.end + timedelta(days=14)


def test_sizes(world: World, now: datetime) -> None:
    shown = truth(world, now)
    assert 4_000 <= shown["posts"] <= 6_000
    before = [day for day in world.design.days() if day < world.design.start]
    for platform, low, high in SIZES:
        days = shown["days"][platform]
        counts = [days.get(day.isoformat(), {"posts": 0})["posts"] for day in before]
        assert low <= sum(counts) / len(counts) <= high


def test_known_lift_was_put_in(world: World, now: datetime) -> None:
    found = truth(world, now)["lift"]
    assert LIFT * 0.8 <= found["log_mean"] <= LIFT * 1.25
    assert LIFT * 0.8 <= found["ratio"] <= LIFT * 1.25


def test_shares_follow_the_design(world: World, now: datetime) -> None:
    phases = truth(world, now)["phases"]
    for phase, design in (("before", BEFORE), ("during", DURING)):
        posts = phases[phase]["all"]["posts"]
        for label, share in design.labels.items():
            assert posts["labels"][label] == pytest.approx(share, abs=0.05)
        assert posts["offensive"] == pytest.approx(design.offensive, abs=0.025)
        assert posts["signposted"] == pytest.approx(design.signposting, abs=0.025)
        assert posts["campaign"] == pytest.approx(design.campaign, abs=0.05)


def test_truth_moves_the_way_it_should(world: World, now: datetime) -> None:
    before, during = (
        truth(world, now)["phases"][name]["all"]["originals"] for name in ("before", "during")
    )
    assert before["labels"]["neg"] > during["labels"]["neg"] + 0.04
    assert before["signposted"] + 0.05 < during["signposted"]
    assert before["topics"]["sextortion"] > during["topics"]["sextortion"]


def test_truth_is_json_and_a_recount(world: World, now: datetime) -> None:
    shown = json.loads(json.dumps(truth(world, now)))
    rows = [row for row in labelled(world, now) if row["scope"] != "none"]
    assert shown["posts"] == len(rows)
    counted = Counter((row["platform"], row["day"]) for row in rows)
    told = {
        (platform, day): counts["posts"]
        for platform, days in shown["days"].items()
        for day, counts in days.items()
    }
    assert told == dict(counted)
    negative = sum(
        counts.get("neg", 0) for days in shown["days"].values() for counts in days.values()
    )
    assert negative == sum(row["label"] == "neg" and row["kind"] == "original" for row in rows)


def test_nothing_of_tomorrow_is_shown(world: World, now: datetime) -> None:
    shown = world.published(now)
    assert max(item.created_at for item in shown) <= now
    assert len(shown) < len(world.items)
    later = world.published(now + timedelta(hours=6))
    assert len(later) > len(shown)
    assert list(later[: len(shown)]) == list(shown)


def test_ids_grow_with_time(world: World) -> None:
    posts = [item for item in world.items if item.platform == "x"]
    ids = [int(item.id) for item in sorted(posts, key=lambda item: int(item.id))]
    assert len(set(ids)) == len(ids)
    moments = [item.created_at for item in sorted(posts, key=lambda item: int(item.id))]
    assert moments == sorted(moments)


def test_every_day_has_its_rhythm(world: World) -> None:
    hours = Counter(item.created_at.hour for item in world.items)
    assert hours[20] > 4 * hours[3]
    factors = [day.factor for day in plan(world.design)]
    assert len({round(factor, 6) for factor in factors}) == len(factors)


def test_edits_keep_the_day_and_deletions_come_later(world: World) -> None:
    edited = [item for item in world.items if len(item.versions) > 1]
    deleted = [item for item in world.items if item.deleted_at]
    assert len(edited) > 20
    assert len(deleted) > 20
    for item in edited:
        assert local_day(item.versions[1].at) == local_day(item.created_at)
        assert item.versions[1].text.startswith(item.versions[0].text)
    assert all(item.deleted_at and item.deleted_at > item.created_at for item in deleted)


def test_replies_answer_what_is_there(world: World) -> None:
    known = {item.id: item for item in world.items}
    answers = [item for item in world.items if item.parent]
    assert len(answers) > 1000
    for item in answers:
        assert known[str(item.parent)].created_at <= item.created_at
        assert known[str(item.root)].scope == item.scope or item.scope != "none"


def test_some_posts_went_round_the_country(world: World, now: datetime) -> None:
    seen = sorted(item.reactions_at(now).views for item in world.published(now))
    assert seen[-3] > 150_000
    assert seen[len(seen) // 2] < 5_000


def test_reactions_only_grow(world: World, now: datetime) -> None:
    item = max(world.published(now), key=lambda one: one.reactions.views)
    counts = [item.reactions_at(item.created_at + timedelta(hours=h)).views for h in range(0, 90)]
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert counts[-1] >= 0.99 * item.reactions.views


def test_organisations_speak_calmly(world: World) -> None:
    spoken = [item for item in world.items if item.author.organisation]
    assert {item.author.organisation for item in spoken} == {"owned", "partner", "institution"}
    assert not any(item.offensive or item.label == "neg" for item in spoken)


def test_effect_can_be_left_out() -> None:
    flat = make_world(date(2026, 3, 2), design=replace(Design(date(2026, 3, 2), 3), lift=1.0))
    assert (
        0.75 < truth(flat, datetime.fromisoformat("2026-03-02T20:00+00:00"))["lift"]["ratio"] < 1.35
    )


def test_who_tells_of_harm_does_not_insult(world: World) -> None:
    told = [item for item in world.items if item.disclosure]
    assert len(told) > 50
    assert not any(item.offensive for item in told)
    assert not any(
        item.offensive and (item.signposted or item.label == "pos") for item in world.items
    )
