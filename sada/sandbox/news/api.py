"""A paper's feeds on loopback: articles by pages, comments, ETag and 304."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from sada.sandbox.faults import Fault
from sada.sandbox.item import Item
from sada.sandbox.news import shape
from sada.sandbox.paging import Pages
from sada.sandbox.platform import Now
from sada.sandbox.web import Request, Response

PAGE_SIZE = 20
COMMENTS = 400
"""Comments in their feed: many more than a real paper's ten, so that none scrolls out unseen."""
_XML = {"content-type": "application/rss+xml; charset=UTF-8"}
_TEXT = {"content-type": "text/html; charset=UTF-8"}


class NewsApi:
    """Answers as a paper on WordPress does to anybody. See `Simulator`."""

    def __init__(self, items: Sequence[Item], now: Now) -> None:
        self._now = now
        self._pages = Pages[Item]()
        self._known = {item.id: item for item in items}
        self._newest_first = sorted(items, key=lambda item: item.created_at, reverse=True)

    def answer(self, request: Request) -> Response:
        """See `Simulator.answer`."""
        path = request.path.rstrip("/")
        if path == "/feed":
            return self._articles(request)
        if path == "/comments/feed":
            return self._comments(request)
        return Response(b"<html><h1>404</h1></html>", 404, _TEXT)

    def refuse(self, fault: Fault) -> Response:
        """See `Simulator.refuse`. A success that holds an error is a page instead of a feed."""
        headers = dict(_TEXT)
        if fault.kind in ("429", "429-capped"):
            headers["retry-after"] = "2" if fault.kind == "429" else "7200"
        status = int(fault.kind[:3])
        return Response(b"<html><h1>Sandbox fault</h1></html>", status, headers)

    def _articles(self, request: Request) -> Response:
        """`?paged=2` goes back in time; behind the last page is nothing (404)."""
        now, text = self._now(), request.query.get("paged", "1")
        number = int(text) if text.isdecimal() and 0 < int(text) < 10**6 else 1
        size = min(PAGE_SIZE, request.most)
        shown = [one for one in self._newest_first if one.kind == "original" and one.alive(now)]
        if number > 1 and request.twist == "forgotten-token":
            return Response(b"<html><h1>404</h1></html>", 404, _TEXT)
        if request.twist == "repeated-token":
            number = 1
        page = shown[(number - 1) * size : number * size]
        if not page and request.twist == "endless":
            page = shown[:size]
        page, _ = self._pages.bent(request.twist, page, None if number == 1 else text, None)
        if not page and number > 1:
            return Response(b"<html><h1>404</h1></html>", 404, _TEXT)
        below = Counter(str(one.root) for one in self._newest_first if self._is_comment(one))
        return self._given(request, [shape.article(one, below[one.id], now) for one in page])

    def _comments(self, request: Request) -> Response:
        now = self._now()
        shown = [one for one in self._newest_first if self._is_comment(one)]
        page, _ = self._pages.bent(request.twist, shown[:COMMENTS], None, None)
        answered = [
            self._known[str(one.parent)] if one.parent != one.root else None for one in page
        ]
        entries = [
            shape.comment(one, parent, now) for one, parent in zip(page, answered, strict=True)
        ]
        return self._given(request, entries)

    def _is_comment(self, item: Item) -> bool:
        return item.kind == "reply" and item.alive(self._now())

    def _given(self, request: Request, entries: Sequence[str]) -> Response:
        body = shape.feed(entries)
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        headers = _XML | {"etag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(b"", 304, headers)
        return Response(body, 200, headers)
