"""What is asked of Bluesky, page after page, and what is then called covered."""

from datetime import timedelta

import pytest

from collectors.base import Unreachable


def ids(page):
    return [int(post.platform_id.rpartition("/")[2]) for post in page.posts]


def test_a_search_page_by_page(bluesky, say):
    bluesky.say(say(bluesky.page([1, 2], "2")), say(bluesky.page([3])))
    first, last = bluesky.build().fetch(bluesky.query, {}, bluesky.window)
    assert (ids(first), ids(last)) == ([1, 2], [3])
    assert first.covered is None
    assert last.covered.start == bluesky.window.start
    assert last.covered.end == bluesky.now - timedelta(minutes=15)
    asked = [one.params for one in bluesky.asked]
    assert asked[0]["q"] == "#Sghira"
    assert (asked[0]["since"], asked[0]["until"]) == (
        "2026-11-17T12:00:00.000Z", "2026-11-20T12:00:00.000Z",
    )  # fmt: skip
    assert asked[1]["cursor"] == "2"
    assert bluesky.asked[0].headers["authorization"].startswith("Bearer jwt-")


def test_a_killed_pass_goes_on_where_it_was(bluesky, say):
    bluesky.say(say(bluesky.page([1, 2], "2")), say(bluesky.page([3])))
    first = next(bluesky.build().fetch(bluesky.query, {}, bluesky.window))
    (rest,) = bluesky.build().fetch(bluesky.query, first.cursor, bluesky.window)
    assert bluesky.asked[1].params["cursor"] == "2"
    assert rest.covered.start == bluesky.window.start


def test_what_may_come_late_is_read_again(bluesky, say):
    bluesky.say(say(bluesky.page([1])))
    (page,) = bluesky.build().fetch(bluesky.query, {}, bluesky.window)
    later = bluesky.now + timedelta(hours=1)
    window = type(bluesky.window)(bluesky.window.start, later)
    (again,) = bluesky.build(clock=lambda: later).fetch(bluesky.query, page.cursor, window)
    assert bluesky.asked[1].params["since"] == "2026-11-20T11:45:00.000Z"
    assert again.covered.end == later - timedelta(minutes=15)


def test_a_forgotten_token_starts_the_stretch_again_once(bluesky, say):
    forgotten = say({"error": "InvalidRequest", "message": "invalid cursor"}, 400)
    bluesky.say(
        say(bluesky.page([1], "1")), forgotten, say(bluesky.page([1], "1")), say(bluesky.page([2]))
    )
    pages = list(bluesky.build().fetch(bluesky.query, {}, bluesky.window))
    assert [ids(page) for page in pages] == [[1], [1], [2]]
    assert pages[-1].covered is not None


def test_pages_that_repeat_end_and_are_told(bluesky, say):
    bluesky.say(say(bluesky.page([1, 2], "2")))
    pages = bluesky.build().fetch(bluesky.query, {}, bluesky.window)
    seen = [next(pages), next(pages)]
    with pytest.raises(Unreachable, match="without end"):
        next(pages)
    assert [page.covered for page in seen] == [None, None]
    assert len(bluesky.asked) == 2
    bluesky.say(say(bluesky.page([1, 2])))
    (page,) = bluesky.build().fetch(bluesky.query, seen[-1].cursor, bluesky.window)
    assert page.covered is not None


def test_pages_without_news_end(bluesky, say):
    bluesky.say(*(say(bluesky.page([1, 2], str(n))) for n in range(100)))
    with pytest.raises(Unreachable, match="without end"):
        list(bluesky.build().fetch(bluesky.query, {}, bluesky.window))
    assert len(bluesky.asked) == 6


def test_a_list_that_was_cut_is_gone_on_with_below(bluesky, say):
    hundreds = [range(n * 100, n * 100 + 100) for n in range(90)]
    answers = [say(bluesky.page(some, str(n))) for n, some in enumerate(hundreds[:-1], 1)]
    bluesky.say(*answers, say(bluesky.page(hundreds[-1])), say(bluesky.page([8999, 9001])))
    window = type(bluesky.window)(bluesky.now - timedelta(days=30), bluesky.now)
    pages = list(bluesky.build().fetch(bluesky.query, {}, window))
    assert pages[-2].covered is None
    assert ids(pages[-1]) == [8999, 9001]
    assert pages[-1].covered.start == window.start
    oldest = bluesky.now - timedelta(minutes=8999)
    assert bluesky.asked[-1].params["until"] == f"{oldest + timedelta(seconds=1):%FT%T}.000Z"
    assert "cursor" not in bluesky.asked[-1].params


def test_lookup_tells_what_is_gone(bluesky, say):
    bluesky.say(say({"posts": [bluesky.post(1)]}))
    asked = [f"at://did:plc:a/app.bsky.feed.post/{n}" for n in (1, 2)]
    found = bluesky.build().lookup([*asked, "no address", asked[0]])
    assert [post.platform_id for post in found.found] == asked[:1]
    assert list(found.missing) == asked[1:]
    assert found.calls == 2


def test_posts_outside_the_window_are_left_out(bluesky, say):
    bluesky.say(say(bluesky.page([1, 60 * 24 * 4])))
    (page,) = bluesky.build().fetch(bluesky.query, {}, bluesky.window)
    assert ids(page) == [1]
