"""A Bluesky server, made for tests: it logs in by itself, other calls get what a test says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from collectors.base import Query, Window
from collectors.bluesky import BlueskyCollector

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class BlueskyShop:
    """What a test needs around one collector."""

    now = NOW
    query = Query("k", "#Sghira", strict=True)
    window = Window(NOW - timedelta(days=3), NOW)

    def __init__(self, platform, build: Callable[..., BlueskyCollector], answer) -> None:
        self._platform, self.build, self._answer = platform, build, answer

    def say(self, *answers) -> None:
        """The answers to all calls but log-ins, the last one for ever."""
        left = list(answers)

        def answer(asked):
            if asked.path.endswith("createSession"):
                return self._answer({"accessJwt": f"jwt-{len(self._platform.asked)}"})
            return left.pop(0) if len(left) > 1 else left[0]

        self._platform.answer = answer

    @property
    def asked(self):
        return [one for one in self._platform.asked if not one.path.endswith("createSession")]

    @property
    def log_ins(self) -> int:
        return len(self._platform.asked) - len(self.asked)

    @staticmethod
    def post(number: int) -> dict[str, object]:
        at = NOW - timedelta(minutes=number)
        return {
            "uri": f"at://did:plc:a/app.bsky.feed.post/{number}",
            "author": {"did": "did:plc:a", "handle": "a.bsky.social"},
            "record": {"text": f"post {number} #Sghira", "createdAt": at.isoformat()},
            "indexedAt": at.isoformat(),
        }

    @classmethod
    def page(cls, numbers, cursor: str = "") -> dict[str, object]:
        body: dict[str, object] = {"posts": [cls.post(number) for number in numbers]}
        return body | ({"cursor": cursor} if cursor else {})


@pytest.fixture
def bluesky(platform, patience, say) -> BlueskyShop:
    def build(**options: object) -> BlueskyCollector:
        given = {"api_url": platform.url, "clock": lambda: NOW, "patience": patience} | options
        return BlueskyCollector("sada.example.org", "app-pass-word", **given)

    return BlueskyShop(platform, build, say)
