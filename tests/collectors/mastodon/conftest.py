"""A small Mastodon server: hashtag timelines and statuses, as a test says."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from collectors.base import Query, Window
from collectors.guard import Guard
from collectors.mastodon import Instance, MastodonCollector

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Social:
    """What a test needs around one collector. Statuses are named by the minutes of their age."""

    now = NOW
    window = Window(NOW - timedelta(days=2), NOW)

    def __init__(self, platform, build: Callable[..., MastodonCollector]) -> None:
        self._platform = platform
        self.build = build
        self.host = platform.url.removeprefix("http://")
        self.query = Query("q", f"{platform.url}/tags/mamhkoumch", strict=True)

    @property
    def asked(self):
        """Requests other than Mastodon.py's own question of what the server offers."""
        return [each for each in self._platform.asked if "instance" not in each.path]

    def say(self, *answers) -> None:
        """Gives `answers` to all but that question, the last one for ever."""
        left = list(answers)
        nothing = type(answers[0])({"error": "not here"}, 404)

        def answer(asked):
            if "instance" in asked.path:
                return nothing
            return left.pop(0) if len(left) > 1 else left[0]

        self._platform.answer = answer

    def status(self, age: float, **fields: object) -> dict[str, object]:
        created = NOW - timedelta(minutes=age)
        number = str(10**6 - int(age))
        return {
            "id": number,
            "uri": f"https://{self.host}/users/amina/statuses/{number}",
            "created_at": created.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "content": f"<p>status {age:g} #mamhkoumch</p>",
            "visibility": "public",
            "account": {"acct": "amina", "followers_count": 12},
            **fields,
        }

    def page(self, ages: Iterable[float]) -> list[dict[str, object]]:
        return [self.status(age) for age in ages]


@pytest.fixture
def social(platform, patience) -> Social:
    def build(*more: Instance, **options: object) -> MastodonCollector:
        given = {
            "user_agent": "sada-tests/1",
            "guard": Guard.of("mastodon", ["127.0.0.1"]),
            "clock": lambda: NOW,
            "patience": patience,
        } | options
        return MastodonCollector([Instance(platform.url, "a-secret-token"), *more], **given)

    return Social(platform, build)
