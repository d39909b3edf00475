"""What is asked of YouTube: few searches, cheap counts, comments only where there are new ones."""

from datetime import timedelta
from itertools import islice

import pytest

from collectors.base import Exhausted, Window


def posts(pages):
    return [post.platform_id for page in pages for post in page.posts]


def test_videos_comments_and_replies(youtube):
    youtube.videos = {"aaaaaaaaaa1": [10, 20], "aaaaaaaaaa2": []}
    youtube.replies = {"aaaaaaaaaa1-20": [5, 6]}
    pages = list(youtube.build().fetch(youtube.query, {}, youtube.window))
    assert sorted(set(posts(pages))) == [
        "aaaaaaaaaa1", "aaaaaaaaaa1-10", "aaaaaaaaaa1-20", "aaaaaaaaaa1-20.5",
        "aaaaaaaaaa1-20.6", "aaaaaaaaaa2",
    ]  # fmt: skip
    assert [page.threaded for page in pages] == [False, False, True, False]
    assert pages[-1].covered == Window(youtube.window.start, youtube.now - timedelta(hours=6))
    assert youtube.asked == ["search", "videos", "videos", "commentThreads", "comments"]
    assert sum(page.calls for page in pages) == 5


def test_a_second_pass_reads_only_what_is_new(youtube):
    youtube.videos = {f"aaaaaaaaa{n:02}": [n + 30] for n in range(9)}
    (*_, last) = youtube.build().fetch(youtube.query, {}, youtube.window)
    before = len(youtube.asked)
    youtube.videos["aaaaaaaaa03"].append(3)
    pages = list(
        youtube.build(search_every=timedelta(hours=1)).fetch(
            youtube.query, last.cursor, youtube.window
        )
    )
    assert youtube.asked[before:] == ["videos", "commentThreads"]
    assert "aaaaaaaaa03-3" in posts(pages)


def test_many_comments_are_read_until_all_new_ones_are_met(youtube):
    youtube.videos = {"aaaaaaaaaa1": [100.0 + n for n in range(30)]}
    youtube.rows = 5
    (*_, last) = youtube.build().fetch(youtube.query, {}, youtube.window)
    before = len(youtube.params("commentThreads"))
    assert before == 6
    youtube.videos["aaaaaaaaaa1"] += [50.0 + n for n in range(7)]
    pages = list(youtube.build().fetch(youtube.query, last.cursor, youtube.window))
    # two pages with new ones, and one that shows that the older ones are known
    assert len(youtube.params("commentThreads")) - before == 3
    assert {f"aaaaaaaaaa1-{50.0 + n}" for n in range(7)} <= set(posts(pages))


def test_new_answers_to_old_comments_are_found(youtube):
    youtube.videos = {"aaaaaaaaaa1": [100.0 + n for n in range(20)]}
    youtube.rows = 5
    (*_, last) = youtube.build().fetch(youtube.query, {}, youtube.window)
    youtube.replies = {"aaaaaaaaaa1-118.0": [2.0, 3.0]}
    pages = youtube.build().fetch(youtube.query, last.cursor, youtube.window)
    assert {"aaaaaaaaaa1-118.0.2.0", "aaaaaaaaaa1-118.0.3.0"} <= set(posts(pages))


def test_comments_of_one_video_are_bounded_and_told(youtube):
    youtube.videos = {"aaaaaaaaaa1": [10.0 + n for n in range(50)]}
    youtube.rows = 5
    pages = list(youtube.build(comments_per_video=12).fetch(youtube.query, {}, youtube.window))
    assert len(youtube.params("commentThreads")) == 3
    assert [warning for page in pages for warning in page.warnings] == [
        "of 1 videos not all comments were read"
    ]


def test_searches_are_spread_over_the_day(youtube):
    youtube.videos = {"aaaaaaaaaa1": []}
    (*_, last) = youtube.build().fetch(youtube.query, {}, youtube.window)
    for minutes, searches in ((59, 1), (61, 2)):
        later = youtube.now + timedelta(minutes=minutes)
        collector = youtube.build(clock=lambda: later, search_every=timedelta(hours=1))  # noqa: B023
        list(collector.fetch(youtube.query, last.cursor, Window(youtube.window.start, later)))
        assert len(youtube.params("search")) == searches


