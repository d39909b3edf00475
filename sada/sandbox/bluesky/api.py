"""Bluesky's XRPC on loopback: log-in, search, look-up."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sada.sandbox.bluesky import shape
from sada.sandbox.faults import Fault
from sada.sandbox.item import Item
from sada.sandbox.limits import Limits, Standing
from sada.sandbox.paging import Pages
from sada.sandbox.platform import Now
from sada.sandbox.search import Text, all_of
from sada.sandbox.web import Request, Response

WINDOW, CALLS = 300, 3000
DEEPEST = 10_000
"""Posts that paging reaches."""
ACCESS = "sandbox-access-jwt"
NAMES = {
    401: "InvalidToken",
    402: "PaymentRequired",
    403: "Forbidden",
    429: "RateLimitExceeded",
    500: "InternalServerError",
    503: "NotEnoughResources",
}


class BlueskyApi:
    """Answers as a Bluesky server does to one account. See `Simulator`."""

    def __init__(self, items: Sequence[Item], account: tuple[str, str], now: Now) -> None:
        self._account, self._now = account, now
        self._limits = Limits(WINDOW, now)
        self._pages = Pages[Item]()
        self._known = {item.id: item for item in items}
        self._newest_first = sorted(items, key=lambda item: item.created_at, reverse=True)
        self._texts = {item.id: Text.of(item.versions[0].text) for item in items}

    def answer(self, request: Request) -> Response:
        """See `Simulator.answer`."""
        method = request.path.removeprefix("/xrpc/")
        if method == "com.atproto.server.createSession":
            return self._log_in(request)
        standing = self._limits.take("all", CALLS)
        if not standing.allowed:
            return _problem(429, "RateLimitExceeded", "Rate Limit Exceeded", _headers(standing))
        if request.headers.get("authorization") != f"Bearer {ACCESS}":
            return _problem(401, "AuthMissing", "Authentication Required")
        if method == "app.bsky.feed.searchPosts":
            return self._search(request, _headers(standing))
        if method == "app.bsky.feed.getPosts":
            return self._posts(request, _headers(standing))
        return _problem(501, "MethodNotImplemented", "Method Not Implemented")

    def refuse(self, fault: Fault) -> Response:
        """See `Simulator.refuse`. A log-in that is refused for a day is its only quota."""
        status = int(fault.kind[:3])
        if status == 200:
            return Response({"error": "UpstreamFailure", "message": "the search is away"})
        now = int(self._now().timestamp())
        resets = {"429": now + 2, "429-capped": now + 86_400}
        reset = resets.get(fault.kind)
        headers = {"ratelimit-reset": str(reset), "ratelimit-remaining": "0"} if reset else {}
        return _problem(status, NAMES[status], "Sandbox fault", headers)

    def _log_in(self, request: Request) -> Response:
        try:
            given = json.loads(request.body or "{}")
        except ValueError:
            return _problem(400, "InvalidRequest", "Input must be JSON")
        if (given.get("identifier"), given.get("password")) != self._account:
            return _problem(401, "AuthenticationRequired", "Invalid identifier or password")
        session = {"did": "did:plc:sandboxaccount", "handle": self._account[0], "active": True}
        return Response(session | {"accessJwt": ACCESS, "refreshJwt": "sandbox-refresh-jwt"})

    def _search(self, request: Request, headers: dict[str, str]) -> Response:
        query, now = request.query, self._now()
        if not query.get("q"):
            return _problem(400, "InvalidRequest", "Error: Params must have the property 'q'")
        token = query.get("cursor")
        opened = self._pages.opened(token)
        if opened is not None and (request.twist == "forgotten-token" or not opened.isdecimal()):
            return _problem(400, "InvalidRequest", "invalid cursor")
        first, size = int(opened or 0), min(_limit(query.get("limit")), request.most)
        matching = self._matching(
            query["q"], _bound(query.get("since")), _bound(query.get("until"))
        )
        page = matching[:DEEPEST][first : first + size]
        more = first + size < min(len(matching), DEEPEST)
        page, following = self._pages.bent(
            request.twist, page, token, str(first + size) if more else None
        )
        body: dict[str, Any] = {"posts": [shape.view(item, self._known, now) for item in page]}
        return Response(body | ({"cursor": following} if following else {}), 200, headers)

    def _matching(self, q: str, since: datetime | None, until: datetime | None) -> list[Item]:
        now, wanted = self._now(), all_of(q)
        return [
            item
            for item in self._newest_first
            if item.alive(now)
            and (since is None or item.created_at >= since)
            and (until is None or item.created_at < until)
            and wanted(self._texts[item.id])
        ]

    def _posts(self, request: Request, headers: dict[str, str]) -> Response:
        uris, now = request.lists.get("uris", []), self._now()
        if not 1 <= len(uris) <= 25:
            return _problem(400, "InvalidRequest", "Error: uris must have 1 to 25 entries")
        found = [self._known[uri] for uri in uris if uri in self._known]
        views = [shape.view(item, self._known, now) for item in found if item.alive(now)]
        return Response({"posts": views}, 200, headers)


def _limit(text: str | None) -> int:
    return min(100, max(1, int(text))) if text and text.isdecimal() else 25


def _bound(text: str | None) -> datetime | None:
    if text is None:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        text += "T00:00:00Z"
    return datetime.fromisoformat(text).astimezone(UTC)


def _headers(standing: Standing) -> dict[str, str]:
    return {
        "ratelimit-limit": str(standing.limit),
        "ratelimit-remaining": str(standing.remaining),
        "ratelimit-reset": str(standing.reset),
        "ratelimit-policy": f"{CALLS};w={WINDOW}",
    }


def _problem(
    status: int, name: str, message: str, headers: dict[str, str] | None = None
) -> Response:
    return Response({"error": name, "message": message}, status, headers or {})
