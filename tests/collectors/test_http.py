"""What every collector's HTTP withstands: answers without end, secrets told back, odd signs."""

import gzip
import random
from datetime import UTC, datetime

import pytest
import requests

from collectors import http
from collectors.base import Unreachable
from collectors.http import JudgedSession
from collectors.retry import Patience
from collectors.text import one_line
from collectors.x.client import Rejected, XClient


def get(platform, **options):
    session = JudgedSession("x", lambda response: None, base=platform.url, timeout=(2, 2))
    return session.get("https://api.example.org/2/posts", **options)


def test_a_gzip_bomb_is_given_up_before_it_fills_memory(platform, say):
    bomb = gzip.compress(b" " * (http.MAX_BODY + 1), 9)
    assert len(bomb) < http.MAX_BODY / 500
    platform.say(say(bomb, headers={"content-encoding": "gzip"}))
    with pytest.raises(Unreachable, match="AnswerRefused"):
        get(platform)


def test_an_answer_that_trickles_is_given_up(platform, say):
    platform.say(say(b"x" * 300_000))
    ticking = iter(range(0, 10_000, 100))
    adapter = http.BaseAddressAdapter(platform.url, (2, 2), lambda: float(next(ticking)))
    session = requests.Session()
    session.mount("https://", adapter)
    with pytest.raises(http.AnswerRefused):
        session.get("https://api.example.org/")


def test_an_error_knows_what_the_platform_said(platform, say):
    def judge(response):
        if not response.ok:
            raise Unreachable(
                "x", "no.", said="Bad hair day" if response.status_code == 500 else ""
            )

    session = JudgedSession("x", judge, base=platform.url, timeout=(2, 2))
    for status, said in ((500, "HTTP 500: Bad hair day"), (503, "HTTP 503")):
        platform.say(say(status=status))
        with pytest.raises(Unreachable) as caught:
            session.get("https://api.example.org/2/posts")
        assert caught.value.said == said


def test_packed_answers_are_read_whole(platform, say):
    body = random.Random(1).randbytes(500_000)
    platform.say(say(gzip.compress(body), headers={"content-encoding": "gzip"}))
    assert get(platform).content == body


def client(platform, token):
    patience = Patience(attempts=1, connect=2, read=2)
    return XClient(token, api_url=platform.url, clock=lambda: datetime.now(UTC), patience=patience)


def test_a_token_that_is_told_back_is_in_no_message(platform, say):
    platform.answer = lambda asked: say(
        {"title": "Bad\x1b[31m\u202e", "detail": f"got {asked.headers['authorization']}\n"}, 400
    )
    with pytest.raises(Rejected) as told:
        client(platform, "SECRET").search(archive=False, query="q")
    assert str(told.value) == "x: the question is not accepted (Bad[31m: got Bearer …)."


def test_a_token_with_odd_signs_is_an_ordinary_failure(platform):
    with pytest.raises(Unreachable):
        client(platform, "a€b").search(archive=False, query="q")


def test_a_redirect_elsewhere_loses_the_token(platform, say):
    platform.say(say(status=302, headers={"location": "https://elsewhere.example/"}), say({}))
    get(platform, headers={"Authorization": "Bearer SECRET"})
    assert [asked.headers.get("authorization") for asked in platform.asked] == [
        "Bearer SECRET",
        None,
    ]


def test_messages_are_one_printable_line():
    assert one_line("a\x00\x1b[2J\r\nb\u202e\u200b  é\ud800" + "x" * 99, 12) == "a[2J b éxxxx"
