"""What each fault of a site becomes: that feed's failure alone, after bounded attempts."""

from dataclasses import replace

import pytest

from collectors.base import RateLimited, Refused, Unreachable
from collectors.guard import Guard


def fail(press, **options):
    list(press.build(**options).fetch(press.articles, {}, press.window))


@pytest.mark.parametrize("status", [401, 402, 403, 404, 410, 451, 304])
def test_final_answers_are_not_repeated(press, platform, say, slept, status):
    platform.say(say(status=status))
    with pytest.raises((Refused, Unreachable)) as caught:
        fail(press)
    assert caught.value.one_query
    assert len(platform.asked) == (3 if status == 304 else 1)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500},
        {"status": 503},
        {"fault": "reset"},
        {"fault": "silence"},
        {"fault": "cut", "body": b"<rss>" + bytes(range(256)) * 9 + b"</rss>"},
        {"body": b"<rss><channel><item><title>cut"},
        {"body": b""},
    ],
    ids=lambda answer: str(answer)[:30],
)
def test_passing_faults_are_tried_again(press, platform, say, slept, answer):
    platform.say(say(**answer))
    with pytest.raises(Unreachable) as caught:
        fail(press)
    assert caught.value.one_query
    assert (len(platform.asked), len(slept)) == (3, 2)


def test_a_fault_that_passes_is_not_noticed(press, platform, say):
    platform.say(say(status=503), say(press.page(1, 2)))
    (page,) = press.build().fetch(press.articles, {}, press.window)
    assert (len(page.posts), page.calls) == (2, 2)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {}, 600.0),
        (429, {"retry-after": "30"}, 30.0),
        (503, {"retry-after": "120"}, 120.0),
        (429, {"retry-after": "9999999"}, 6 * 3600.0),
        (429, {"retry-after": "tomorrow"}, 600.0),
    ],
)
def test_a_site_may_ask_for_patience(press, platform, say, status, headers, wait):
    platform.say(say(status=status, headers=headers))
    with pytest.raises(RateLimited) as caught:
        fail(press)
    assert (caught.value.retry_after, caught.value.one_query) == (wait, True)
    assert len(platform.asked) == 1


@pytest.mark.parametrize("body", [b"<html><h1>Bientot</h1></html>", b"{}", b"\x00" * 100])
def test_a_page_instead_of_a_feed_is_said(press, platform, say, body):
    platform.say(say(body, headers={"content-type": "text/html"}))
    with pytest.raises(Unreachable, match="no feed") as caught:
        fail(press)
    assert caught.value.one_query


def test_a_malformed_feed_is_read_as_far_as_it_goes_and_said(press, platform, say):
    platform.say(say(press.feed([press.item(1), "<item><b>a & b <</item>", press.item(2)])))
    (page,) = press.build().fetch(press.articles, {}, press.window)
    assert len(page.posts) >= 2
    assert "malformed" in page.warnings[0]


def test_a_feed_that_is_too_long_is_not_read(press, platform, say, monkeypatch):
    monkeypatch.setattr("collectors.news.client.MOST_BYTES", 1000)
    platform.say(say(press.page(*range(50))))
    with pytest.raises(Unreachable):
        fail(press)


def test_private_addresses_are_refused_before_anything_is_sent(press, platform):
    with pytest.raises(Refused, match="SADA_NETWORK__ALLOW") as caught:
        fail(press, guard=Guard.of("news", []))
    assert caught.value.one_query
    assert platform.asked == []


def test_a_redirect_inside_is_refused(press, platform, say):
    platform.say(say(status=301, headers={"location": "http://169.254.169.254/latest/"}))
    with pytest.raises(Refused, match="not public"):
        fail(press)
    assert len(platform.asked) == 1


def test_a_redirect_on_the_web_is_followed(press, platform, say):
    platform.say(say(status=301, headers={"location": "/moved/"}), say(press.page(1, 2)))
    (page,) = press.build().fetch(press.articles, {}, press.window)
    assert len(page.posts) == 2


def test_circles_of_redirects_end(press, platform, say):
    platform.say(say(status=302, headers={"location": "/feed/"}))
    with pytest.raises(Unreachable):
        fail(press)
    assert len(platform.asked) <= 12


def test_a_feed_that_no_list_names_is_refused(press):
    with pytest.raises(Refused, match="in no list"):
        list(
            press.build().fetch(replace(press.articles, text="http://x.example"), {}, press.window)
        )


def test_cookies_are_forgotten(press, platform, say):
    platform.say(say(press.page(1, 2), headers={"set-cookie": "visitor=7; Path=/"}))
    collector = press.build()
    for _ in range(2):
        list(collector.fetch(press.articles, {}, press.window))
    assert all("cookie" not in asked.headers for asked in platform.asked)


def test_check_tries_each_and_says_which_answer(press, platform, say):
    answers = {"/feed/": say(press.page(1)), "/paged/feed/": say(status=404)}
    platform.answer = lambda asked: answers.get(asked.path) or say(b"<html>", headers={})
    with pytest.raises(Refused) as caught:
        press.build().check()
    said = str(caught.value)
    assert "1 of 3 feeds answer" in said
    assert "/paged/feed/: HTTP 404" in said
    assert "/comments/feed/: the answer is no feed" in said


def test_check_is_pleased_when_all_answer(press, platform, say):
    platform.say(say(press.page(1)))
    assert press.build().check() == "all 3 feeds answer."
