"""A small Reddit: gives tokens, and listings as a test says."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from collectors.base import Query, Window
from collectors.reddit import RedditCollector

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TOKEN = {"access_token": "token-1", "token_type": "bearer", "expires_in": 86400, "scope": "*"}


class RedditShop:
    """What a test needs around one collector. Entries are named by the minutes of their age."""

    now = NOW
    new = Query("n", "/r/Morocco+Maroc/new")
    comments = Query("c", "/r/Morocco+Maroc/comments/")
    search = Query("s", 'mamhkoumch OR "violence numérique"')
    window = Window(NOW - timedelta(days=2), NOW)

    def __init__(self, platform, build: Callable[..., RedditCollector]) -> None:
        self._platform = platform
        self.build = build

    @property
    def asked(self):
        """Requests other than for tokens."""
        return [each for each in self._platform.asked if "access_token" not in each.path]

    def say(self, *answers) -> None:
        """Gives `answers` to all but token requests, the last one for ever."""
        left = list(answers)

        def answer(asked):
            if asked.path == "/api/v1/access_token":
                return type(answers[0])(TOKEN)
            return left.pop(0) if len(left) > 1 else left[0]

        self._platform.answer = answer

    @staticmethod
    def entry(age: int, **fields: object) -> dict[str, object]:
        data = {
            "id": f"a{age}",
            "name": f"t3_a{age}",
            "title": f"post {age} mamhkoumch",
            "selftext": "",
            "author": "amine_test",
            "author_fullname": "t2_a1",
            "created_utc": (NOW - timedelta(minutes=age)).timestamp(),
            "score": 1,
        }
        return {"kind": "t3", "data": data | fields}

    @classmethod
    def page(cls, ages: Iterable[int], after: str | None = None) -> dict[str, object]:
        children = [cls.entry(age) for age in ages]
        return {"kind": "Listing", "data": {"after": after, "children": children}}


@pytest.fixture
def reddit(platform, patience) -> RedditShop:
    def build(**options: object) -> RedditCollector:
        given = {
            "user_agent": "python:sada-tests:1",
            "match": lambda text: "mamhkoumch" in text,
            "clock": lambda: NOW,
            "api_url": platform.url,
            "patience": patience,
        } | options
        return RedditCollector("id", "secret-word", **given)

    return RedditShop(platform, build)
