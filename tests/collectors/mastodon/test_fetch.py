"""Timelines over real Mastodon.py and a real socket: what is asked, covered, resumed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from collectors.base import Query, Refused, Unreachable, Window
from collectors.mastodon import Instance

HOUR = timedelta(hours=1)
DAY = 1440


def ages(pages):
    return [int(post.text.split()[1]) for page in pages for post in page.posts]


def test_a_first_pass_reads_back_to_the_start(social, say):
    social.say(say(social.page([1, 60])), say(social.page([DAY, 3 * DAY, 3 * DAY + 1])))
    pages = list(social.build().fetch(social.query, {}, social.window))
    assert ages(pages) == [1, 60, DAY]
    first, second = social.asked
    assert first.path == "/api/v1/timelines/tag/mamhkoumch"
    assert first.params["limit"] == "40"
    assert "max_id" not in first.params
    assert first.headers["authorization"] == "Bearer a-secret-token"
    assert second.params["max_id"] == social.status(60)["id"]
    assert [page.covered for page in pages] == [
        None,
        Window(social.window.start, social.now - HOUR),
    ]


def test_a_later_pass_reads_again_what_may_have_come_late(social, say):
    social.say(say(social.page([1, 3 * DAY, 3 * DAY])))
    (first,) = social.build().fetch(social.query, {}, social.window)
    social.say(say(social.page([-20, 30, 90, 95])))
    later = social.now + timedelta(minutes=30)
    collector = social.build(clock=lambda: later)
    (page,) = collector.fetch(social.query, first.cursor, replace(social.window, end=later))
    assert ages([page]) == [-20, 30, 90, 95]
    assert page.covered == Window(social.now - HOUR, later - HOUR)


def test_the_end_of_a_timeline_is_all_there_is(social, say):
    social.say(say(social.page([1, 60])), say([]))
    *_, last = social.build().fetch(social.query, {}, social.window)
    assert last.covered == Window(social.window.start, social.now - HOUR)
    assert len(social.asked) == 2


def test_a_kill_is_resumed_where_it_stopped(social, say):
    social.say(say(social.page([1, 60])))
    first = next(social.build().fetch(social.query, {}, social.window))
    social.say(say(social.page([3 * DAY, 3 * DAY])))
    (rest,) = social.build().fetch(social.query, first.cursor, social.window)
    assert social.asked[-1].params["max_id"] == social.status(60)["id"]
    assert rest.covered.start == social.window.start


def test_the_same_page_for_ever_ends_with_an_error(social, say):
    social.say(say(social.page([1, 60])))
    with pytest.raises(Unreachable, match="without end"):
        list(social.build().fetch(social.query, {}, social.window))
    assert len(social.asked) < 10


def test_a_server_that_failed_is_not_asked_again_in_the_same_pass(social, say):
    social.say(say(status=503))
    collector = social.build()
    for _ in range(2):
        with pytest.raises(Unreachable) as caught:
            list(collector.fetch(social.query, {}, social.window))
        assert caught.value.one_query
    assert len(social.asked) == 3


def test_a_server_that_is_not_listed_is_refused(social):
    with pytest.raises(Refused, match="not among"):
        list(social.build().fetch(Query("q", "http://127.0.0.1:9/tags/a"), {}, social.window))


def test_lookup_tells_found_gone_and_unknown_apart(social, platform, say):
    statuses = {"/api/v1/statuses/1": 200, "/api/v1/statuses/2": 404, "/api/v1/statuses/3": 401}

    def answer(asked):
        status = statuses.get(asked.path, 404)
        uri = f"https://{social.host}/users/amina/statuses/1"
        return say(social.status(5, uri=uri) if status == 200 else {"error": "x"}, status)

    platform.answer = answer
    named = [f"{social.host}/{n}" for n in (1, 2, 3)]
    looked = social.build().lookup([*named, f"{social.host}/no-number", "plain"])
    assert [post.platform_id for post in looked.found] == named[:1]
    assert looked.missing == (named[1],)
    assert looked.calls == 4  # with the question of what the server calls itself


def test_lookup_never_goes_into_the_own_network(social, platform):
    looked = social.build().lookup(["10.0.0.1/5", "169.254.169.254/5", "localhost/7"])
    assert (looked.found, looked.missing) == ((), ())
    assert not any("/statuses/" in asked.path for asked in platform.asked)


def test_a_status_that_answers_under_another_name_is_not_believed(social, platform, say):
    platform.answer = lambda asked: say(social.status(5))
    assert social.build().lookup([f"{social.host}/1"]).found == ()


def test_check_says_what_each_server_shows(social, say):
    social.say(say(social.page([1, 2])))
    assert social.build().check() == f"{social.host} shows 2 of #maroc."
    dead = Instance("http://127.0.0.1:9")
    with pytest.raises(Refused, match=r"127\.0\.0\.1:9: no usable answer") as caught:
        social.build(dead).check()
    assert "shows 2" in str(caught.value)
