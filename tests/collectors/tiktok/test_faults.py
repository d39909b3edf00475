"""What each fault of TikTok becomes, and that attempts are bounded."""

import logging

import pytest

from collectors.base import Exhausted, RateLimited, Refused, Unreachable


def failing(tiktok, answer, on="research"):
    tiktok.fault = lambda path, body: answer if on in path else None
    list(tiktok.build().fetch(tiktok.query, {}, tiktok.window))


def refusal(code):
    return {"data": {}, "error": {"code": code, "message": f"about {code}", "log_id": "1"}}


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, "scope_not_authorized", Refused),
        (403, "forbidden", Refused),
        (400, "invalid_params", Refused),
        (429, "daily_quota_limit_exceeded", Exhausted),
        (402, "", Exhausted),
        (429, "rate_limit_exceeded", RateLimited),
        (404, "", Refused),
    ],
)
def test_final_answers_are_not_repeated(tiktok, say, slept, status, code, error):
    with pytest.raises(error):
        failing(tiktok, say(refusal(code), status))
    assert (len(tiktok.asked), slept) == (2, [])  # the token's call and this one


def test_the_days_requests_begin_anew_at_midnight_utc(tiktok, say):
    with pytest.raises(Exhausted) as caught:
        failing(tiktok, say(refusal("daily_quota_limit_exceeded"), 429))
    assert caught.value.retry_after == 12 * 3600


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"status": 500, "body": refusal("internal_error")},
        {"fault": "reset"},
        {"fault": "silence"},
        {"fault": "cut", "body": {"data": {"videos": [{"id": 1}] * 50}}},
        {"body": b'{"data": {'},
        {"body": [1]},
        {"body": refusal("internal_error")},
    ],
    ids=lambda answer: str(answer)[:30],
)
def test_passing_faults_are_tried_again_with_growing_pauses(tiktok, say, slept, answer):
    with pytest.raises(Unreachable):
        failing(tiktok, say(**answer))
    assert len(tiktok.asked) == 4
    assert 0.5 <= slept[0] <= 1.0 <= slept[1] <= 2.0


@pytest.mark.parametrize(
    "answer", [(401, {"error": "invalid_client"}), (200, {"error": "invalid_client"})]
)
def test_a_wrong_key_is_refused_at_once(tiktok, say, answer):
    status, body = answer
    with pytest.raises(Refused, match="SADA_TIKTOK__CLIENT_SECRET"):
        failing(tiktok, say(body, status), on="oauth")
    assert tiktok.asked == ["oauth/token/"]


def test_an_expired_token_is_renewed_once(tiktok, say):
    left = [say(refusal("access_token_invalid"), 401)]
    tiktok.fault = lambda path, body: left.pop() if left and "research" in path else None
    list(tiktok.build(comments=False).fetch(tiktok.query, {}, tiktok.window))
    assert tiktok.asked.count("oauth/token/") == 2
    with pytest.raises(Refused, match="new token"):
        failing(tiktok, say(refusal("access_token_invalid"), 401))


def test_a_forgotten_search_starts_again_once(tiktok, say):
    tiktok.videos = {n: [] for n in range(1, 8)}
    tiktok.rows = 5
    left = [say(refusal("invalid_params: search_id"), 400)]
    tiktok.fault = lambda path, body: left.pop() if left and "search_id" in body else None
    pages = list(tiktok.build(comments=False).fetch(tiktok.query, {}, tiktok.window))
    assert len({post.platform_id for page in pages for post in page.posts}) == 7


def test_secrets_are_never_logged_or_told(tiktok, say, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Refused) as caught:
        failing(tiktok, say(refusal("forbidden"), 403))
    for secret in ("secret-word", "clt.token"):
        assert secret not in caplog.text
        assert secret not in str(caught.value)
