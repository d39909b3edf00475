"""TikTok's Research API on loopback: token, videos, comments, the day's requests."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any
from zlib import crc32

from sada.sandbox.faults import Fault
from sada.sandbox.item import Item
from sada.sandbox.paging import Pages
from sada.sandbox.platform import Now
from sada.sandbox.search import Text
from sada.sandbox.tiktok import shape
from sada.sandbox.tiktok.query import compile_conditions
from sada.sandbox.web import Request, Response

REQUESTS = 1000
"""A day, of all kinds together."""
COMMENTS_SHOWN = 1000
ACCESS = "clt.sandbox"
CODES = {
    401: "access_token_invalid",
    402: "daily_quota_limit_exceeded",
    403: "scope_not_authorized",
    429: "rate_limit_exceeded",
    500: "internal_error",
    503: "internal_error",
}
_DAYS = timedelta(days=30)


class TikTokApi:
    """Answers as TikTok does to one research client. See `Simulator`."""

    def __init__(self, items: Sequence[Item], client: tuple[str, str], now: Now) -> None:
        self._client, self._now = client, now
        self._lock, self._used = Lock(), Counter[date]()
        self._pages: defaultdict[str, Pages[Item]] = defaultdict(Pages)
        videos = [item for item in items if item.kind == "original"]
        self._videos = sorted(videos, key=lambda item: item.created_at, reverse=True)
        self._texts = {item.id: Text.of(item.versions[0].text) for item in videos}
        self._below: defaultdict[str, list[Item]] = defaultdict(list)
        for item in items:
            if item.kind == "reply":
                self._below[str(item.root)].append(item)

    def answer(self, request: Request) -> Response:
        """See `Simulator.answer`."""
        if request.path == "/v2/oauth/token/":
            return self._token(request)
        if request.headers.get("authorization") != f"Bearer {ACCESS}":
            return _refused(401, "access_token_invalid", "The access token is invalid.")
        if not self._charge():
            return _refused(429, "daily_quota_limit_exceeded", "Daily quota limit exceeded.")
        calls = {
            "/v2/research/video/query/": self._query,
            "/v2/research/video/comment/list/": self._comments,
        }
        if request.path not in calls:
            return _refused(404, "invalid_params", "no such path")
        try:
            return Response(calls[request.path](request, json.loads(request.body)))
        except (ValueError, KeyError, TypeError) as error:
            return _refused(400, "invalid_params", str(error))

    def refuse(self, fault: Fault) -> Response:
        """See `Simulator.refuse`."""
        status = int(fault.kind[:3])
        if status == 200:
            return Response(shape.problem("internal_error", "Something went wrong"))
        if fault.kind == "429-capped":
            return _refused(429, "daily_quota_limit_exceeded", "Daily quota limit exceeded.")
        headers = {"retry-after": "2"} if fault.kind == "429" else {}
        body = shape.problem(CODES[status], "Sandbox fault")
        return Response(body, status, headers)

    def _token(self, request: Request) -> Response:
        form = request.form
        if (form.get("client_key"), form.get("client_secret")) != self._client:
            said = "Client key or secret is incorrect."
            return Response({"error": "invalid_client", "error_description": said}, 401)
        granted = {"access_token": ACCESS, "expires_in": 7200, "token_type": "Bearer"}
        return Response(granted)

    def _charge(self) -> bool:
        with self._lock:
            today = self._now().astimezone(UTC).date()
            self._used[today] += 1
            return self._used[today] <= REQUESTS

    def _query(self, request: Request, asked: Mapping[str, Any]) -> dict[str, Any]:
        start, end = (_day(asked[name]) for name in ("start_date", "end_date"))
        if not timedelta(0) <= end - start <= _DAYS:
            raise ValueError("end_date must be at most 30 days after start_date")
        test, now = compile_conditions(asked["query"]), self._now()
        found = [
            item
            for item in self._videos
            if item.alive(now)
            and start <= item.created_at < end + timedelta(days=1)
            and test(item.id, self._texts[item.id])
        ]
        search = str(crc32(json.dumps(asked["query"], sort_keys=True).encode()))
        token = self._opened(request, asked, search)
        page, following = self._page(request, asked, found, token)
        videos = [shape.video(item, now, len(self._alive_below(item.id))) for item in page]
        return shape.ok(
            {
                "videos": videos,
                "cursor": int(following or len(found)),
                "has_more": following is not None,
                "search_id": search,
            }
        )

    def _opened(self, request: Request, asked: Mapping[str, Any], search: str) -> str | None:
        """The cursor to go on from. Raises `ValueError` for a search that is forgotten."""
        cursor = asked.get("cursor")
        if cursor is None:
            return None
        if asked.get("search_id") != search or request.twist == "forgotten-token":
            raise ValueError("search_id is invalid or expired")
        return str(cursor)

    def _comments(self, request: Request, asked: Mapping[str, Any]) -> dict[str, Any]:
        found = self._alive_below(str(asked["video_id"]))
        cursor = asked.get("cursor")
        if cursor and request.twist == "forgotten-token":
            raise ValueError("cursor is invalid")
        page, following = self._page(
            request, asked, found[:COMMENTS_SHOWN], str(cursor) if cursor else None
        )
        now = self._now()
        answers = Counter(one.parent for one in found)
        comments = [shape.comment(item, now, answers[item.id]) for item in page]
        more = following is not None
        place = int(following or len(found))
        return shape.ok({"comments": comments, "cursor": place, "has_more": more})

    def _page(
        self,
        request: Request,
        asked: Mapping[str, Any],
        found: Sequence[Item],
        token: str | None,
    ) -> tuple[list[Item], str | None]:
        """Cursors are places in the list; those of `endless` begin behind its end."""
        size = min(100, request.most, int(asked.get("max_count", 20)))
        place = int(token or 0)
        first = place % max(len(found), 1) if request.twist == "endless" else place
        following = str(place + size) if first + size < len(found) else None
        page = found[first : first + size]
        if request.twist == "endless":
            return list(page), str(max(place + size, len(found)))
        return self._pages[request.path].bent(request.twist, page, token, following)

    def _alive_below(self, video: str) -> list[Item]:
        now = self._now()
        return [item for item in self._below[video] if item.alive(now)]


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC)


def _refused(status: int, code: str, message: str) -> Response:
    return Response(shape.problem(code, message), status)
