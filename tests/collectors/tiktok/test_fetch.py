"""What is asked of TikTok: days, pages, comments; and what is then called covered."""

from datetime import timedelta
from itertools import islice

import pytest

from collectors.base import Query, Refused, Window


def posts(pages):
    return [post.platform_id for page in pages for post in page.posts]


def test_a_long_window_is_asked_for_in_months(tiktok):
    tiktok.videos = {n: [] for n in (1, 24 * 20, 24 * 35)}
    pages = list(tiktok.build().fetch(tiktok.query, {}, tiktok.window))
    spans = [(body["start_date"], body["end_date"]) for _, body in tiktok.bodies if body]
    assert spans[:2] == [("20261011", "20261109"), ("20261109", "20261120")]
    assert set(posts(pages)) == {tiktok.identity(n) for n in tiktok.videos}
    covered = [page.covered for page in pages if page.covered]
    assert covered[0].start == tiktok.window.start
    assert covered[-1].end == tiktok.now - timedelta(hours=48)


def test_pages_follow_by_search_id_and_cursor(tiktok):
    tiktok.videos = {n: [] for n in range(1, 8)}
    tiktok.rows = 3
    window = Window(tiktok.now - timedelta(days=3), tiktok.now)
    list(tiktok.build(comments=False).fetch(tiktok.query, {}, window))
    asked = [body for _, body in tiktok.bodies if body]
    assert [body.get("cursor") for body in asked] == [None, 3, 6]
    assert [body.get("search_id") for body in asked] == [None, "s1", "s1"]
    assert asked[0]["query"]["and"][0]["field_values"] == ["a"]


def test_what_may_come_late_is_read_again(tiktok):
    tiktok.videos = {1: []}
    (*_, last) = tiktok.build().fetch(tiktok.query, {}, tiktok.window)
    tiktok.videos[30] = []  # reached the index late
    pages = tiktok.build().fetch(tiktok.query, last.cursor, tiktok.window)
    assert tiktok.identity(30) in posts(pages)


def test_comments_are_read_where_there_are_more_than_before(tiktok):
    tiktok.videos = {3: [10, 20], 4: []}
    (*_, last) = tiktok.build().fetch(tiktok.query, {}, tiktok.window)
    assert tiktok.asked.count("research/video/comment/list/") == 1
    tiktok.videos[4].append(5)
    pages = list(tiktok.build().fetch(tiktok.query, last.cursor, tiktok.window))
    assert tiktok.asked.count("research/video/comment/list/") == 2
    assert f"{tiktok.identity(4)}:1005" in posts(page for page in pages if page.threaded)


def test_a_pass_that_was_killed_goes_on(tiktok):
    tiktok.videos = {n: [n] for n in range(1, 20)}
    tiktok.rows = 5
    whole = list(tiktok.build().fetch(tiktok.query, {}, tiktok.window))
    for kept in range(1, len(whole)):
        stored = list(islice(tiktok.build().fetch(tiktok.query, {}, tiktok.window), kept))
        rest = list(tiktok.build().fetch(tiktok.query, stored[-1].cursor, tiktok.window))
        assert set(posts(stored + rest)) == set(posts(whole))
        assert rest[-1].covered.end == whole[-1].covered.end


def test_lookup_asks_videos_by_their_days_and_comments_below_them(tiktok):
    tiktok.videos = {2: [10], 24 * 38: []}
    known = [tiktok.identity(2), tiktok.identity(24 * 38), tiktok.identity(7)]
    comments = [f"{tiktok.identity(2)}:1010", f"{tiktok.identity(2)}:1099"]
    found = tiktok.build().lookup([*known, *comments, "no number"])
    assert {post.platform_id for post in found.found} == {*known[:2], comments[0]}
    assert set(found.missing) == {known[2], comments[1]}
    spans = [body for path, body in tiktok.bodies if path.endswith("query/")]
    assert len(spans) == 2  # 38 days do not fit into one question


def test_a_comment_behind_what_tiktok_shows_is_not_called_missing(tiktok):
    tiktok.videos = {2: list(range(1200))}
    asked = [f"{tiktok.identity(2)}:{1000 + n}" for n in (5, 1150)]
    found = tiktok.build().lookup(asked)
    assert [post.platform_id for post in found.found] == asked[:1]
    assert list(found.missing) == []


def test_a_query_that_is_no_json_is_refused(tiktok):
    with pytest.raises(Refused, match="no JSON"):
        list(tiktok.build().fetch(Query("k", "sghira"), {}, tiktok.window))


def test_check_costs_none_of_the_days_requests(tiktok):
    assert "accepts the key" in tiktok.build().check()
    assert tiktok.asked == ["oauth/token/"]
