"""What each fault of Reddit becomes, through real praw, and that attempts are bounded."""

import logging

import pytest

from collectors.base import Exhausted, RateLimited, Refused, Unreachable

TOKEN = {"access_token": "token-1", "token_type": "bearer", "expires_in": 86400, "scope": "*"}


def fail(reddit):
    list(reddit.build().fetch(reddit.new, {}, reddit.window))


@pytest.mark.parametrize(
    ("status", "headers"),
    [(403, {}), (404, {}), (302, {"location": "/subreddits/search"}), (400, {}), (451, {})],
)
def test_final_answers_are_not_repeated(reddit, say, slept, status, headers):
    reddit.say(say({"message": "no"}, status, headers))
    with pytest.raises(Refused):
        fail(reddit)
    assert len(reddit.asked) <= 4
    assert slept == []


def test_a_demand_for_payment_ends_as_exhausted_and_is_not_repeated(reddit, say, slept):
    reddit.say(say({"message": "Payment Required", "error": 402}, 402))
    with pytest.raises(Exhausted) as caught:
        fail(reddit)
    assert caught.value.state == "budget"
    assert len(reddit.asked) == 1
    assert slept == []


def test_payment_asked_for_instead_of_a_token_is_no_wrong_key(reddit, platform, say):
    platform.say(say({"message": "Payment Required", "error": 402}, 402))
    with pytest.raises(Exhausted):
        fail(reddit)
    assert len(platform.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"status": 500},
        {"fault": "reset"},
        {"fault": "silence"},
        {"fault": "cut", "body": {"kind": "Listing", "data": {"children": [1] * 100}}},
        {"body": b'{"kind": "Listing"'},
        {"body": b"[" * 100_000},
        {"body": {"kind": "t5", "data": {}}},
        {"body": [1]},
    ],
    ids=lambda answer: str(answer)[:30],
)
def test_passing_faults_are_tried_again_with_growing_pauses(reddit, say, slept, answer):
    reddit.say(say(**answer))
    with pytest.raises(Unreachable):
        fail(reddit)
    assert len(reddit.asked) == 3
    assert len(slept) == 2


def test_a_fault_that_passes_is_not_noticed(reddit, say):
    reddit.say(say(status=503), say(reddit.page([1])))
    (page,) = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert (len(page.posts), page.calls) == (1, 2)


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_wrong_key_is_refused_at_once(reddit, platform, say, status):
    platform.say(say({"message": "Unauthorized", "error": status}, status))
    with pytest.raises(Refused, match="SADA_REDDIT__CLIENT_ID"):
        fail(reddit)
    assert len(platform.asked) == 1


@pytest.mark.parametrize(
    "body", [{"access_token": "t"}, {"error": "invalid_grant"}, b"no json", b"[]"]
)
def test_an_odd_token_answer_is_an_error_of_ours(reddit, platform, say, body):
    platform.say(say(body))
    with pytest.raises((Refused, Unreachable)):
        fail(reddit)
    assert len(platform.asked) <= 3


def test_an_expired_token_is_renewed_once(reddit, platform, say):
    reddit.say(say({}, 401), say(reddit.page([1])))
    (page,) = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert len(page.posts) == 1
    tokens = [each for each in platform.asked if "access_token" in each.path]
    assert len(tokens) == 2
    assert tokens[0].form == {"grant_type": "client_credentials"}


def test_a_401_without_www_authenticate_is_refused_not_a_key_error(reddit, say):
    reddit.say(say({}, 401))
    with pytest.raises(Refused, match="new token"):
        fail(reddit)
    assert len(reddit.asked) == 2


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, 60.0),
        ({"retry-after": "17"}, 17.0),
        ({"x-ratelimit-reset": "120"}, 120.0),
        ({"retry-after": "86400"}, 900.0),
        ({"retry-after": "later"}, 60.0),
    ],
)
def test_how_long_to_wait_after_a_rate_limit(reddit, say, headers, wait):
    reddit.say(say({}, 429, headers))
    with pytest.raises(RateLimited) as caught:
        fail(reddit)
    assert caught.value.retry_after == wait
    assert len(reddit.asked) == 1


def used_up(reset):
    return {"x-ratelimit-remaining": "0.0", "x-ratelimit-used": "100", "x-ratelimit-reset": reset}


def test_a_used_up_window_is_waited_for_when_short(reddit, say, slept):
    reddit.say(
        say(reddit.page([1], "t3_a1"), 200, used_up("20")),
        say(reddit.page([4000] * 3)),
    )
    assert len(list(reddit.build().fetch(reddit.new, {}, reddit.window))) == 2
    assert 19 < slept[0] <= 20


def test_a_long_wait_is_left_to_the_schedule(reddit, say, slept):
    reddit.say(say(reddit.page([1], "t3_a1"), 200, used_up("400")))
    pages = reddit.build().fetch(reddit.new, {}, reddit.window)
    assert len(next(pages).posts) == 1
    with pytest.raises(RateLimited) as caught:
        next(pages)
    assert 390 < caught.value.retry_after <= 400
    assert slept == []


def test_odd_rate_headers_do_no_harm(reddit, say):
    headers = {"x-ratelimit-remaining": "many", "x-ratelimit-reset": "1.5"}
    reddit.say(say(reddit.page([1]), 200, headers))
    fail(reddit)


def test_secrets_are_never_logged_or_told(reddit, platform, say, caplog):
    caplog.set_level(logging.DEBUG)
    reddit.say(say(reddit.page([1], "t3_a1")), say({}, 403))
    with pytest.raises(Refused) as caught:
        fail(reddit)
    for secret in ("secret-word", "token-1"):
        assert secret not in caplog.text
        assert secret not in str(caught.value)
