"""Answers of the X API, made for tests."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from collectors.base import Query, Window
from collectors.x import XCollector

NOW = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)


class XShop:
    """What a test needs around one collector."""

    now = NOW
    query = Query("k", "#mamhkoumch -is:retweet")
    window = Window(NOW - timedelta(days=3), NOW)

    def __init__(self, build: Callable[..., XCollector]) -> None:
        self.build = build

    @staticmethod
    def post(number: int, *, minutes_ago: float = 0.0, **fields: object) -> dict[str, object]:
        at = NOW - timedelta(minutes=minutes_ago or 10_000 - number)
        return {
            "id": str(number),
            "text": f"post {number} #mamhkoumch",
            "author_id": "9",
            "created_at": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "edit_history_tweet_ids": [str(number)],
            **fields,
        }

    @classmethod
    def page(cls, numbers: Iterable[int], token: str = "", **more: object) -> dict[str, object]:
        posts = [cls.post(number) for number in numbers]
        meta: dict[str, object] = {"result_count": len(posts)}
        if posts:
            meta |= {"newest_id": posts[0]["id"], "oldest_id": posts[-1]["id"]}
        if token:
            meta["next_token"] = token
        return ({"data": posts} if posts else {}) | {"meta": meta} | more


@pytest.fixture
def x(platform, patience) -> XShop:
    def build(**options: object) -> XCollector:
        given = {"api_url": platform.url, "clock": lambda: NOW, "patience": patience} | options
        return XCollector("secret-token", **given)

    return XShop(build)
