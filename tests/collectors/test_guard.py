"""No link, redirect or name leads into the network that Sada runs in."""

import socket
from contextlib import suppress

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from collectors.base import CollectorError, Refused, Unreachable
from collectors.guard import Guard, is_public
from collectors.http import JudgedSession

PUBLIC = ("93.184.216.34", 80)


def let_pass(response: requests.Response) -> None:
    """A judge that minds nothing."""


def session(guard, **options):
    return JudgedSession("news", let_pass, timeout=(0.5, 0.5), guard=guard, **options)


def guard(allowed=(), **names):
    """A guard that resolves `names` (dots as underscores) to lists of addresses."""
    known = {name.replace("_", "."): found for name, found in names.items()}

    def resolve(host, port):
        return [(one, port) for one in known.get(host, [host])]

    return Guard("news", frozenset(allowed), resolve)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "203.0.113.9", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "2002:a9fe:a9fe::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "2001:0:4136:e378:8000:63bf:5601:5601", "fec0::1", "localhost", "", "no address",
    ],
)  # fmt: skip
def test_what_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::808:808"],
)
def test_what_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://press.example/feed", "gopher://press.example/",
        "http://", "http:///feed", "//press.example/feed", "press.example/feed", "",
        "http://user:pass@press.example/", "http://press.example:0/", "http://press.example:x/",
        "http://press.example/a b", "http://press.example/\r\nHost: other", "javascript:alert(1)",
        "data:text/xml,<rss/>", "unix:///var/run/docker.sock",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_asked(url):
    with pytest.raises(Refused):
        guard().check_url(url)


@pytest.mark.parametrize("url", ["http://press.example/feed/", "https://press.example:8443/?a=1"])
def test_web_addresses_pass(url):
    guard().check_url(url)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST.", "[::1]", "0177.0.0.1", "2130706433", "127.1"]
)
def test_this_machine_is_refused_however_it_is_written(host, platform):
    port = platform.url.rpartition(":")[2]
    with pytest.raises((Refused, Unreachable)):
        session(Guard("news")).get(f"http://{host}:{port}/")
    assert platform.asked == []


def test_a_name_that_is_allowed_may_be_private(platform, say):
    platform.say(say({"a": 1}))
    port = platform.url.rpartition(":")[2]
    found = session(guard(["router.lan"], router_lan=["127.0.0.1"])).get(
        f"http://Router.lan:{port}/"
    )
    assert found.json() == {"a": 1}
    assert platform.asked[0].headers["host"].casefold() == f"router.lan:{port}"


def test_a_public_name_that_leads_home_is_refused(platform):
    with pytest.raises(Refused, match="SADA_NETWORK__ALLOW"):
        session(guard(press_example=["169.254.169.254"])).get("http://press.example/latest/meta")


def test_one_private_address_among_public_ones_is_enough():
    with pytest.raises(Refused):
        guard(press_example=["93.184.216.34", "10.0.0.1"]).addresses("press.example", 80)


def test_a_redirect_is_looked_at_too(platform, say):
    port = platform.url.rpartition(":")[2]
    platform.say(say({}, 302, {"location": f"http://inside.example:{port}/secret"}))
    watched = guard(["press.example"], press_example=["127.0.0.1"], inside_example=["127.0.0.1"])
    with pytest.raises(Refused):
        session(watched).get(f"http://press.example:{port}/feed")
    assert [asked.path for asked in platform.asked] == ["/feed"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://press.example/", "http://a:b@c/"])
def test_a_redirect_to_something_else_is_an_error(platform, say, target):
    port = platform.url.rpartition(":")[2]
    platform.say(say({}, 302, {"location": target}))
    with pytest.raises(CollectorError):
        session(guard(["localhost"], localhost=["127.0.0.1"])).get(f"http://localhost:{port}/")
    assert len(platform.asked) == 1


def test_the_connection_goes_to_the_address_that_was_looked_at(platform, say, monkeypatch):
    """A name that changes between look and connection has nothing to change any more."""
    platform.say(say({"a": 1}))
    answers = [[("127.0.0.1", int(platform.url.rpartition(":")[2]))], [("10.0.0.1", 80)]]
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("resolved a second time"))
    watched = Guard("news", frozenset({"press.example"}), rebinding)
    assert session(watched).get("http://press.example/").json() == {"a": 1}
    assert asked == ["press.example"]


def test_every_new_connection_is_looked_at_anew(platform, say, monkeypatch):
    monkeypatch.setattr("collectors.guard.is_public", lambda address: address == "127.0.0.1")
    platform.say(say({"a": 1}))  # and closes the connection
    port = int(platform.url.rpartition(":")[2])
    answers = iter([[("127.0.0.1", port)], [("169.254.169.254", 80)]])
    both = session(Guard("news", frozenset(), lambda *_: next(answers)))
    assert both.get("http://press.example/").ok
    with pytest.raises(Refused):
        both.get("http://press.example/")
    assert len(platform.asked) == 1


def test_proxies_of_the_environment_are_not_asked(platform, say, monkeypatch):
    monkeypatch.setenv("http_proxy", platform.url)
    monkeypatch.setenv("https_proxy", platform.url)
    with pytest.raises(Refused):
        session(guard(press_example=["10.0.0.1"])).get("http://press.example/")
    assert platform.asked == []


def test_a_name_without_address_is_tried_again_later():
    def nowhere(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Unreachable):
        session(Guard("news", frozenset(), nowhere)).get("http://press.example/")


def test_the_second_address_is_tried_where_the_first_is_silent(platform, say):
    platform.say(say({"a": 1}))
    port = int(platform.url.rpartition(":")[2])
    both = Guard("news", frozenset({"h"}), lambda *_: [("127.0.0.1", 1), ("127.0.0.1", port)])
    assert session(both).get("http://h/").ok


def test_an_answer_may_hold_so_much_and_no_more(platform, say):
    platform.say(say(b"x" * 5000))
    watched = guard(["localhost"], localhost=["127.0.0.1"])
    port = platform.url.rpartition(":")[2]
    assert session(watched, most=5000).get(f"http://localhost:{port}/").content == b"x" * 5000
    with pytest.raises(Unreachable):
        session(watched, most=4999).get(f"http://localhost:{port}/")


@given(st.text(max_size=60))
def test_any_text_is_judged(text):
    is_public(text)
    with suppress(Refused):
        guard().check_url(text)
