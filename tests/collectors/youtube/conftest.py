"""A small YouTube for tests: videos with comments, by method, with as few rows a page as wanted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from collectors.base import Query, Window
from collectors.youtube import YouTubeCollector

PUBLISHED = 60 * 24
"""Minutes ago, all videos."""
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class YouTubeShop:
    """`videos` maps an id to its comments' minutes ago; `fault` may answer in place of it."""

    now = NOW
    query = Query("k", "#Sghira|sghira", strict=True)
    window = Window(NOW - timedelta(days=10), NOW)

    def __init__(self, platform, build: Callable[..., YouTubeCollector], answer) -> None:
        self._platform, self.build, self._answer = platform, build, answer
        self.videos: dict[str, list[float]] = {}
        self.replies: dict[str, list[float]] = {}
        self.fault: Callable[[str, dict[str, str]], object] = lambda method, params: None
        self.rows = 100
        platform.answer = self._serve

    @property
    def asked(self) -> list[str]:
        return [one.path.rpartition("/")[2] for one in self._platform.asked]

    def params(self, method: str) -> list[dict[str, str]]:
        return [one.params for one in self._platform.asked if one.path.endswith(f"/{method}")]

    def _serve(self, asked):
        method = asked.path.rpartition("/")[2]
        if (faulty := self.fault(method, asked.params)) is not None:
            return faulty
        assert asked.headers["x-goog-api-key"] == "secret-key"
        assert "secret-key" not in asked.path + str(asked.params)
        return self._answer(getattr(self, f"_{method}")(asked.params))

    def _search(self, params):
        recent = params["publishedAfter"] <= _ago(PUBLISHED)
        hits = [{"id": {"videoId": one}} for one in self.videos if recent]
        return self._paged(hits, params)

    def _videos(self, params):
        ids = [one for one in params["id"].split(",") if one in self.videos]
        return {"items": [self._video(one) for one in ids]}

    def _video(self, identity):
        below = self.videos[identity]
        count = len(below) + sum(len(self.replies.get(f"{identity}-{n}", ())) for n in below)
        return {
            "id": identity,
            "snippet": {"publishedAt": _ago(PUBLISHED), "title": f"{identity} #Sghira"},
            "statistics": {"viewCount": "9", "commentCount": str(count)},
        }

    def _commentThreads(self, params):
        video = params["videoId"]
        threads = [self._thread(video, ago) for ago in sorted(self.videos[video])]
        return self._paged(threads, params)

    def _thread(self, video, ago):
        identity = f"{video}-{ago}"
        replies = self.replies.get(identity, [])
        shown = [_comment(f"{identity}.{one}", one, identity) for one in replies[:1]]
        return {
            "snippet": {
                "topLevelComment": _comment(identity, ago),
                "totalReplyCount": len(replies),
            },
            "replies": {"comments": shown},
        }

    def _comments(self, params):
        if "parentId" in params:
            parent = params["parentId"]
            below = [_comment(f"{parent}.{one}", one, parent) for one in self.replies[parent]]
            return self._paged(below, params)
        return {"items": [_comment(one, 5) for one in params["id"].split(",") if "gone" not in one]}

    def _paged(self, rows, params):
        first = int(params.get("pageToken", "0"))
        following = first + self.rows
        body = {"items": rows[first:following]}
        return body | ({"nextPageToken": str(following)} if following < len(rows) else {})


def _ago(minutes: float) -> str:
    return (NOW - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _comment(identity: str, ago: float, parent: str | None = None) -> dict[str, object]:
    snippet = {"textOriginal": "merci", "publishedAt": _ago(ago), "updatedAt": _ago(ago)}
    return {"id": identity, "snippet": snippet | ({"parentId": parent} if parent else {})}


@pytest.fixture
def youtube(platform, patience, say) -> YouTubeShop:
    def build(**options: object) -> YouTubeCollector:
        given = {
            "api_url": f"{platform.url}/youtube/v3",
            "clock": lambda: NOW,
            "patience": patience,
            "match": lambda text: "#Sghira" in text,
        }
        return YouTubeCollector("secret-key", **(given | options))

    return YouTubeShop(platform, build, say)
