"""Days gone by: counted before they are read, read only if they can be paid."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Unreachable, Window
from collectors.x.backfill import Means, affordable
from collectors.x.passes import Pass

DAY = timedelta(days=1)
END = datetime(2026, 11, 13, 12, 0, 35, tzinfo=UTC)
MONTH = Pass(END - 28 * DAY, END, archive=True)


def days(*counts):
    """Newest first, as far as counts go."""
    midnight = END.replace(hour=0, minute=0, second=0)
    starts = [midnight - n * DAY for n in range(len(counts))]
    return [
        (Window(start, min(start + DAY, END)), count)
        for start, count in zip(starts, counts, strict=True)
    ]


def counted(*counts, token=None):
    buckets = [
        {"start": day.start.isoformat(), "end": day.end.isoformat(), "tweet_count": count}
        for day, count in reversed(days(*counts))
    ]
    meta = {"total_tweet_count": sum(counts)} | ({"next_token": token} if token else {})
    return {"data": buckets, "meta": meta}


def backfill(x, means, **options):
    """The pages that follow those of the newest week."""
    window = replace(x.window, start=x.now - 28 * DAY)
    pages = x.build(archive=True, means=lambda: means, **options).fetch(x.query, {}, window)
    return list(pages)[1:]


def paths(platform):
    return [asked.path.removeprefix("/2/tweets/") for asked in platform.asked]


def test_without_a_budget_nothing_is_counted(x, platform, say):
    platform.say(say(x.page([5])))
    backfill(x, Means())
    assert paths(platform) == ["search/recent", "search/all"]


def test_what_can_be_paid_is_counted_then_read(x, platform, say):
    platform.say(say(x.page([5])), say(counted(4, 2)), say(x.page([4])))
    counts, read = backfill(x, Means(dollars=1.0))
    assert paths(platform) == ["search/recent", "counts/all", "search/all"]
    asked = platform.asked[1].params
    assert (asked["granularity"], asked["query"]) == ("day", x.query.text)
    assert asked["start_time"] == platform.asked[2].params["start_time"] == "2026-10-23T12:00:30Z"
    assert (counts.calls, counts.dollars, counts.covered) == (1, 0.010, None)
    assert read.covered.start == x.now - 28 * DAY


def test_what_is_too_dear_is_not_read_and_is_said(x, platform, say):
    platform.say(say(x.page([5])), say(counted(400, 200)))
    (page,) = backfill(x, Means(dollars=5.0))
    assert paths(platform) == ["search/recent", "counts/all"]
    (missed,) = page.missed
    assert missed.state == "budget"
    assert missed.window.start == x.now - 28 * DAY
    assert "600 posts" in missed.why
    assert "$9.00" in missed.why
    assert "dollars_in_all" in missed.why
    assert page.warnings == (missed.why,)


def test_a_refusal_holds_for_a_day_and_the_present_goes_on(x, platform, say):
    platform.say(say(x.page([5])), say(counted(400)))
    (page,) = backfill(x, Means(dollars=1.0))
    platform.asked.clear()
    soon, tomorrow = x.now + timedelta(hours=1), x.now + timedelta(hours=13)
    window = Window(x.now - 28 * DAY, soon)
    platform.say(say(x.page([])))
    options = {"archive": True, "means": lambda: Means(dollars=1.0)}
    (now,) = x.build(clock=lambda: soon, **options).fetch(x.query, page.cursor, window)
    assert paths(platform) == ["search/recent"]
    platform.say(say(x.page([])), say(counted(20)), say(x.page([3])))
    later = x.build(clock=lambda: tomorrow, **options)
    *_, last = later.fetch(x.query, now.cursor, replace(window, end=tomorrow))
    assert last.covered.start == window.start


def test_what_today_does_not_allow_is_read_on_other_days(x, platform, say):
    platform.say(say(x.page([5])), say(counted(3, 4, 50)), say(x.page([4])), say(counted(50)))
    *_, read, waiting = backfill(x, Means(posts_today=10))
    assert read.covered.start == days(3, 4)[1][0].start
    assert waiting.missed[0].window == Window(x.now - 28 * DAY, read.covered.start)
    assert "posts_per_day" in waiting.missed[0].why


def test_a_kill_after_counting_does_not_count_again(x, platform, say):
    platform.say(say(x.page([5])), say(counted(4)))
    window = replace(x.window, start=x.now - 28 * DAY)
    means = {"archive": True, "means": lambda: Means(dollars=1.0)}
    pages = x.build(**means).fetch(x.query, {}, window)
    next(pages)
    counts = next(pages)
    platform.asked.clear()
    platform.say(say(x.page([4])))
    list(x.build(**means).fetch(x.query, counts.cursor, window))
    assert paths(platform) == ["search/all"]


def test_counts_come_by_pages(x, platform, say):
    platform.say(say(x.page([5])), say(counted(4, token="c2")), say(counted(2)), say(x.page([4])))
    counts, _ = backfill(x, Means(posts=10))
    assert counts.calls == 2
    assert platform.asked[2].params["next_token"] == "c2"


def test_counts_without_end_are_an_error(x, platform, say):
    platform.say(say(x.page([5])), say(counted(1, token="same")))
    with pytest.raises(Unreachable, match="without end"):
        backfill(x, Means(posts=10))


def test_new_names_are_counted_too(x, platform, say):
    bucket = {"start": "2026-11-01T00:00:00Z", "end": "2026-11-02T00:00:00Z", "post_count": 900}
    renamed = {"data": [bucket], "meta": {"total_post_count": 900}}
    platform.say(say(x.page([5])), say(renamed))
    (page,) = backfill(x, Means(posts=10))
    assert "900 posts" in page.missed[0].why


limits = st.none() | st.integers(0, 200)


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=10),
    st.none() | st.floats(0, 3),
    limits,
    limits,
)
def test_never_more_is_begun_than_may_be_spent(counts, dollars, posts, today):
    found = days(*counts)
    verdict = affordable(MONTH, found, Means(dollars, posts, today), 0.015)
    total = sum(counts)
    if verdict.work is None:
        assert verdict.why
        return
    begun = sum(count for day, count in found if day.start >= verdict.work.start)
    assert dollars is None or total * 0.015 <= dollars
    assert posts is None or total <= posts
    assert today is None or begun <= today
    assert MONTH.start <= verdict.work.start < verdict.work.end == MONTH.end
