"""Passes over real tweepy and a real socket: what is asked, what is covered, what is resumed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from collectors.base import Refused, Unreachable, Window


def ids(pages):
    return [post.platform_id for page in pages for post in page.posts]


def test_first_pass_reads_the_window_newest_to_oldest(x, platform, say):
    platform.say(say(x.page([5, 4], "t2")), say(x.page([3])))
    pages = list(x.build().fetch(x.query, {}, x.window))
    assert ids(pages) == ["5", "4", "3"]
    first, second = platform.asked
    assert first.path == "/2/tweets/search/recent"
    assert first.headers["authorization"] == "Bearer secret-token"
    assert first.params["query"] == x.query.text
    assert first.params["max_results"] == "100"
    assert first.params["start_time"] == "2026-11-17T12:00:30Z"
    assert first.params["end_time"] == "2026-11-20T12:00:00Z"
    assert "note_tweet" in first.params["tweet.fields"]
    assert second.params["next_token"] == "t2"
    assert second.params["end_time"] == first.params["end_time"]
    assert pages[0].covered is None
    assert pages[1].covered == Window(x.window.start, x.now - timedelta(seconds=30))


def test_later_pass_asks_since_the_newest_post(x, platform, say):
    platform.say(say(x.page([5, 4], "t2")), say(x.page([3])))
    *_, last = x.build().fetch(x.query, {}, x.window)
    platform.asked.clear()
    platform.say(say(x.page([7])))
    later = x.build(clock=lambda: x.now + timedelta(hours=1))
    window = replace(x.window, end=x.now + timedelta(hours=1))
    (page,) = later.fetch(x.query, last.cursor, window)
    assert platform.asked[0].params["since_id"] == "5"
    assert "start_time" not in platform.asked[0].params
    assert page.covered == Window(last.covered.end, last.covered.end + timedelta(hours=1))


def test_a_pass_that_finds_nothing_is_covered_and_cheap(x, platform, say):
    platform.say(say(x.page([])))
    (page,) = x.build().fetch(x.query, {}, x.window)
    assert page.posts == ()
    assert page.covered is not None
    assert (page.billed, page.dollars) == (0, 0.0)
    assert list(x.build().fetch(x.query, page.cursor, x.window)) == []
    assert len(platform.asked) == 1


def test_a_kill_in_mid_pass_is_resumed_where_it_stopped(x, platform, say):
    platform.say(say(x.page([5, 4], "t2")))
    first = next(x.build().fetch(x.query, {}, x.window))
    platform.asked.clear()
    platform.say(say(x.page([3])), say(x.page([8])))
    later = x.now + timedelta(minutes=30)
    pages = list(
        x.build(clock=lambda: later).fetch(x.query, first.cursor, replace(x.window, end=later))
    )
    assert ids(pages) == ["3", "8"]
    assert platform.asked[0].params["next_token"] == "t2"
    assert platform.asked[1].params["since_id"] == "5"
    assert pages[0].covered == Window(x.window.start, x.now - timedelta(seconds=30))
    assert pages[1].covered.start == pages[0].covered.end


def test_a_forgotten_page_token_restarts_the_pass(x, platform, say):
    platform.say(say(x.page([5, 4], "t2")))
    first = next(x.build().fetch(x.query, {}, x.window))
    invalid = say({"title": "Invalid Request", "detail": "next_token is not valid"}, 400)
    platform.say(invalid, say(x.page([5, 4], "t9")), say(x.page([3])))
    pages = list(x.build().fetch(x.query, first.cursor, x.window))
    assert ids(pages) == ["5", "4", "3"]
    assert "next_token" not in platform.asked[2].params
    assert pages[-1].covered.start == x.window.start


def test_a_question_that_is_never_accepted_is_refused_after_one_restart(x, platform, say):
    platform.say(say({"title": "Invalid Request"}, 400))
    cursor = {
        "start": x.window.start.isoformat(),
        "end": x.window.end.isoformat(),
        "next_token": "t",
    }
    with pytest.raises(Refused, match="not accepted"):
        list(x.build().fetch(x.query, cursor, x.window))
    assert len(platform.asked) == 2


def test_recent_search_leaves_what_is_older_than_a_week_a_gap(x, platform, say):
    platform.say(say(x.page([5])))
    (page,) = x.build().fetch(x.query, {}, replace(x.window, start=x.now - timedelta(days=28)))
    assert timedelta(days=6, hours=23) < x.now - page.covered.start < timedelta(days=7)


def test_the_newest_week_comes_first_then_the_archive_reaches_back(x, platform, say, slept):
    platform.say(say(x.page([5])), say(x.page([4], "t2")), say(x.page([3])))
    window = replace(x.window, start=x.now - timedelta(days=28))
    newest, _, oldest = x.build(archive=True).fetch(x.query, {}, window)
    assert [asked.path.rsplit("/")[-1] for asked in platform.asked] == ["recent", "all", "all"]
    assert oldest.covered == Window(window.start, newest.covered.start)
    assert oldest.cursor["since_id"] == "5"
    assert len(slept) == 1
    assert 0 < slept[0] <= 1.0


def test_the_archive_fills_what_was_a_gap_before_it_was_allowed(x, platform, say):
    window = replace(x.window, start=x.now - timedelta(days=28))
    platform.say(say(x.page([5])))
    (recent,) = x.build().fetch(x.query, {}, window)
    platform.asked.clear()
    platform.say(say(x.page([2])))
    (older,) = x.build(archive=True).fetch(x.query, recent.cursor, window)
    assert platform.asked[0].path == "/2/tweets/search/all"
    assert older.covered == Window(window.start, recent.covered.start)
    assert list(x.build(archive=True).fetch(x.query, older.cursor, window)) == []


def test_after_ten_days_away_no_stale_since_id_is_sent(x, platform, say):
    platform.say(say(x.page([5])))
    (page,) = x.build().fetch(x.query, {}, x.window)
    later = x.now + timedelta(days=10)
    (again,) = x.build(clock=lambda: later).fetch(
        x.query, page.cursor, replace(x.window, end=later)
    )
    assert "since_id" not in platform.asked[-1].params
    assert again.covered.start > page.covered.end


def test_an_old_interrupted_pass_does_not_block_the_new(x, platform, say):
    platform.say(say(x.page([5, 4], "t2")))
    first = next(x.build().fetch(x.query, {}, x.window))
    later = x.now + timedelta(days=20)
    platform.say(say({"title": "Invalid Request"}, 400), say(x.page([9])))
    pages = list(
        x.build(clock=lambda: later).fetch(x.query, first.cursor, replace(x.window, end=later))
    )
    assert ids(pages) == ["9"]
    assert pages[0].covered is None
    assert pages[-1].covered is not None


def test_an_endless_cursor_ends_with_an_error(x, platform, say):
    platform.say(say(x.page([5, 4], "same")))
    with pytest.raises(Unreachable, match="without end"):
        list(x.build().fetch(x.query, {}, x.window))
    assert len(platform.asked) == 2


def test_ever_new_tokens_that_lead_nowhere_end_with_an_error(x, platform, say):
    platform.answer = lambda asked: say(x.page([5, 4], f"t{len(platform.asked)}"))
    with pytest.raises(Unreachable, match="without end"):
        list(x.build().fetch(x.query, {}, x.window))
    assert len(platform.asked) < 40


def test_overlapping_and_reordered_pages_lose_nothing(x, platform, say):
    platform.say(say(x.page([4, 6, 5], "t2")), say(x.page([5, 2, 3])))
    pages = list(x.build().fetch(x.query, {}, x.window))
    assert set(ids(pages)) == {"2", "3", "4", "5", "6"}
    assert pages[-1].cursor["since_id"] == "6"


def test_an_edit_in_the_page_wins_over_its_first_version(x, platform, say):
    old = x.post(5, edit_history_tweet_ids=["5", "8"])
    new = x.post(8, edit_history_tweet_ids=["5", "8"], text="edited")
    platform.say(say({"data": [new, old], "meta": {"newest_id": "8"}}))
    (page,) = x.build().fetch(x.query, {}, x.window)
    (post,) = page.posts
    assert (post.platform_id, post.text, post.edited) == ("5", "edited", True)


def test_posts_and_authors_are_charged_once_a_day(x, platform, say):
    users = {"includes": {"users": [{"id": "9", "username": "amal"}]}}
    platform.say(say(x.page([5, 4], "t2", **users)), say(x.page([4, 3], **users)))
    first, second = x.build().fetch(x.query, {}, x.window)
    assert (first.billed, round(first.dollars, 3)) == (2, 0.02)
    assert (second.billed, round(second.dollars, 3)) == (1, 0.005)


def test_a_query_too_long_is_refused_before_it_is_sent(x, platform):
    query = replace(x.query, text="a" * 600)
    with pytest.raises(Refused, match="longer than 512"):
        list(x.build().fetch(query, {}, x.window))
    assert platform.asked == []


def test_a_long_query_goes_to_the_archive_which_takes_it(x, platform, say):
    platform.say(say(x.page([])))
    list(x.build(archive=True).fetch(replace(x.query, text="a" * 600), {}, x.window))
    assert platform.asked[0].path == "/2/tweets/search/all"


def test_the_clock_set_back_asks_nothing(x, platform, say):
    platform.say(say(x.page([5])))
    (page,) = x.build().fetch(x.query, {}, x.window)
    back = x.build(clock=lambda: x.now - timedelta(hours=2))
    assert list(back.fetch(x.query, page.cursor, x.window)) == []


def test_a_pass_that_waited_until_its_start_is_out_of_reach_goes_on(x, platform, say):
    week = Window(x.now - timedelta(days=7) + timedelta(minutes=6), x.now)
    platform.say(say(x.page([5, 4], "t2")))
    pages = x.build().fetch(x.query, {}, week)
    cursor = [next(pages).cursor, next(pages).cursor][-1]
    too_old = say({"title": "Invalid Request", "detail": "start_time is too old"}, 400)
    platform.say(too_old, say(x.page([5, 4])))
    later = x.now + timedelta(hours=2)
    (page, *_) = x.build(clock=lambda: later).fetch(x.query, cursor, replace(week, end=x.now))
    assert ids([page]) == ["5", "4"]
    assert page.covered.start > week.start
