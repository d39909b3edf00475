"""What each fault of X becomes, and that attempts are bounded."""

import logging

import pytest

from collectors.base import Exhausted, RateLimited, Refused, Unreachable

CAPPED = {"title": "UsageCapExceeded", "type": "https://api.x.com/2/problems/usage-capped"}


def fail(x, **options):
    list(x.build(**options).fetch(x.query, {}, x.window))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"title": "Unauthorized"}, Refused),
        (403, {"title": "Forbidden", "detail": "client-not-enrolled"}, Refused),
        (402, {"title": "CreditsDepleted"}, Exhausted),
        (429, CAPPED, Exhausted),
        (429, {"title": "Too Many Requests"}, RateLimited),
        (404, {}, Refused),
        (401, b"<html>no json</html>", Refused),
        (403, b"[]", Refused),
        (402, {"errors": None}, Exhausted),
    ],
)
def test_final_answers_are_not_repeated(x, platform, say, slept, status, body, error):
    platform.say(say(body, status))
    with pytest.raises(error):
        fail(x)
    assert len(platform.asked) == 1
    assert slept == []


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"status": 500, "body": b"[]"},
        {"status": 502, "body": {"errors": None}},
        {"fault": "reset"},
        {"fault": "silence"},
        {"fault": "cut", "body": {"meta": {"result_count": 0}, "data": [{"id": "1"}] * 50}},
        {"body": b'{"data": [{"id": "1"'},
        {"body": b"[1, 2]"},
        {"body": b"[" * 100_000},
        {"body": {"errors": [{"title": "Service Unavailable"}]}},
        {"status": 304},
    ],
    ids=lambda answer: str(answer)[:30],
)
def test_passing_faults_are_tried_again_with_growing_pauses(x, platform, say, slept, answer):
    platform.say(say(**answer))
    with pytest.raises(Unreachable):
        fail(x)
    assert len(platform.asked) == 3
    assert 0.5 <= slept[0] <= 1.0 <= slept[1] <= 2.0


def test_a_fault_that_passes_is_not_noticed(x, platform, say, slept):
    platform.say(say(status=503), say(fault="reset"), say(x.page([5])))
    (page,) = x.build().fetch(x.query, {}, x.window)
    assert [post.platform_id for post in page.posts] == ["5"]
    assert page.calls == 3


def test_pages_before_a_fault_stay_valid_and_are_resumed(x, platform, say):
    platform.say(say(x.page([5, 4], "t2")), say(status=503))
    pages = x.build().fetch(x.query, {}, x.window)
    first = next(pages)
    with pytest.raises(Unreachable):
        next(pages)
    platform.say(say(x.page([3])))
    (rest,) = x.build().fetch(x.query, first.cursor, x.window)
    assert platform.asked[-1].params["next_token"] == "t2"
    assert rest.covered.start == x.window.start


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, 60.0),
        ({"x-rate-limit-reset": "{now+300}"}, 301.0),
        ({"x-rate-limit-reset": "{now+99999}"}, 960.0),
        ({"x-rate-limit-reset": "{now-50}"}, 5.0),
        ({"x-rate-limit-reset": "soon"}, 60.0),
        ({"x-rate-limit-reset": "nan"}, 60.0),
    ],
)
def test_how_long_to_wait_after_a_rate_limit(x, platform, say, headers, wait):
    now = int(x.now.timestamp())
    given = {
        name: str(now + int(value[4:-1])) if value.startswith("{now") else value
        for name, value in headers.items()
    }
    platform.say(say({"title": "Too Many Requests"}, 429, given))
    with pytest.raises(RateLimited) as caught:
        fail(x)
    assert caught.value.retry_after == wait
    assert len(platform.asked) == 1


def test_partial_errors_are_warnings(x, platform, say):
    errors = [{"title": "Not Found Error", "value": "77"}, {"title": "Not Found Error"}]
    platform.say(say(x.page([5], errors=errors)))
    (page,) = x.build().fetch(x.query, {}, x.window)
    assert page.warnings == ("X answered with 'Not Found Error' (2×)",)
    assert len(page.posts) == 1


def test_the_token_is_never_logged_or_told(x, platform, say, caplog):
    caplog.set_level(logging.DEBUG)
    platform.say(say(x.page([5], "t2")), say({"title": "Unauthorized"}, 401))
    with pytest.raises(Refused) as caught:
        fail(x)
    assert "secret-token" not in caplog.text
    assert "secret-token" not in str(caught.value)


def test_check_costs_one_counts_request(x, platform, say):
    platform.say(say({"data": [], "meta": {"total_tweet_count": 12}}))
    assert "12 posts" in x.build().check()
    assert [asked.path for asked in platform.asked] == ["/2/tweets/counts/recent"]


def test_check_says_what_a_person_must_do(x, platform, say):
    platform.say(say({"title": "Unauthorized"}, 401))
    with pytest.raises(Refused, match="SADA_X__BEARER_TOKEN"):
        x.build().check()
