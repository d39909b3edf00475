"""What each fault of Bluesky becomes, and that attempts are bounded."""

import logging
from datetime import timedelta

import pytest

from collectors.base import Exhausted, RateLimited, Refused, Unreachable
from collectors.tokens import Token


def fail(bluesky):
    list(bluesky.build().fetch(bluesky.query, {}, bluesky.window))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, {"error": "Forbidden"}, Refused),
        (402, {}, Exhausted),
        (404, b"<html>", Refused),
        (400, {"error": "InvalidRequest", "message": "q is missing"}, Refused),
    ],
)
def test_final_answers_are_not_repeated(bluesky, say, slept, status, body, error):
    bluesky.say(say(body, status))
    with pytest.raises(error):
        fail(bluesky)
    assert (len(bluesky.asked), slept) == (1, [])


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"status": 502, "body": b"[]"},
        {"fault": "reset"},
        {"fault": "silence"},
        {"fault": "cut", "body": {"posts": [{"uri": "x"}] * 50}},
        {"body": b'{"posts": ['},
        {"body": [1]},
        {"body": {"error": "UpstreamFailure"}},
    ],
    ids=lambda answer: str(answer)[:30],
)
def test_passing_faults_are_tried_again_with_growing_pauses(bluesky, say, slept, answer):
    bluesky.say(say(**answer))
    with pytest.raises(Unreachable):
        fail(bluesky)
    assert len(bluesky.asked) == 3
    assert 0.5 <= slept[0] <= 1.0 <= slept[1] <= 2.0


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, 60.0),
        ({"ratelimit-reset": "{now+120}"}, 121.0),
        ({"ratelimit-reset": "{now+99999}"}, 900.0),
        ({"ratelimit-reset": "{now-5}"}, 5.0),
        ({"retry-after": "30", "ratelimit-reset": "{now+1}"}, 30.0),
        ({"ratelimit-reset": "soon"}, 60.0),
    ],
)
def test_how_long_to_wait_after_a_rate_limit(bluesky, say, headers, wait):
    now = int(bluesky.now.timestamp())
    given = {
        name: str(now + int(value[4:-1])) if value.startswith("{now") else value
        for name, value in headers.items()
    }
    bluesky.say(say({"error": "RateLimitExceeded"}, 429, given))
    with pytest.raises(RateLimited) as caught:
        fail(bluesky)
    assert (caught.value.retry_after, len(bluesky.asked)) == (wait, 1)


@pytest.mark.parametrize("answer", [(400, {"error": "ExpiredToken"}), (401, {})])
def test_an_expired_token_is_renewed_once(bluesky, say, answer):
    status, body = answer
    bluesky.say(say(body, status), say(bluesky.page([1])))
    (page,) = bluesky.build().fetch(bluesky.query, {}, bluesky.window)
    assert (len(page.posts), bluesky.log_ins, page.calls) == (1, 2, 4)


def test_a_new_token_that_is_refused_too_is_refused(bluesky, say):
    bluesky.say(say({}, 401))
    with pytest.raises(Refused, match="new token"):
        fail(bluesky)
    assert len(bluesky.asked) == 2


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_wrong_app_password_is_refused_at_once(bluesky, platform, say, status):
    platform.say(say({"error": "AuthenticationRequired"}, status))
    with pytest.raises(Refused, match="SADA_BLUESKY__APP_PASSWORD"):
        fail(bluesky)
    assert len(platform.asked) == 1


def test_a_token_outlives_its_collector(bluesky, say):
    bluesky.say(say(bluesky.page([1])))
    token = Token()
    for _ in range(3):
        list(bluesky.build(token=token).fetch(bluesky.query, {}, bluesky.window))
    later = bluesky.now + timedelta(hours=2)
    list(bluesky.build(token=token, clock=lambda: later).fetch(bluesky.query, {}, bluesky.window))
    assert bluesky.log_ins == 2


def test_secrets_are_never_logged_or_told(bluesky, say, caplog):
    caplog.set_level(logging.DEBUG)
    bluesky.say(say(bluesky.page([1], "1")), say({"error": "Forbidden"}, 403))
    with pytest.raises(Refused) as caught:
        fail(bluesky)
    for secret in ("app-pass-word", "jwt-"):
        assert secret not in caplog.text
        assert secret not in str(caught.value)


def test_check_says_what_was_found(bluesky, say):
    bluesky.say(say(bluesky.page([1, 2], "2")))
    assert "at least 2 posts" in bluesky.build().check()
    assert (len(bluesky.asked), bluesky.log_ins) == (1, 1)
