"""Which videos are followed, and which of them have comments to read."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Post, Window
from collectors.followed import (
    MOST,
    NEVER,
    State,
    Video,
    read,
    read_state,
    visited,
    wanting,
    with_videos,
    write_state,
)
from collectors.stretches import Progress

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def video(name, days=1.0, counted=NEVER, read_to=None):
    return Video(name, NOW - timedelta(days=days), counted, read_to)


def post(name, days=1.0):
    return Post("youtube", name, NOW - timedelta(days=days), "t")


def test_old_videos_are_read_once_and_then_left():
    found = with_videos({}, [post("old", 90), post("new")], NOW)
    assert set(found) == {"old", "new"}
    done = read(found, found["old"], 5, NOW)
    assert set(with_videos(done, (), NOW)) == {"new"}


def test_the_newest_are_followed():
    many = {f"v{n}": video(f"v{n}", n / 10, counted=1) for n in range(MOST + 30)}
    assert set(with_videos(many, (), NOW)) == {f"v{n}" for n in range(MOST)}


def test_what_is_known_of_a_video_survives_finding_it_again():
    known = {"a": video("a", counted=7)}
    assert with_videos(known, [post("a")], NOW) == known


def test_only_new_comments_make_a_video_worth_reading():
    known = {n: video(n, counted=c) for n, c in (("a", 3), ("b", 3), ("c", NEVER), ("d", NEVER))}
    counts = {"a": 4, "b": 2, "c": 1, "d": 0}
    assert [(one.identity, count) for one, count in wanting(known, counts)] == [("a", 4), ("c", 1)]


def test_a_video_that_is_gone_is_left_and_one_without_comments_is_read():
    known = {n: video(n) for n in ("gone", "off", "none", "some")}
    left = visited(known, known, {"off": None, "none": 0, "some": 3})
    assert {name: one.counted for name, one in left.items()} == {"off": 0, "none": 0, "some": NEVER}


names = st.text("abcDEF019-_:.", min_size=1, max_size=12)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


@given(
    st.dictionaries(names, st.tuples(moments, st.integers(-1, 10**6), st.none() | moments)),
    st.lists(st.tuples(moments, moments), max_size=3),
)
def test_a_state_comes_back_as_it_was(videos, waiting):
    state = State(
        Progress(NOW, NOW),
        {name: Video(name, *rest) for name, rest in videos.items()},
        tuple(Window(*pair) for pair in waiting),
        NOW,
    )
    assert read_state(write_state(state)) == state


def test_a_damaged_state_starts_anew():
    cursor = {
        "videos": "a,b;c;d,1,2,3,4;e,99999999999999999999,1,",
        "waiting": "x/y",
        "searched_at": "?",
    }
    assert read_state(cursor) == State(Progress(), {})
