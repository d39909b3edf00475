"""What each fault of YouTube becomes, and that attempts are bounded."""

import logging

import pytest

from collectors.base import Exhausted, RateLimited, Refused, Unreachable


def failing(youtube, answer):
    youtube.fault = lambda method, params: answer
    list(youtube.build().fetch(youtube.query, {}, youtube.window))


def refusal(status, reason):
    said = [{"reason": reason, "domain": "youtube"}]
    return {"error": {"code": status, "message": f"about {reason}", "errors": said}}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, refusal(401, "authError"), Refused),
        (403, refusal(403, "forbidden"), Refused),
        (403, refusal(403, "accessNotConfigured"), Refused),
        (400, refusal(400, "keyInvalid"), Refused),
        (403, refusal(403, "quotaExceeded"), Exhausted),
        (403, refusal(403, "dailyLimitExceeded"), Exhausted),
        (402, {}, Exhausted),
        (429, {"error": {"details": [{"reason": "RATE_LIMIT_EXCEEDED"}]}}, RateLimited),
        (403, refusal(403, "rateLimitExceeded"), RateLimited),
        (404, b"<html>", Refused),
        (403, {"error": "odd"}, Refused),
    ],
)
def test_final_answers_are_not_repeated(youtube, say, slept, status, body, error):
    with pytest.raises(error):
        failing(youtube, say(body, status))
    assert (len(youtube.asked), slept) == (1, [])


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503, "body": refusal(503, "backendError")},
        {"status": 500},
        {"fault": "reset"},
        {"fault": "silence"},
        {"fault": "cut", "body": {"items": [{"id": "1"}] * 50}},
        {"body": b'{"items": ['},
        {"body": [1]},
        {"body": refusal(500, "backendError")},
    ],
    ids=lambda answer: str(answer)[:30],
)
def test_passing_faults_are_tried_again_with_growing_pauses(youtube, say, slept, answer):
    with pytest.raises(Unreachable):
        failing(youtube, say(**answer))
    assert len(youtube.asked) == 3
    assert 0.5 <= slept[0] <= 1.0 <= slept[1] <= 2.0


@pytest.mark.parametrize(
    ("headers", "wait"), [({}, 60.0), ({"retry-after": "17"}, 17.0), ({"retry-after": "9e9"}, 900)]
)
def test_how_long_to_wait_after_a_rate_limit(youtube, say, headers, wait):
    with pytest.raises(RateLimited) as caught:
        failing(youtube, say({}, 429, headers))
    assert caught.value.retry_after == wait


def test_a_forgotten_page_token_starts_the_search_again_once(youtube, say):
    youtube.videos = {f"aaaaaaaaa{n:02}": [] for n in range(9)}
    youtube.rows = 5
    left = [say(refusal(400, "invalidPageToken"), 400)]

    def fault(method, params):
        return left.pop() if left and "pageToken" in params else None

    youtube.fault = fault
    pages = list(youtube.build().fetch(youtube.query, {}, youtube.window))
    assert pages[-1].covered is not None
    assert ["pageToken" in params for params in youtube.params("search")] == [
        False, True, False, True,
    ]  # fmt: skip


def test_the_key_is_never_logged_or_told(youtube, say, caplog):
    caplog.set_level(logging.DEBUG)
    answer = say({"error": {"message": "key secret-key is bad"}}, 400)
    with pytest.raises(Refused) as caught:
        failing(youtube, answer)
    assert "secret-key" not in caplog.text
    assert "secret-key" not in str(caught.value)
