"""Polls over a real socket: what is asked, kept, covered and resumed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from collectors.base import Refused, Unreachable, Window
from collectors.news.passes import MOST_TRIES
from tests.collectors.news.conftest import TYPE


def ids(pages):
    return [post.platform_id.partition("?p=")[2] for page in pages for post in page.posts]


def hours(count):
    return timedelta(hours=count)


def poll(press, query, cursor=None, at=0.0, **options):
    now = press.now + hours(at)
    window = replace(press.window, end=now)
    return list(press.build(clock=lambda: now, **options).fetch(query, cursor or {}, window))


def test_a_first_poll_covers_what_the_feed_reaches_back_to(press, platform, say):
    platform.say(say(press.page(1, 5, 20, 30), headers=TYPE))
    (page,) = poll(press, press.articles)
    assert ids([page]) == ["1", "5", "20", "30"]
    assert page.covered == Window(press.now - hours(20), press.now)
    (asked,) = platform.asked
    assert asked.path == "/feed/"
    assert asked.headers["user-agent"].startswith("sada-tests/1")
    assert "if-none-match" not in asked.headers


def test_only_what_matches_is_kept_and_nothing_before_the_window(press, platform, say):
    feed = press.feed([press.item(1, "le foot"), press.item(2), press.item(80), press.item(90)])
    platform.say(say(feed, headers=TYPE))
    (page,) = poll(press, press.articles)
    assert ids([page]) == ["2"]
    assert page.covered == press.window


def test_what_did_not_change_is_not_sent_again(press, platform, say):
    tags = {"etag": 'W/"a1"', "last-modified": "Fri, 20 Nov 2026 11:00:00 GMT"}
    platform.say(say(press.page(1, 80, 90), headers=TYPE | tags), say(status=304))
    (first,) = poll(press, press.articles)
    (second,) = poll(press, press.articles, first.cursor, at=1)
    asked = platform.asked[1].headers
    assert asked["if-none-match"] == 'W/"a1"'
    assert asked["if-modified-since"] == tags["last-modified"]
    assert second.posts == ()
    assert second.covered == Window(press.now, press.now + hours(1))
    poll(press, press.articles, second.cursor, at=2)
    assert platform.asked[2].headers["if-none-match"] == 'W/"a1"'


def test_polls_that_touch_leave_no_hole(press, platform, say):
    platform.say(say(press.page(1, 80, 90)))
    (first,) = poll(press, press.articles)
    platform.say(say(press.page(-1, 1, 80)))
    (second,) = poll(press, press.articles, first.cursor, at=2)
    assert second.covered == Window(press.now, press.now + hours(2))
    assert "-1" in ids([second])


def test_what_scrolled_out_of_the_feed_stays_a_gap(press, platform, say):
    platform.say(say(press.page(1, 80, 90)))
    (first,) = poll(press, press.articles)
    platform.say(say(press.page(-9, -8, -7)))
    (second,) = poll(press, press.articles, first.cursor, at=10)
    assert second.covered == Window(press.now + hours(8), press.now + hours(10))


def test_a_pinned_article_does_not_hide_a_gap(press, platform, say):
    platform.say(say(press.page(1, 80, 90)))
    (first,) = poll(press, press.articles)
    platform.say(say(press.page(90, -9, -8, -7)))
    (second,) = poll(press, press.articles, first.cursor, at=10)
    assert second.covered.start == press.now + hours(7)


def test_an_article_that_appears_late_under_its_own_time_is_kept(press, platform, say):
    platform.say(say(press.page(1, 80, 90)))
    (first,) = poll(press, press.articles)
    platform.say(say(press.page(-1, 1, 3, 80)))
    (second,) = poll(press, press.articles, first.cursor, at=2)
    assert "3" in ids([second])


def test_an_empty_feed_is_quiet_first_and_doubted_later(press, platform, say):
    platform.say(say(press.feed([])))
    (quiet,) = poll(press, press.articles)
    assert quiet.covered == press.window
    platform.say(say(press.page(1, 80)), say(press.feed([])))
    (first,) = poll(press, press.articles)
    (doubted,) = poll(press, press.articles, first.cursor, at=1)
    assert doubted.covered is None
    assert "none now" in doubted.warnings[0]
    assert doubted.cursor == first.cursor


def test_a_clock_set_back_asks_nothing(press, platform, say):
    platform.say(say(press.page(1, 80)))
    (first,) = poll(press, press.articles)
    assert poll(press, press.articles, first.cursor, at=-1) == []
    assert len(platform.asked) == 1


def wordpress(press, say, pages):
    """Pages of a WordPress feed by number; others are not found."""

    def answer(asked):
        page = pages.get(int(asked.params.get("paged", "1")))
        return say(status=404) if page is None else say(press.page(*page), headers=TYPE)

    return answer


def test_older_pages_are_read_until_the_goal(press, platform, say):
    pages = {1: (1, 2, 3), 2: (30, 40, 50), 3: (80, 90), 4: (100, 110)}
    platform.answer = wordpress(press, say, pages)
    found = poll(press, press.paged)
    assert ids(found) == ["1", "2", "3", "30", "40", "50"]
    assert [asked.params.get("paged") for asked in platform.asked] == [None, "2", "3"]
    assert [page.covered for page in found] == [None, None, press.window]
    assert found[0].cursor == {}
    platform.asked.clear()
    poll(press, press.paged, found[-1].cursor, at=1)
    assert len(platform.asked) == 1


def test_the_end_of_the_archive_is_all_there_is(press, platform, say):
    platform.answer = wordpress(press, say, {1: (1, 2, 3), 2: (30, 40)})
    *_, last = poll(press, press.paged)
    assert last.covered == press.window


@pytest.mark.parametrize(("status", "error"), [(403, Refused), (503, Unreachable)])
def test_an_older_page_that_fails_is_not_the_end(press, platform, say, status, error):
    platform.answer = lambda asked: (
        say(status=status) if "paged" in asked.params else say(press.page(1, 2, 3))
    )
    with pytest.raises(error):
        poll(press, press.paged)


@pytest.mark.parametrize("pages", [{1: (1, 2, 3)}, {1: (1, 2, 3), 2: (30, 40, 50)}])
def test_nothing_behind_a_full_page_is_not_the_end(press, platform, say, pages):
    platform.answer = wordpress(press, say, pages)
    *_, last = poll(press, press.paged)
    oldest = sorted(age for page in pages.values() for age in page)[-2]
    assert last.covered == Window(press.now - hours(oldest), press.now)
    assert "stop before their end" in last.warnings[0]


@pytest.mark.parametrize("shown", [(1, 2, 3), (30, 40)])
def test_a_site_that_repeats_a_page_ends_and_what_lies_behind_is_not_covered(
    press, platform, say, shown
):
    platform.answer = wordpress(press, say, {1: (1, 2, 3)} | dict.fromkeys(range(2, 9), shown))
    *_, last = poll(press, press.paged)
    assert len(platform.asked) == (2 if shown == (1, 2, 3) else 3)
    assert last.covered.start > press.window.start
    assert "stop before their end" in last.warnings[0]
    assert last.cursor["covered_to"] == press.now.isoformat()


@pytest.mark.parametrize("broken", [{1: (1, 2, 3)}, dict.fromkeys(range(1, 9), (1, 2, 3))])
def test_what_lay_behind_a_broken_page_is_read_by_the_next_poll(press, platform, say, broken):
    tags = {"etag": '"a1"'}
    platform.answer = lambda asked: replace(
        wordpress(press, say, broken)(asked), headers=TYPE | tags
    )
    *_, first = poll(press, press.paged)
    assert press.build().owes(first.cursor) == press.window.start
    platform.asked.clear()
    platform.answer = wordpress(press, say, {1: (1, 2, 3), 2: (30, 40, 50), 3: (80, 90)})
    found = poll(press, press.paged, first.cursor, at=1)
    assert {"30", "40", "50"} <= set(ids(found))
    assert found[-1].covered == Window(press.window.start, press.now + hours(1))
    assert "if-none-match" not in platform.asked[0].headers, "its first page is needed to go on"
    assert press.build().owes(found[-1].cursor) is None
    poll(press, press.paged, found[-1].cursor, at=2)
    assert platform.asked[-1].params.get("paged") is None, "nothing is owed any more"


def test_comments_below_articles_that_came_late_are_read_again(press, platform, say):
    tags = {"etag": '"a1"'}
    old = wordpress(press, say, {1: (1, 2, 3)})
    platform.answer = lambda asked: replace(old(asked), headers=TYPE | tags)
    first = poll(press, press.paged)[-1].cursor
    comments = poll(press, press.comments)[-1].cursor
    platform.answer = wordpress(press, say, {1: (1, 2, 3), 2: (30, 40, 50), 3: (80, 90)})
    now = press.now + hours(1)
    collector = press.build(clock=lambda: now)
    window = replace(press.window, end=now)
    for query, cursor in ((press.paged, first), (press.comments, comments)):
        platform.asked.clear()
        list(collector.fetch(query, cursor, window))
    assert "if-none-match" not in platform.asked[0].headers
    poll(press, press.comments, comments, at=1)
    assert platform.asked[-1].headers["if-none-match"] == '"a1"', "else only what changed"


def test_a_site_that_never_pages_is_asked_so_often_and_no_more(press, platform, say):
    platform.answer = wordpress(press, say, {1: (1, 2, 3)})
    cursor, asked = {}, []
    for number in range(MOST_TRIES + 2):
        platform.asked.clear()
        *_, last = poll(press, press.paged, cursor, at=number / 100)
        cursor = last.cursor
        asked.append(len(platform.asked))
    assert asked == [2] * (MOST_TRIES + 1) + [1]


def test_pages_without_end_are_cut(press, platform, say):
    platform.answer = lambda asked: say(
        press.page(*(float(asked.params.get("paged", 1)) + n / 100 for n in range(3)))
    )
    *_, last = poll(press, press.paged)
    assert len(platform.asked) == 30
    assert last.covered.start > press.window.start


def test_a_kill_between_pages_starts_the_walk_again(press, platform, say):
    platform.answer = wordpress(press, say, {1: (1, 2), 2: (30, 40), 3: (80, 90)})
    collector = press.build()
    first = next(collector.fetch(press.paged, {}, press.window))
    *_, last = collector.fetch(press.paged, first.cursor, press.window)
    assert last.covered == press.window


def test_comments_that_match_and_those_below_articles_that_were_found(press, platform, say):
    feed = press.feed(
        [
            press.comment(1, 2, "<p>Bravo à vous</p>"),
            press.comment(2, 3, "<p>mamhkoumch !</p>"),
            press.comment(3, 4, "<p>Le foot</p>"),
        ]
    )
    platform.say(say(feed, headers=TYPE))
    below, matched = poll(press, press.comments, roots=lambda: {"https://press.example/?p=2"})
    assert [post.text for post in below.posts] == ["Bravo à vous"]
    assert [post.text for post in matched.posts] == ["mamhkoumch !"]
    assert (below.threaded, matched.threaded) == (True, False)
    assert (below.cursor, below.calls, matched.calls) == ({}, 0, 1)


def test_nothing_is_said_of_posts_that_were_stored(press, platform):
    looked = press.build().lookup(["https://press.example/?p=2"])
    assert (looked.found, looked.missing, looked.calls) == ((), (), 0)
    assert platform.asked == []
