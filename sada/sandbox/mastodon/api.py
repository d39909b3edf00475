"""Mastodon's REST API on loopback: hashtag timelines and statuses on two servers."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from sada.sandbox.faults import Fault
from sada.sandbox.item import Item
from sada.sandbox.limits import Limits, Standing
from sada.sandbox.mastodon import shape
from sada.sandbox.mastodon.maker import DOMAIN
from sada.sandbox.paging import Pages
from sada.sandbox.platform import Now
from sada.sandbox.web import Request, Response
from sada.sandbox.words import fold

HOME, FAR = "home", "far"
WINDOW, CALLS = 300, 300
LATE = timedelta(minutes=10)
"""How long the other server takes to hear of a status."""
UNHEARD = 5
"""Of so many statuses the other server misses one."""
_PATH = re.compile(rf"/({HOME}|{FAR})/api/(v\d)/(.+?)/?")
_TAGS = re.compile(r"#(\w+)")


class MastodonApi:
    """Answers as two servers do to anybody. See `Simulator`."""

    def __init__(self, items: Sequence[Item], now: Now) -> None:
        self._now = now
        self._limits = Limits(WINDOW, now)
        self._pages = Pages[Item]()
        self._newest_first = sorted(items, key=lambda item: item.created_at, reverse=True)
        self._known = {item.id.rpartition("/")[2]: item for item in items}

    def answer(self, request: Request) -> Response:
        """See `Simulator.answer`."""
        match = _PATH.fullmatch(request.path)
        if match is None:
            return _problem(404, "Not Found")
        server, _, call = match.groups()
        standing = self._limits.take(server, CALLS)
        headers = _headers(standing)
        if not standing.allowed:
            return _problem(429, "Too many requests", headers)
        if call == "instance":
            domain = DOMAIN if server == HOME else "far.sandbox.example"
            return Response(
                {"domain": domain, "version": "4.4.0", "title": "Sandbox"}, 200, headers
            )
        if call.startswith("timelines/tag/"):
            tag = unquote(call.removeprefix("timelines/tag/"))
            return Response(self._timeline(request, server, tag), 200, headers)
        if call.startswith("statuses/"):
            return self._status(server, call.removeprefix("statuses/"), headers)
        return _problem(404, "Not Found", headers)

    def refuse(self, fault: Fault) -> Response:
        """See `Simulator.refuse`. Its only quota is that of five minutes."""
        status = int(fault.kind[:3])
        waits = {"429": 2, "429-capped": WINDOW}
        reset = self._now() + timedelta(seconds=waits.get(fault.kind, 0))
        told = {"x-ratelimit-reset": _reset(reset), "x-ratelimit-remaining": "0"}
        return _problem(status, "Sandbox fault", told if fault.kind in waits else {})

    def _timeline(self, request: Request, server: str, tag: str) -> list[dict[str, Any]]:
        """Newest first, below `max_id`, which clients take from the last status they have."""
        now, query = self._now(), request.query
        size = min(_limit(query.get("limit")), request.most)
        below = query.get("max_id")
        rows = self._page(server, tag, None if request.twist == "repeated-token" else below, size)
        if not rows and request.twist == "endless":
            rows = self._page(server, tag, None, size)
        page, _ = self._pages.bent(request.twist, rows, below, None)
        return [shape.status(one, _id(one, server), now, home=server == HOME) for one in page]

    def _page(self, server: str, tag: str, below: str | None, size: int) -> list[Item]:
        wanted, highest = fold(tag), int(below) if below and below.isdecimal() else None
        found = (
            item
            for item in self._newest_first
            if self._shows(server, item)
            and (highest is None or int(_id(item, server)) < highest)
            and wanted in {fold(one) for one in _TAGS.findall(item.version(self._now()).text)}
        )
        return [item for item, _ in zip(found, range(size), strict=False)]

    def _shows(self, server: str, item: Item) -> bool:
        now = self._now()
        if not item.alive(now):
            return False
        return server == HOME or (_heard(item) and item.created_at + LATE <= now)

    def _status(self, server: str, number: str, headers: dict[str, str]) -> Response:
        item = self._known.get(number) if server == HOME else None
        if item is None or not self._shows(server, item):
            return _problem(404, "Record not found", headers)
        return Response(shape.status(item, number, self._now(), home=True), 200, headers)


def _id(item: Item, server: str) -> str:
    """The number that a server gives a status: in order of time everywhere, the same nowhere."""
    number = int(item.id.rpartition("/")[2])
    return str(number if server == HOME else number ^ 0x5555)


def _heard(item: Item) -> bool:
    return int(item.id.rpartition("/")[2]) % UNHEARD != 0


def _limit(text: str | None) -> int:
    return min(40, max(1, int(text))) if text and text.isdecimal() else 20


def _reset(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _headers(standing: Standing) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(standing.limit),
        "x-ratelimit-remaining": str(standing.remaining),
        "x-ratelimit-reset": _reset(datetime.fromtimestamp(standing.reset, UTC)),
    }


def _problem(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return Response({"error": message}, status, headers or {})
