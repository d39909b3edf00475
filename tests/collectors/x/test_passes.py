"""Cursors go round, and passes tile time without hole or overlap."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Window, reach_of
from collectors.x import XCollector
from collectors.x.passes import (
    SETTLING,
    Pass,
    Progress,
    finished,
    next_pass,
    read_cursor,
    write_cursor,
)

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
ids = st.none() | st.text("0123456789", min_size=1, max_size=20)
passes = st.builds(
    Pass,
    start=moments,
    end=moments,
    archive=st.booleans(),
    since_id=ids,
    next_token=ids,
    newest_id=ids,
    newest_at=st.none() | moments,
)
progresses = st.builds(
    Progress,
    covered_from=st.none() | moments,
    covered_to=st.none() | moments,
    since_id=ids,
    since_at=st.none() | moments,
    under_way=st.none() | passes,
)


@given(progresses)
def test_a_cursor_goes_round(progress):
    assert read_cursor(write_cursor(progress)) == progress


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=30)))
def test_any_cursor_is_read(cursor):
    read_cursor(cursor)


@given(st.lists(st.integers(1, 60 * 24 * 5), min_size=1, max_size=8), st.booleans())
def test_passes_tile_time(minutes, archive):
    now = datetime(2026, 11, 1, tzinfo=UTC)
    window = Window(now - timedelta(days=1), now + timedelta(days=400))
    progress = Progress()
    covered = []
    for step in minutes:
        now += timedelta(minutes=step)
        while (work := next_pass(progress, window, now, archive=archive)) is not None:
            progress = finished(progress, work)
            covered.append(work.window)
    assert covered[0].start == window.start
    assert covered[-1].end == now - SETTLING
    assert all(one.end == two.start for one, two in pairwise(covered))


@given(progresses, moments, st.booleans())
def test_planning_always_comes_to_an_end(progress, now, archive):
    window = Window(now - timedelta(days=30), now + timedelta(days=1))
    for _ in range(4):
        work = next_pass(progress, window, now, archive=archive)
        if work is None:
            return
        progress = finished(progress, work)
    raise AssertionError("planning goes on for ever")


def test_a_collector_says_how_far_back_it_reads() -> None:
    def made(*, archive: bool) -> XCollector:
        return XCollector("token", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC), archive=archive)

    reach = reach_of(made(archive=False))
    assert reach is not None
    assert timedelta(days=6) < reach.back < timedelta(days=7)
    assert reach_of(made(archive=True)) is None
