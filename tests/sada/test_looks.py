"""Second looks: when they are due, with whom, and that one look-up serves everything."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from collectors.base import Lookup, Metrics, Post, RateLimited
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.looks import LATEST, POINTS, Due, batches, due_looks, outdated, round_due
from sada.pipeline.recheck import recheck_source
from sada.pipeline.refresh import refresh_source
from storage import tables as t
from storage.queries import engagement_curve, posts
from storage.rows import Cut, Shown, Young
from storage.spending import spent
from tests.sada.support import NOW, Clock, post
from tests.sada.test_collect import Scripted, page, run

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def young(age: timedelta, checked: timedelta, name: str = "1") -> Young:
    """A post of this age, shown last when it was `checked` old."""
    return Young(name, NOW - age, NOW - age + checked)


@pytest.mark.parametrize(
    ("age", "checked", "due"),
    [
        (0.9 * HOUR, 0 * HOUR, False),
        (1 * HOUR, 0.5 * HOUR, True),
        (2 * HOUR, 1 * HOUR, False),
        (30 * HOUR, 2 * HOUR, True),
        (30 * HOUR, 25 * HOUR, False),
        (5 * DAY, 2 * DAY, True),
        (7.5 * DAY, 4 * DAY, True),
        (9 * DAY, 0 * HOUR, False),
        (7.9 * DAY, 7.1 * DAY, False),
    ],
)
def test_a_look_is_due_after_each_point_once(age: timedelta, checked: timedelta, due: bool) -> None:
    assert bool(due_looks([young(age, checked)], NOW)) is due


@given(st.lists(st.integers(1, 10 * 24 * 60), max_size=60))
def test_no_post_is_looked_at_more_often_than_there_are_points(minutes: list[int]) -> None:
    checked, looks = NOW, 0
    for minute in sorted(minutes):
        now = NOW + timedelta(minutes=minute)
        if due_looks([Young("1", NOW, checked)], now):
            checked, looks = now, looks + 1
    assert looks <= len(POINTS)
    assert checked - NOW <= LATEST


def test_what_costs_nothing_today_comes_first() -> None:
    morning = datetime(2025, 3, 12, 9, tzinfo=UTC)
    old = Young("old", morning - 30 * HOUR, morning - 29 * HOUR)
    new = Young("new", morning - 2 * HOUR, morning - 1.9 * HOUR)
    assert [(one.platform_id, one.free) for one in due_looks([old, new], morning)] == [
        ("new", True),
        ("old", False),
    ]


def test_a_part_of_a_batch_waits_for_others_as_long_as_it_can() -> None:
    due = [Due(str(n), NOW + timedelta(minutes=n), free=True) for n in range(1, 6)]
    assert batches(due, 2, NOW) == [["1", "2"], ["3", "4"]]
    assert batches(due, 2, NOW + timedelta(minutes=5)) == [["1", "2"], ["3", "4"], ["5"]]
    assert batches([], 2, NOW) == []


def test_rounds_go_on_after_a_clock_was_set_back() -> None:
    assert round_due(NOW, None)
    assert not round_due(NOW, NOW - timedelta(minutes=4))
    assert round_due(NOW, NOW - timedelta(minutes=5))
    assert round_due(NOW, NOW + DAY)


class Answering(Scripted):
    """Looks up what `found` has and remembers what it was asked."""

    bills = False
    lookup_size = 2

    def __init__(self, found: Sequence[Post] = (), dollars: float = 0.0) -> None:
        super().__init__(found=found)
        self.asked: list[Sequence[str]] = []
        self.dollars = dollars
        self.error: Exception | None = None

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        if self.error:
            raise self.error
        self.asked.append(list(platform_ids))
        answer = super().lookup(platform_ids)
        return replace(answer, billed=len(answer.found), dollars=self.dollars)


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    made = Answering()
    for place in ("recheck", "refresh"):
        monkeypatch.setattr(f"sada.pipeline.{place}.build_collector", lambda *_: made)
    return made


def of(sada: Sada, **changes: object) -> tuple[Sada, Campaign, SourcePlan]:
    campaign = sada.campaign("small")
    return sada, campaign, campaign.sources[0].model_copy(update=changes)


def written(number: int, ago: timedelta, likes: int = 0) -> Post:
    return post(number, created_at=NOW - ago, metrics=Metrics(likes=likes))


def test_interactions_are_read_again_and_make_a_curve(
    sada: Sada, answering: Answering, clock: Clock
) -> None:
    numbers = range(1, 13)
    run(sada, Scripted(page(*(written(n, timedelta(0), 1) for n in numbers))))
    for hours, likes in ((1.2, 5), (25, 9), (75, 9), (170, 12), (190, 99)):
        clock.now = NOW + timedelta(hours=hours)
        answering.found = [written(n, timedelta(0), likes) for n in numbers]
        refresh_source(*of(sada))
    assert len(answering.asked) == 4 * 6, "four points, batches of two, and none after a week"
    found = engagement_curve(sada.database, "small", Cut())
    assert [(point.hours, point.middle, point.posts) for point in found] == [
        (1, 5, 12), (24, 9, 12), (72, 9, 12), (168, 12, 12),
    ]  # fmt: skip


def test_nothing_is_asked_twice_for_one_point(
    sada: Sada, answering: Answering, clock: Clock
) -> None:
    run(sada, Scripted(page(written(1, HOUR / 2), written(2, HOUR / 2))))
    clock.now += HOUR
    answering.found = [written(1, HOUR / 2)]
    assert refresh_source(*of(sada)).asked == 2
    assert refresh_source(*of(sada)).asked == 0
    clock.now += HOUR
    assert refresh_source(*of(sada)).asked == 0, "even what was not answered is not asked again"


def test_one_look_serves_interactions_and_the_recheck(
    sada: Sada, answering: Answering, clock: Clock
) -> None:
    run(sada, Scripted(page(written(1, HOUR), written(2, HOUR), written(3, 40 * DAY))))
    clock.now += 25 * HOUR
    answering.found = [written(1, HOUR), written(3, 40 * DAY)]
    looked = refresh_source(*of(sada))
    assert (looked.asked, looked.gone) == (2, 1), "a deletion that comes to light is applied"
    assert recheck_source(*of(sada)).asked == 1
    assert answering.asked == [["1", "2"], ["3"]]


def test_an_edit_replaces_the_text_whatever_it_says_now(
    sada: Sada, answering: Answering, clock: Clock
) -> None:
    run(sada, Scripted(page(post(1, "Sghira, mon premier texte"))))
    clock.now += 7 * HOUR
    answering.found = [post(1, "publicité", edited=True)]
    recheck_source(*of(sada))
    [found] = posts(sada.database, "small", Cut())[0]
    assert found.text == "publicité"
    files = b"".join(path.read_bytes() for path in sada.settings.home.glob("sada.db*"))
    assert b"mon premier texte" not in files


@pytest.mark.parametrize(
    ("bills", "asked", "looks"),
    [(False, None, 1), (True, None, 0), (True, True, 1), (False, False, 0)],
)
def test_looks_spend_nothing_unasked(
    sada: Sada, answering: Answering, clock: Clock, bills: bool, asked: bool | None, looks: int
) -> None:
    run(sada, Scripted(page(written(1, HOUR / 2))))
    clock.now += 2 * HOUR
    answering.found, answering.bills = [written(1, HOUR / 2)], bills
    assert refresh_source(*of(sada, refresh=asked)).asked == looks


def test_looks_leave_most_of_the_budget_to_new_posts(
    sada: Sada, answering: Answering, clock: Clock
) -> None:
    run(sada, Scripted(page(*(written(n, HOUR / 2) for n in range(1, 9)))))
    clock.now += HOUR
    answering.found, answering.dollars = [written(n, HOUR / 2) for n in range(1, 9)], 0.2
    done = refresh_source(*of(sada))
    assert (done.asked, "second looks (25%)" in done.error) == (4, True)
    assert spent(sada.database, "small", "x", work="look").dollars == pytest.approx(0.4)
    assert "budget of $1" not in run(sada, Scripted(page(post(99)))).error


def test_a_failing_look_is_told_and_tried_again(
    sada: Sada, answering: Answering, clock: Clock
) -> None:
    run(sada, Scripted(page(written(1, HOUR / 2))))
    clock.now += 2 * HOUR
    answering.error = RateLimited("x", "too many calls.", 60)
    assert "too many calls" in refresh_source(*of(sada)).error
    answering.error, answering.found = None, [written(1, HOUR / 2, 3)]
    assert refresh_source(*of(sada)).asked == 1
    with sada.database.reading() as session:
        assert set(session.scalars(select(t.posts.c.likes))) == {3}


def test_edited_posts_are_read_again_unless_they_were_shown_since() -> None:
    written_at = NOW - 9 * HOUR
    stored = {
        "early": Shown(written_at, written_at + HOUR / 4),
        "late": Shown(written_at, written_at + 2 * HOUR),
    }
    half_past = written_at + HOUR / 2
    assert outdated({"early": half_past, "late": half_past}, stored) == ["early"]
    assert outdated({"early": None, "late": None}, stored) == ["early"]
    assert outdated({"early": None, "erased": half_past}, stored) == ["early"]
    assert outdated({"late": written_at + 3 * HOUR}, stored) == ["late"]
