"""What was collected is known by the hour; what was not is a gap, with its reason."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_made import NOW, SLUG, ZONE, post, rows, store

from collectors.base import Missed, Window
from storage import tables as t
from storage.database import Database
from storage.ledger import COMPLETE, HOUR, Hours, covered, give_up, hour_of, mark_hours, marked
from storage.queries import missing_days, source_states
from storage.rows import Gap, SourceState
from storage.runs import end_run, start_run

DAWN = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)


def at(hour: float) -> datetime:
    return DAWN + timedelta(hours=hour)


def cover(db: Database, start: float, end: float, query: str = "q", source: str = "x") -> None:
    window = Window(at(start), at(end))
    store(db, [], source=source, query=query, cursor={}, covered=window, taken_at=at(end))


def fail(db: Database, start: float, end: float, state: str = "failed", why: str = "503") -> None:
    mark_hours(db, SLUG, "x", "q", Missed(Window(at(start), at(end)), state, why))


def state_of(db: Database, first: float, now: float, name: str = "x") -> SourceState:
    (state,) = source_states(db, SLUG, [name], at(first), at(now))
    return state


def gaps(db: Database, first: float, now: float) -> list[tuple[float, float, str, str]]:
    return [
        ((gap.start - DAWN) / HOUR, (gap.end - DAWN) / HOUR, gap.state, gap.why)
        for gap in state_of(db, first, now).gaps
    ]


def test_passes_that_follow_each_other_complete_an_hour(database: Database) -> None:
    for start, end in ((0, 0.4), (0.4, 0.9), (0.9, 1.3), (1.3, 2)):
        cover(database, start, end)
    states = rows(database, t.ledger, "hour", "state")
    assert states == [(at(0), COMPLETE), (at(1), COMPLETE)]
    assert gaps(database, 0, 2.5) == []


def test_a_hole_within_an_hour_is_a_gap(database: Database) -> None:
    cover(database, 0, 0.4)
    cover(database, 0.5, 3)
    assert gaps(database, 0, 3.9) == [(0, 1, "partial", "read up to 00:24 UTC")]
    cover(database, 0.44, 0.6)
    assert gaps(database, 0, 3.9) == [(0, 1, "partial", "read up to 00:24 UTC")]
    cover(database, 0.4, 0.44)
    assert gaps(database, 0, 3.9) == []


def test_hours_are_filled_from_behind_too(database: Database) -> None:
    cover(database, 2.4, 5)
    cover(database, 1.6, 2.4)
    cover(database, 0, 1.6)
    assert gaps(database, 0, 5.5) == []


def test_failed_hours_are_joined_and_a_later_pass_fills_them(database: Database) -> None:
    cover(database, 0, 2.5)
    fail(database, 2.5, 4.2)
    fail(database, 5, 6, why="no answer")
    fail(database, 6, 7, state="budget", why="spent")
    assert gaps(database, 0, 7.5) == [
        (2, 5, "failed", "503"),
        (5, 6, "failed", "no answer"),
        (6, 7, "budget", "spent"),
    ]
    cover(database, 2.5, 7)
    assert gaps(database, 0, 7.5) == []


def test_a_failure_never_takes_a_complete_hour_back(database: Database) -> None:
    cover(database, 0, 2)
    fail(database, 0, 2)
    assert gaps(database, 0, 2.5) == []


def test_never_asked_is_a_gap_of_its_own_kind(database: Database) -> None:
    cover(database, 2, 3)
    cover(database, 6, 7)
    assert gaps(database, 0.5, 7.2) == [(0.5, 2, "missing", ""), (3, 6, "missing", "")]
    assert state_of(database, 0, 7, "reddit").gaps == [Gap("reddit", at(0), at(6), "missing", "")]


def test_the_hour_that_waits_for_the_next_pass_is_no_gap(database: Database) -> None:
    cover(database, 0, 2.5)
    assert gaps(database, 0, 2.9) == gaps(database, 0, 3.1) == []
    assert gaps(database, 0, 4.1) == [(2, 3, "partial", "read up to 02:30 UTC")]
    fail(database, 2.5, 4.5)
    assert gaps(database, 0, 4.5) == [(2, 4, "failed", "503")]


def test_reasons_keep_their_code_and_what_the_platform_said(database: Database) -> None:
    cover(database, 0, 0.5)
    window = Window(at(2), at(3))
    told = Missed(window, "budget", "x: used up (Usage cap).", "exhausted", "HTTP 402: Usage cap")
    mark_hours(database, SLUG, "x", "q", told)
    give_up(database, SLUG, "x", "q", Window(at(1), at(3)), "over 7 days old", "over_a_week")
    found = state_of(database, 0, 9.5).gaps
    assert [(gap.code, gap.said, gap.lost) for gap in found] == [
        ("read_in_part", "", False),
        ("over_a_week", "", True),
        ("exhausted", "HTTP 402: Usage cap", True),
        ("", "", False),
    ]
    long = Missed(window, "failed", "w" * 999, "refused", "s" * 999)
    mark_hours(database, SLUG, "x", "q", long)
    assert [len(gap.said) for gap in state_of(database, 2, 4.5).gaps if gap.said] == [200]


def test_what_the_platform_no_longer_gives_is_told_apart(database: Database) -> None:
    cover(database, 4.5, 7)
    fail(database, 2, 4, why="503")
    give_up(database, SLUG, "x", "q", Window(at(0), at(5.5)), "over 7 days old")
    found = state_of(database, 0, 9.5).gaps
    assert [((gap.start - DAWN) / HOUR, gap.state, gap.why, gap.lost) for gap in found] == [
        (0, "missing", "over 7 days old", True),
        (2, "failed", "503", True),
        (4, "partial", "its first minutes were not read", True),
        (7, "missing", "", False),
    ]
    cover(database, 0, 5)
    assert [gap.start for gap in state_of(database, 0, 7.5).gaps] == []


def test_an_hour_needs_every_query(database: Database) -> None:
    cover(database, 0, 4, "families")
    cover(database, 0, 2, "topic")
    assert gaps(database, 0, 6) == [(2, 5, "missing", "")]
    (narrowed,) = source_states(database, SLUG, ["x"], at(0), at(4), queries={"x": ["families"]})
    assert narrowed.gaps == []


def test_state_counts_and_costs(database: Database) -> None:
    for state, hour in (("ok", 1), ("failed", 2)):
        run = start_run(database, SLUG, "x", at(hour), ["q"])
        store(database, [post(hour)], run=run, calls=2, dollars=0.5, cursor={})
        told = {} if state == "ok" else {"code": "unreachable", "said": "Busy", "failed_queries": 2}
        end_run(database, run, state, at(hour + 0.5), "" if state == "ok" else "503", **told)
    state = state_of(database, 0, 3)
    assert (state.state, state.error, state.posts) == ("failed", "503", 2)
    assert (state.code, state.said, state.failed_queries) == ("unreachable", "Busy", 2)
    assert (state.last_run, state.last_success) == (at(2), at(1.5))
    assert (state.calls, state.dollars) == (4, 1.0)
    never = state_of(database, 0, 3, "reddit")
    assert (never.state, never.last_run, never.covered_to, never.posts) == ("never", None, None, 0)


def test_missing_days_by_casablanca_day(database: Database) -> None:
    day = date(2026, 10, 5)
    midnight = -1  # Casablanca is an hour ahead
    cover(database, midnight, midnight + 18)
    cover(database, midnight + 24, midnight + 48)
    found = missing_days(database, SLUG, ["x"], day, day + timedelta(days=1), ZONE)
    assert found == {day: 0.25}
    both = missing_days(database, SLUG, ["x", "reddit"], day, day, ZONE)
    assert both == found, "a source that was never asked does not count"
    clipped = missing_days(database, SLUG, ["x"], day, day, ZONE, now=at(midnight + 20))
    assert clipped == {day: 0.1}


@pytest.mark.parametrize(("day", "hours"), [("2026-02-15", 25), ("2026-03-22", 23)])
def test_missing_days_when_the_offset_changes(database: Database, day: str, hours: int) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=ZONE).astimezone(UTC)
    window = Window(start, start + HOUR)
    store(database, [], cursor={}, covered=window)
    one = date.fromisoformat(day)
    found = missing_days(database, SLUG, ["x"], one, one, ZONE)
    assert found == {one: pytest.approx((hours - 1) / hours)}


def test_an_imported_campaign_misses_nothing(database: Database) -> None:
    store(database, [post(1)], source="files")
    day = NOW.date()
    assert missing_days(database, SLUG, ["x"], day, day, ZONE) == {}
    assert missing_days(database, SLUG, [], day, day, ZONE) == {}
    assert missing_days(database, "unknown", ["x"], day, day, ZONE) == {}


MINUTES = st.integers(0, 60 * 6)
PASSES = st.lists(st.tuples(MINUTES, MINUTES, st.booleans()), max_size=12)


@given(passes=PASSES)
def test_an_hour_is_complete_only_if_every_minute_was_collected(
    passes: list[tuple[int, int, bool]],
) -> None:
    hours: Hours = {}
    collected: set[int] = set()
    for one, other, good in passes:
        start, end = sorted((one, other))
        window = Window(DAWN + timedelta(minutes=start), DAWN + timedelta(minutes=end))
        hours |= covered(hours, window) if good else marked(hours, Missed(window, "failed", ""))
        collected |= set(range(start, end)) if good else set()
    for hour, (state, *_) in hours.items():
        if state == COMPLETE:
            assert set(minutes_of(hour)) <= collected


def minutes_of(hour: datetime) -> Iterator[int]:
    first = int((hour - DAWN) / timedelta(minutes=1))
    yield from range(first, first + 60)


def test_the_hour_of_a_moment_is_utc() -> None:
    moment = datetime(2026, 3, 1, 0, 40, tzinfo=ZONE)
    assert hour_of(moment) == datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
