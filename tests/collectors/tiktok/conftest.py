"""A small TikTok for tests: videos with comments, as few a page as wanted."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from collectors.base import Query, Window
from collectors.tiktok import TikTokCollector

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class TikTokShop:
    """`videos` maps hours ago to the minutes ago of comments; `fault` may answer in place of it."""

    now = NOW
    query = Query("k", '{"and":[{"operation":"IN","field_name":"keyword","field_values":["a"]}]}')
    window = Window(NOW - timedelta(days=40), NOW)

    def __init__(self, platform, build: Callable[..., TikTokCollector], answer) -> None:
        self._platform, self.build, self._answer = platform, build, answer
        self.videos: dict[int, list[int]] = {}
        self.fault: Callable[[str, dict], object] = lambda path, body: None
        self.rows = 100
        self.bodies: list[tuple[str, dict]] = []
        platform.answer = self._serve

    @property
    def asked(self) -> list[str]:
        return [one.path.removeprefix("/v2/") for one in self._platform.asked]

    @staticmethod
    def identity(hours_ago: int) -> str:
        return str(int((NOW - timedelta(hours=hours_ago)).timestamp()) << 32 | hours_ago)

    def _serve(self, asked):
        body = json.loads(asked.body or "{}") if "research" in asked.path else {}
        self.bodies.append((asked.path, body))
        if (faulty := self.fault(asked.path, body)) is not None:
            return faulty
        if asked.path == "/v2/oauth/token/":
            assert asked.form["client_secret"] == "secret-word"
            return self._answer({"access_token": "clt.token", "expires_in": 7200})
        assert asked.headers["authorization"] == "Bearer clt.token"
        rows, name = self._rows(asked.path, body)
        first = int(body.get("cursor", 0))
        after = first + self.rows
        data = {name: rows[first:after], "cursor": after, "has_more": after < len(rows)}
        return self._answer({"data": data | {"search_id": "s1"}, "error": {"code": "ok"}})

    def _rows(self, path, body):
        if path.endswith("comment/list/"):
            hours = next(n for n in self.videos if self.identity(n) == str(body["video_id"]))
            return [_comment(n) for n in self.videos[hours]], "comments"
        condition = body["query"]["and"][0]
        wanted = condition["field_values"] if condition["field_name"] == "video_id" else None
        start, end = body["start_date"], body["end_date"]
        shown = [
            self._video(n)
            for n in self.videos
            if start <= f"{NOW - timedelta(hours=n):%Y%m%d}" <= end
            and (wanted is None or self.identity(n) in wanted)
        ]
        return shown, "videos"

    def _video(self, hours_ago):
        return {
            "id": int(self.identity(hours_ago)),
            "create_time": int((NOW - timedelta(hours=hours_ago)).timestamp()),
            "username": "asso",
            "video_description": "#Sghira",
            "comment_count": len(self.videos[hours_ago]),
        }


def _comment(ago):
    at = int((NOW - timedelta(minutes=ago)).timestamp())
    return {"id": 1000 + ago, "text": "merci", "create_time": at}


@pytest.fixture
def tiktok(platform, patience, say) -> TikTokShop:
    def build(**options: object) -> TikTokCollector:
        given = {"api_url": platform.url, "clock": lambda: NOW, "patience": patience}
        match = {"match": lambda text: "#Sghira" in text}
        return TikTokCollector("key-1", "secret-word", **(given | match | options))

    return TikTokShop(platform, build, say)
