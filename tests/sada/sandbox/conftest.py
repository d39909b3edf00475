"""One world for all tests of the sandbox, served at a fixed moment, and the real clients for it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import praw
import pytest
import tweepy
from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter

from sada.sandbox.faults import Faults
from sada.sandbox.reddit import CLIENT
from sada.sandbox.server import Sandbox, start_sandbox
from sada.sandbox.world import World, make_world
from sada.sandbox.x import BEARER

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that tests set; `advance` moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


class _Redirect(HTTPAdapter):
    """Sends what a library addresses to its platform to the sandbox."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        parts = urlsplit(str(request.url))
        path = parts.path.removeprefix(urlsplit(self._base).path)
        request.url = f"{self._base}{path}?{parts.query}".rstrip("?")
        return super().send(request, *args, **(kwargs | {"proxies": {}, "timeout": 10}))


@pytest.fixture(scope="session")
def world() -> World:
    return make_world(TODAY, seed=7)


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOON


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def sandbox(world: World, clock: Clock, faults: Faults) -> Iterator[Sandbox]:
    with start_sandbox(world, now=clock, faults=faults, sleep=lambda _: None) as running:
        yield running


@pytest.fixture
def x(sandbox: Sandbox) -> tweepy.Client:
    return x_client(sandbox.url("x"), BEARER)


@pytest.fixture
def x_with(sandbox: Sandbox) -> Callable[[str], tweepy.Client]:
    return lambda token: x_client(sandbox.url("x"), token)


def x_client(url: str, token: str) -> tweepy.Client:
    client = tweepy.Client(token)
    client.session.mount("https://", _Redirect(url))
    return client


@pytest.fixture
def reddit(sandbox: Sandbox) -> praw.Reddit:
    base, session = sandbox.url("reddit"), Session()
    session.mount("http://", _Redirect(base))
    return praw.Reddit(
        requestor_kwargs={"session": session},
        client_id=CLIENT[0],
        client_secret=CLIENT[1],
        user_agent="python:sada:tests",
        reddit_url=base,
        oauth_url=base,
        short_url=base,
        check_for_updates=False,
    )
