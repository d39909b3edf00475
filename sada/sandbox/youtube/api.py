"""The YouTube Data API v3 on loopback: search, videos, comment threads, comments, quotas."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from sada.sandbox.faults import Fault
from sada.sandbox.item import Item
from sada.sandbox.paging import Pages
from sada.sandbox.platform import Now
from sada.sandbox.search import Text, all_of
from sada.sandbox.web import Request, Response
from sada.sandbox.youtube import shape

PACIFIC = ZoneInfo("America/Los_Angeles")
SEARCHES, UNITS = 100, 10_000
DEEPEST = 500
"""Videos that a search gives at most."""
REASONS = {
    401: "authError",
    402: "quotaExceeded",
    403: "forbidden",
    429: "rateLimitExceeded",
    500: "backendError",
    503: "backendError",
}
_PREFIX = "/youtube/v3/"


class Refusal(Exception):
    """An answer that is none."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.response = Response(shape.error(status, reason, message), status)


class YouTubeApi:
    """Answers as YouTube does to one key. See `Simulator`."""

    def __init__(self, items: Sequence[Item], key: str, now: Now) -> None:
        self._key, self._now = key, now
        self._lock, self._used = Lock(), Counter[tuple[str, str]]()
        self._pages: defaultdict[str, Pages[Item]] = defaultdict(Pages)
        self._known = {item.id: item for item in items}
        self._newest_first = sorted(items, key=lambda item: item.created_at, reverse=True)
        self._below: defaultdict[str, list[Item]] = defaultdict(list)
        for item in self._newest_first:
            if item.kind == "reply":
                self._below[str(item.root)].append(item)
                if item.parent != item.root:
                    self._below[str(item.parent)].append(item)
        self._calls: dict[str, Callable[[Request], dict[str, Any]]] = {
            "search": self._search,
            "videos": self._videos,
            "commentThreads": self._threads,
            "comments": self._comments,
        }

    def answer(self, request: Request) -> Response:
        """See `Simulator.answer`."""
        given = request.headers.get("x-goog-api-key") or request.query.get("key")
        method = request.path.removeprefix(_PREFIX)
        try:
            if given != self._key:
                raise Refusal(400, "badRequest", "API key not valid. Please pass a valid API key.")
            if method not in self._calls:
                raise Refusal(404, "notFound", "no such method")
            self._charge("search" if method == "search" else "units")
            return Response(self._calls[method](request))
        except Refusal as refusal:
            return refusal.response

    def refuse(self, fault: Fault) -> Response:
        """See `Simulator.refuse`. The day's quota comes as 403."""
        status = int(fault.kind[:3])
        if status == 200:
            return Response(shape.error(500, "backendError", "Sandbox fault"))
        if fault.kind == "429-capped":
            return Response(shape.error(403, "quotaExceeded", "You have exceeded your quota."), 403)
        headers = {"retry-after": "2"} if fault.kind == "429" else {}
        return Response(shape.error(status, REASONS[status], "Sandbox fault"), status, headers)

    def _charge(self, bucket: str) -> None:
        day = self._now().astimezone(PACIFIC).date().isoformat()
        with self._lock:
            self._used[day, bucket] += 1
            over = self._used[day, bucket] > (SEARCHES if bucket == "search" else UNITS)
        if over:
            raise Refusal(403, "quotaExceeded", "You have exceeded your quota.")

    def _search(self, request: Request) -> dict[str, Any]:
        query, now = request.query, self._now()
        if query.get("type") != "video":
            raise Refusal(400, "missingRequiredParameter", "type must be video here")
        after, before = _bound(query.get("publishedAfter")), _bound(query.get("publishedBefore"))
        wanted = all_of(query.get("q", ""))
        found = [
            item
            for item in self._newest_first
            if item.kind == "original"
            and item.alive(now)
            and (after is None or item.created_at >= after)
            and (before is None or item.created_at <= before)
            and wanted(Text.of(f"{item.title} {item.version(now).text}"))
        ]
        page, token = self._page(request, found[:DEEPEST], 50)
        hits = [shape.hit(item) for item in page]
        return shape.listing("searchListResponse", hits, token, len(found))

    def _videos(self, request: Request) -> dict[str, Any]:
        now, ids = self._now(), request.query.get("id", "").split(",")
        if not 1 <= len(ids) <= 50:
            raise Refusal(400, "invalidFilters", "id takes 1 to 50 ids")
        found = [self._known[one] for one in ids if one in self._known]
        shown = [item for item in found if item.kind == "original" and item.alive(now)]
        videos = [shape.video(item, now, len(self._alive_below(item.id))) for item in shown]
        return shape.listing("videoListResponse", videos, None, len(videos))

    def _threads(self, request: Request) -> dict[str, Any]:
        now, video = self._now(), self._known.get(request.query.get("videoId", ""))
        if video is None or not video.alive(now) or video.kind != "original":
            raise Refusal(404, "videoNotFound", "The video cannot be found.")
        tops = [item for item in self._alive_below(video.id) if item.parent == video.id]
        page, token = self._page(request, tops, 100)
        threads = [shape.thread(item, self._alive_below(item.id), now) for item in page]
        return shape.listing("commentThreadListResponse", threads, token, len(tops))

    def _comments(self, request: Request) -> dict[str, Any]:
        now, query = self._now(), request.query
        if parent := query.get("parentId"):
            replies = self._alive_below(parent)
            page, token = self._page(request, replies, 100)
            shown = [shape.comment(item, now) for item in page]
            return shape.listing("commentListResponse", shown, token, len(replies))
        ids = [one for one in query.get("id", "").split(",") if one in self._known]
        found = [self._known[one] for one in ids if self._known[one].kind == "reply"]
        shown = [shape.comment(one, now, with_video=False) for one in found if one.alive(now)]
        return shape.listing("commentListResponse", shown, None, len(shown))

    def _alive_below(self, identity: str) -> list[Item]:
        now = self._now()
        return [item for item in self._below[identity] if item.alive(now)]

    def _page(
        self, request: Request, found: Sequence[Item], most: int
    ) -> tuple[list[Item], str | None]:
        """The asked page of `found`. Tokens hold the place; unknown ones are refused."""
        pages, token = self._pages[request.path], request.query.get("pageToken")
        opened = pages.opened(token)
        if opened is not None and (
            request.twist == "forgotten-token" or not opened.removeprefix("P").isdecimal()
        ):
            raise Refusal(400, "invalidPageToken", "The page token is not valid.")
        asked = request.query.get("maxResults", "5")
        size = min(most, request.most, int(asked) if asked.isdecimal() else 5)
        first = int((opened or "P0").removeprefix("P"))
        following = f"P{first + size}" if first + size < len(found) else None
        return pages.bent(request.twist, found[first : first + size], token, following)


def _bound(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(400, "badRequest", f"Invalid time: {text}") from error
