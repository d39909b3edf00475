"""X API v2 on loopback: recent and full-archive search, counts, look-up, compliance, usage."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sada.sandbox.faults import Fault
from sada.sandbox.item import Item, Version
from sada.sandbox.limits import Limits
from sada.sandbox.paging import Pages
from sada.sandbox.web import Request, Response
from sada.sandbox.x import compliance
from sada.sandbox.x import shape as x_shape
from sada.sandbox.x.params import (
    COUNTS,
    LOOKUP,
    BadRequest,
    Bounds,
    Search,
    first_id,
    forgotten,
    known,
    moment_of,
    page_token,
    read_bounds,
    read_query,
    read_search,
    read_wanted,
)
from sada.sandbox.x.query import Document, Test

WINDOW = 15 * 60
LIMITS = {
    "/2/tweets/search/recent": 450,
    "/2/tweets/search/all": 300,
    "/2/tweets/counts/recent": 300,
    "/2/tweets/counts/all": 300,
    "/2/tweets": 300,
    "/2/usage/tweets": 50,
    compliance.PATH: 150,
}
PROBLEMS = "https://api.twitter.com/2/problems/"
COUNTS_PAGE = timedelta(days=31)
STEPS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
TITLES = {
    401: "Unauthorized",
    402: "CreditsDepleted",
    403: "Forbidden",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class XApi:
    """Answers as X does to one bearer token. Shows what was posted until `now()`."""

    def __init__(self, items: Sequence[Item], token: str, now: Callable[[], datetime]) -> None:
        self._token, self._now = token, now
        self._limits = Limits(WINDOW, now)
        self._pages = Pages[tuple[Item, Version]]()
        self._known = {one.id: item for item in items for one in item.versions}
        rows = [(int(one.id), item, one) for item in items for one in item.versions]
        self._newest_first = sorted(rows, key=lambda row: -row[0])
        self._documents: dict[str, Document] = {}
        self._calls: dict[str, Callable[[Request], Any]] = {
            "/2/tweets/search/recent": lambda request: self._search(request, recent=True),
            "/2/tweets/search/all": lambda request: self._search(request, recent=False),
            "/2/tweets/counts/recent": lambda request: self._counts(request, recent=True),
            "/2/tweets/counts/all": lambda request: self._counts(request, recent=False),
            "/2/tweets": self._lookup,
            "/2/usage/tweets": self._usage,
        }
        self.compliance = compliance.Compliance(self._known, now)
        self._read = 0

    def answer(self, request: Request) -> Response:
        """The answer to one call."""
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return _problem(401, "Unauthorized", "Unauthorized", "about:blank")
        name = compliance.PATH if request.path.startswith(compliance.PATH) else request.path
        call = self._calls.get(name) if request.method == "GET" else None
        if call is None and name != compliance.PATH:
            return _problem(404, "Not Found", f"No such path: {request.path}", "about:blank")
        standing = self._limits.take(name, LIMITS[name])
        headers = {
            "x-rate-limit-limit": str(standing.limit),
            "x-rate-limit-remaining": str(standing.remaining),
            "x-rate-limit-reset": str(standing.reset),
        }
        if not standing.allowed:
            refused = _problem(429, "Too Many Requests", "Too Many Requests", "about:blank")
            return Response(refused.body, 429, headers)
        if call is None:
            return self.compliance.answer(request)
        try:
            return Response(call(request), 200, headers)
        except BadRequest as error:
            return Response(error.body, 400, headers)

    def refuse(self, fault: Fault) -> Response:
        """See `Simulator.refuse`."""
        status = int(fault.kind[:3])
        if fault.kind == "200-errors":
            return Response({"errors": [{"title": TITLES[503], "detail": "", "type": PROBLEMS}]})
        kind = {"402": "credits", "429-capped": "usage-capped"}.get(fault.kind)
        title = "UsageCapExceeded" if fault.kind == "429-capped" else TITLES[status]
        problem = _problem(status, title, title, PROBLEMS + kind if kind else "about:blank")
        reset = {"x-rate-limit-reset": str(int(self._now().timestamp()) + 2)}
        limited = {"x-rate-limit-limit": "450", "x-rate-limit-remaining": "0"}
        return Response(problem.body, status, limited | reset if fault.kind == "429" else {})

    def _search(self, request: Request, *, recent: bool) -> dict[str, Any]:
        now, token = self._now(), request.query.get("next_token")
        search = read_search(self._opened(request), now, recent=recent)
        rows = self._matching(search.matches, search.bounds, now)
        page = list(islice(rows, min(search.size, request.most)))
        following = None
        if page and next(rows, None) is not None:
            following = page_token(page[-1][1].id)
        page, following = self._pages.bent(request.twist, page, token, following)
        answer = self._page(page, now, search)
        if following is not None:
            answer["meta"]["next_token"] = following
        self._read += len(page)
        return answer

    def _opened(self, request: Request) -> dict[str, str]:
        """The parameters of a search. Raises `BadRequest` for a page token that is forgotten."""
        query = dict(request.query)
        token = query.pop("next_token", None)
        if token is not None and request.twist == "forgotten-token":
            raise forgotten(token)
        opened = self._pages.opened(token)
        return query if opened is None else query | {"next_token": opened}

    def _page(
        self, page: list[tuple[Item, Version]], now: datetime, search: Search
    ) -> dict[str, Any]:
        if not page:
            return {"meta": {"result_count": 0}}
        data = [x_shape.tweet(item, version, now, search.wanted) for item, version in page]
        items = [item for item, _ in page]
        included, errors = x_shape.includes(items, self._known, now, search.wanted)
        ids = sorted((version.id for _, version in page), key=int)
        meta = {"newest_id": ids[-1], "oldest_id": ids[0], "result_count": len(page)}
        parts = {"data": data, "includes": included, "errors": errors, "meta": meta}
        return {name: part for name, part in parts.items() if part}

    def _matching(
        self, matches: Test, bounds: Bounds, now: datetime
    ) -> Iterator[tuple[Item, Version]]:
        """Posts newest first, each in its present version."""
        for number, item, version in self._newest_first:
            if number <= bounds.above or (bounds.start and version.at < bounds.start):
                return
            late = version.at >= bounds.end or (bounds.below and number >= bounds.below)
            if late or not item.alive(now) or item.version(now) is not version:
                continue
            if matches(self._document(item, version)):
                yield item, version

    def _document(self, item: Item, version: Version) -> Document:
        known = self._documents.get(version.id)
        if known is None:
            root = str(item.root) if item.kind == "reply" else item.id
            handle, lang = item.author.handle, x_shape.lang(item)
            known = Document.of(version.text, handle, lang, item.kind, root)
            self._documents[version.id] = known
        return known

    def _counts(self, request: Request, *, recent: bool) -> dict[str, Any]:
        """Counts by time, the newest month first where the archive is asked for more."""
        now = self._now()
        known(request.query, COUNTS)
        matches = read_query(request.query, 512 if recent else 1024)
        bounds = read_bounds(request.query, now, recent=recent)
        if bounds.below is not None:
            bounds = replace(bounds, end=min(bounds.end, moment_of(bounds.below)))
        earlier = None
        if bounds.start and bounds.start < bounds.end - COUNTS_PAGE:
            earlier = bounds.end - COUNTS_PAGE
            bounds = replace(bounds, start=earlier)
        unit = request.query.get("granularity", "hour")
        if unit not in STEPS:
            message = f"The `granularity` query parameter value [{unit}] is not one of [{STEPS}]"
            raise BadRequest("granularity", unit, message)
        moments = [version.at for _, version in self._matching(matches, bounds, now)]
        buckets = [
            {
                "start": x_shape.stamp(start),
                "end": x_shape.stamp(end),
                "tweet_count": sum(start <= one < end for one in moments),
            }
            for start, end in _buckets(bounds, unit)
        ]
        meta: dict[str, Any] = {"total_tweet_count": len(moments)}
        if earlier is not None:
            meta["next_token"] = page_token(str(first_id(earlier)))
        return {"data": buckets, "meta": meta}

    def _lookup(self, request: Request) -> dict[str, Any]:
        now = self._now()
        known(request.query, LOOKUP)
        wanted = read_wanted(request.query)
        ids = request.query.get("ids", "").split(",")
        if not 1 <= len(ids) <= 100 or not all(one.isdecimal() for one in ids):
            raise BadRequest("ids", ",".join(ids), "The `ids` parameter takes 1 to 100 tweet ids")
        found = [(self._known[one], one) for one in ids if self._there(one, now)]
        included, errors = x_shape.includes([item for item, _ in found], self._known, now, wanted)
        errors += [x_shape.missing(one, "ids") for one in ids if not self._there(one, now)]
        data = [
            x_shape.tweet(item, next(v for v in item.versions if v.id == one), now, wanted)
            for item, one in found
        ]
        self._read += len(data)
        parts = {"data": data, "includes": included, "errors": errors}
        return {name: part for name, part in parts.items() if part}

    def _there(self, identity: str, now: datetime) -> bool:
        item = self._known.get(identity)
        return bool(
            item
            and item.alive(now)
            and any(one.id == identity and one.at <= now for one in item.versions)
        )

    def _usage(self, request: Request) -> dict[str, Any]:
        return {
            "data": {
                "project_id": "1",
                "project_cap": "3000000",
                "cap_reset_day": 1,
                "project_usage": str(self._read),
            }
        }


def _buckets(bounds: Bounds, unit: str) -> Iterator[tuple[datetime, datetime]]:
    """Stretches of one unit between the bounds, cut at whole units; the ends may be shorter."""
    start, step = bounds.start or bounds.end, STEPS[unit].total_seconds()
    while start < bounds.end:
        whole = datetime.fromtimestamp(start.timestamp() // step * step, UTC)
        end = min(whole + STEPS[unit], bounds.end)
        yield start, end
        start = end


def _problem(status: int, title: str, detail: str, kind: str) -> Response:
    return Response({"title": title, "type": kind, "status": status, "detail": detail}, status)
