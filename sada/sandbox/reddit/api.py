"""Reddit's API on loopback: token, search, listings of submissions and comments, look-up."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sada.sandbox.faults import Fault
from sada.sandbox.item import Item
from sada.sandbox.limits import Limits, Standing
from sada.sandbox.paging import Pages
from sada.sandbox.reddit import shape
from sada.sandbox.reddit.query import compile_reddit_query
from sada.sandbox.reddit.threads import Threads
from sada.sandbox.web import Request, Response

WINDOW, CALLS = 600, 1000
HEAD_START = WINDOW // 2
"""Reddit's windows follow its own clock; prawcore slows down a client that meets the start of one,
so the sandbox has a new client meet the middle."""
LISTING_CAP = 1000
SEARCH_CAP = 250
SPANS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "year": 366}
PAGES = re.compile(r"/r/([\w+]+)/(search|new|comments|about)/?(?:\.json)?")
ACCESS = "sandbox-access-token"


class RedditApi:
    """Answers as Reddit does to one client. Shows what was posted until `now()`."""

    def __init__(
        self, items: Sequence[Item], client: tuple[str, str], now: Callable[[], datetime]
    ) -> None:
        self._now = now
        pair = base64.b64encode(":".join(client).encode()).decode()
        self._basic = f"Basic {pair}"
        self._limits = Limits(WINDOW, now, HEAD_START)
        self._pages = Pages[Item]()
        self._known = {item.id: item for item in items}
        self._threads = Threads(items)
        self._newest_first = sorted(items, key=lambda item: item.created_at, reverse=True)

    def answer(self, request: Request) -> Response:
        """The answer to one call."""
        if request.path == "/api/v1/access_token":
            return self._token(request)
        if request.headers.get("authorization", "").lower() != f"bearer {ACCESS}":
            challenge = {"www-authenticate": 'Bearer realm="reddit", error="invalid_token"'}
            return Response({"message": "Unauthorized", "error": 401}, 401, challenge)
        standing = self._limits.take("all", CALLS)
        if not standing.allowed:
            return Response(
                _error("Too Many Requests", 429),
                429,
                _headers(standing) | {"retry-after": str(standing.wait)},
            )
        body = self._body(request)
        if body is None:
            return Response(_error("Not Found", 404), 404, _headers(standing))
        return Response(body, 200, _headers(standing))

    def refuse(self, fault: Fault) -> Response:
        """See `Simulator.refuse`. Reddit knows no quota but its ten minutes."""
        status = int(fault.kind[:3])
        waits = {"429": "2", "429-capped": "600"}
        headers = {"retry-after": waits[fault.kind]} if fault.kind in waits else {}
        message = "Sandbox fault"
        return Response(_error(message, 503 if status == 200 else status), status, headers)

    def _token(self, request: Request) -> Response:
        if request.method != "POST" or request.headers.get("authorization") != self._basic:
            challenge = {"www-authenticate": 'Basic realm="reddit"'}
            return Response(_error("Unauthorized", 401), 401, challenge)
        if request.form.get("grant_type") != "client_credentials":
            return Response({"error": "unsupported_grant_type"}, 200)
        granted = {"access_token": ACCESS, "token_type": "bearer", "expires_in": 86400}
        return Response(granted | {"scope": "*"}, 200)

    def _body(self, request: Request) -> Any:
        now = self._now()
        if request.path.rstrip("/") == "/api/info":
            return self._info(request.query, now)
        if match := re.fullmatch(r"/comments/(\w+)/?(?:_/?)?", request.path):
            return self._threads.page(match[1], request.query.get("comment"), now)
        if request.path.rstrip("/") == "/api/morechildren" and request.method == "POST":
            return self._threads.more(request.form, now)
        match = PAGES.fullmatch(request.path)
        if match is None:
            return None
        if match[2] == "about":
            return shape.subreddit(match[1])
        items = self._listed(match[2], match[1], request.query, now)
        cap = SEARCH_CAP if match[2] == "search" else LISTING_CAP
        return self._page(items[:cap], request, now)

    def _listed(
        self, page: str, places: str, query: Mapping[str, str], now: datetime
    ) -> list[Item]:
        """Newest first: of the named subreddits (`all` for all), alive at `now`."""
        named = {name.casefold() for name in places.split("+")}
        kind = "reply" if page == "comments" else "original"
        found = [
            item
            for item in self._newest_first
            if item.kind == kind
            and item.alive(now)
            and ("all" in named or item.place.casefold() in named)
        ]
        if page != "search":
            return found
        wanted = compile_reddit_query(query.get("q", ""))
        days = SPANS.get(query.get("t", "all"))
        since = now - timedelta(days=days) if days else None
        return [
            item
            for item in found
            if (since is None or item.created_at >= since)
            and wanted(f"{item.title} {item.version(now).text}")
        ]

    def _page(self, items: Sequence[Item], request: Request, now: datetime) -> dict[str, Any]:
        """One page of a listing by `limit`, `after` and `before`; an unknown mark gives none."""
        token = request.query.get("after")
        marks = {**request.query, "after": self._opened(request)}
        chosen, after, before = _cut(items, marks, min(_limit(marks.get("limit")), request.most))
        chosen, after = self._pages.bent(request.twist, chosen, token, after)
        return shape.listing([self._thing(item, now) for item in chosen], after, before)

    def _opened(self, request: Request) -> str:
        """The mark to go on after, or one that no entry has."""
        token = request.query.get("after") or None
        if token is not None and request.twist == "forgotten-token":
            return "t3_"
        return self._pages.opened(token) or ""

    def _info(self, query: Mapping[str, str], now: datetime) -> dict[str, Any]:
        """Posts by full name; unknown ones are left out, deleted ones are emptied."""
        asked = query.get("id", "").split(",")[:100]
        found = [self._known[one] for one in asked if one in self._known]
        return shape.listing([self._thing(item, now) for item in found if item.created_at <= now])

    def _thing(self, item: Item, now: datetime) -> dict[str, Any]:
        return shape.thing(item, self._known[str(item.root)], now)


def _cut(
    items: Sequence[Item], query: Mapping[str, str], size: int
) -> tuple[list[Item], str | None, str | None]:
    """The entries of a page, and the marks of the pages after and before it."""
    names = [item.id for item in items]
    if mark := query.get("before"):
        end = names.index(mark) if mark in names else 0
        chosen = items[max(0, end - size) : end]
        names = names[:end]  # no `after` leads back behind the mark
    else:
        mark = query.get("after")
        first = 0 if not mark else names.index(mark) + 1 if mark in names else len(names)
        chosen = items[first : first + size]
    after = chosen[-1].id if chosen and chosen[-1].id != names[-1] else None
    before = chosen[0].id if chosen and chosen[0].id != names[0] else None
    return list(chosen), after, before


def _limit(text: str | None) -> int:
    return min(100, max(1, int(text))) if text and text.isdecimal() else 25


def _error(message: str, status: int) -> dict[str, Any]:
    return {"message": message, "error": status}


def _headers(standing: Standing) -> dict[str, str]:
    return {
        "x-ratelimit-remaining": f"{standing.remaining}.0",
        "x-ratelimit-used": str(standing.limit - standing.remaining),
        "x-ratelimit-reset": str(standing.wait),
    }