def test_comments_go_on_when_the_searches_are_used_up(youtube, say):
    youtube.videos = {"aaaaaaaaaa1": [10]}
    (*_, last) = youtube.build().fetch(youtube.query, {}, youtube.window)
    quota = {"error": {"errors": [{"reason": "quotaExceeded"}], "message": "quota"}}
    youtube.fault = lambda method, params: say(quota, 403) if method == "search" else None
    youtube.videos["aaaaaaaaaa1"].append(1)
    later = youtube.now + timedelta(hours=1)
    pages = youtube.build(clock=lambda: later).fetch(
        youtube.query, last.cursor, Window(youtube.window.start, later)
    )
    found = [next(pages), next(pages)]
    assert "aaaaaaaaaa1-1" in posts(found)
    with pytest.raises(Exhausted) as caught:
        list(pages)
    # midnight in California is 8:00 UTC in November
    assert caught.value.retry_after == pytest.approx(19 * 3600)


def test_a_pass_that_was_killed_goes_on(youtube):
    youtube.videos = {f"aaaaaaaaa{n:02}": [n + 30] for n in range(60)}
    youtube.rows = 25
    whole = list(youtube.build().fetch(youtube.query, {}, youtube.window))
    for kept in range(1, len(whole)):
        stored = list(islice(youtube.build().fetch(youtube.query, {}, youtube.window), kept))
        rest = list(youtube.build().fetch(youtube.query, stored[-1].cursor, youtube.window))
        assert set(posts(stored + rest)) == set(posts(whole))
        assert rest[-1].covered == whole[-1].covered


def test_without_comments_only_videos_are_read(youtube):
    youtube.videos = {"aaaaaaaaaa1": [10]}
    pages = list(youtube.build(comments=False).fetch(youtube.query, {}, youtube.window))
    assert posts(pages) == ["aaaaaaaaaa1"]
    assert pages[-1].covered is not None


def test_comments_that_are_switched_off_are_none(youtube, say):
    youtube.videos = {"aaaaaaaaaa1": [10], "aaaaaaaaaa2": [11]}
    off = {"error": {"errors": [{"reason": "commentsDisabled"}], "message": "off"}}

    def fault(method, params):
        return say(off, 403) if params.get("videoId") == "aaaaaaaaaa1" else None

    youtube.fault = fault
    pages = list(youtube.build().fetch(youtube.query, {}, youtube.window))
    assert "aaaaaaaaaa2-11" in posts(pages)
    assert pages[-1].covered is not None


def test_videos_that_do_not_match_are_not_followed(youtube):
    youtube.videos = {"aaaaaaaaaa1": [10]}
    pages = list(youtube.build(match=lambda text: False).fetch(youtube.query, {}, youtube.window))
    assert posts(pages) == ["aaaaaaaaaa1"]
    assert "commentThreads" not in youtube.asked


def test_a_video_that_two_queries_find_is_visited_once(youtube):
    youtube.videos = {"aaaaaaaaaa1": [10]}
    collector = youtube.build()
    for _ in range(2):
        list(collector.fetch(youtube.query, {}, youtube.window))
    assert len(youtube.params("commentThreads")) == 1


def test_lookup_asks_videos_and_comments(youtube):
    youtube.videos = {"aaaaaaaaaa1": []}
    asked = ["aaaaaaaaaa1", "aaaaaaaaaa9", "UgComment00000", "Ugone-gone-gone", "bad,id"]
    found = youtube.build().lookup(asked)
    assert [post.platform_id for post in found.found] == ["aaaaaaaaaa1", "UgComment00000"]
    assert list(found.missing) == ["aaaaaaaaaa9", "Ugone-gone-gone"]
    assert found.calls == 2


def test_check_costs_one_unit_and_no_search(youtube):
    youtube.videos = {"jNQXAC9IVRw": []}
    assert "shows videos" in youtube.build().check()
    assert youtube.asked == ["videos"]
