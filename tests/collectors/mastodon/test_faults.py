"""What each fault of a server becomes, through real Mastodon.py, and that attempts are bounded."""

import logging
from datetime import timedelta

import pytest

from collectors.base import RateLimited, Refused, Unreachable


def fail(social):
    list(social.build().fetch(social.query, {}, social.window))


@pytest.mark.parametrize("status", [400, 401, 402, 403, 418, 422])
def test_final_answers_are_not_repeated(social, say, slept, status):
    social.say(say({"error": "no"}, status))
    with pytest.raises(Refused) as caught:
        fail(social)
    assert caught.value.one_query
    assert (len(social.asked), slept) == (1, [])


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500},
        {"status": 503, "body": b"<html>"},
        {"fault": "reset"},
        {"fault": "silence"},
        {"fault": "cut", "body": [{"id": "1"}] * 50},
        {"body": b'[{"id": "1"'},
        {"body": b"[" * 100_000},
        {"body": {"error": "This is a success that is none"}},
        {"body": 7},
    ],
    ids=lambda answer: str(answer)[:30],
)
def test_passing_faults_are_tried_again_with_growing_pauses(social, say, slept, answer):
    social.say(say(**answer))
    with pytest.raises(Unreachable) as caught:
        fail(social)
    assert caught.value.one_query
    assert (len(social.asked), len(slept)) == (3, 2)


def test_a_fault_that_passes_is_not_noticed(social, say):
    social.say(say(status=503), say(social.page([1, 9999, 9999])))
    (page,) = social.build().fetch(social.query, {}, social.window)
    assert len(page.posts) == 1


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        (None, 120.0),
        (240, 241.0),
        (99_999, 900.0),
        (-60, 5.0),
        ("soon", 120.0),
    ],
)
def test_how_long_to_wait_after_a_rate_limit(social, say, slept, header, wait):
    headers = {}
    if header is not None:
        at = social.now + timedelta(seconds=header) if isinstance(header, int) else None
        headers = {"x-ratelimit-reset": f"{at:%Y-%m-%dT%H:%M:%S.000000Z}" if at else header}
    social.say(say({"error": "Too many requests"}, 429, headers))
    with pytest.raises(RateLimited) as caught:
        fail(social)
    assert caught.value.retry_after == wait
    assert (len(social.asked), slept) == (1, [])


@pytest.mark.parametrize("reset", ["soon", "", "99999999999999999999", "-1"])
def test_odd_rate_headers_do_no_harm(social, say, reset):
    headers = {"x-ratelimit-remaining": "many", "x-ratelimit-reset": reset}
    social.say(say(social.page([1, 9999, 9999]), 200, headers))
    fail(social)


def test_reordered_and_doubled_statuses_lose_nothing(social, say):
    social.say(say(social.page([9, 1, 5, 5])), say(social.page([5, 9999, 30, 9999])))
    pages = list(social.build().fetch(social.query, {}, social.window))
    found = {post.platform_id for page in pages for post in page.posts}
    assert len(found) == 4
    assert pages[-1].covered is not None


def test_the_token_is_never_logged_or_told(social, say, caplog):
    caplog.set_level(logging.DEBUG)
    social.say(say({"error": "no a-secret-token"}, 401))
    with pytest.raises(Refused) as caught:
        fail(social)
    assert "a-secret-token" not in caplog.text
    assert "a-secret-token" not in str(caught.value)
