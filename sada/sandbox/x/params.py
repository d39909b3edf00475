"""Reads the parameters of X API v2 calls and refuses what X refuses with 400."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sada.sandbox.x.query import QueryError, Test, compile_query
from sada.sandbox.x.shape import EXPANSIONS, TWEET_FIELDS, USER_FIELDS, Wanted, names

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
FIELDS = frozenset(
    ["tweet.fields", "user.fields", "expansions", "media.fields", "place.fields", "poll.fields"]
)
BOUNDS = frozenset(["query", "start_time", "end_time", "since_id", "until_id", "next_token"])
SEARCH = BOUNDS | FIELDS | {"max_results", "pagination_token", "sort_order"}
COUNTS = BOUNDS | {"granularity", "pagination_token", "search_count.fields"}
LOOKUP = FIELDS | {"ids"}
RECENT = timedelta(days=7)
SETTLING = timedelta(seconds=30)
PAGE_MARK = "b26v89c19zqg8o3f"


class BadRequest(Exception):
    """A parameter that X does not take."""

    def __init__(self, parameter: str, value: str, message: str) -> None:
        super().__init__(message)
        self.body = {
            "errors": [{"parameters": {parameter: [value]}, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": "https://api.twitter.com/2/problems/invalid-request",
        }


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which posts a search is about: ids and times, the upper ends excluded."""

    above: int
    below: int | None
    start: datetime | None
    end: datetime


@dataclass(frozen=True, slots=True)
class Search:
    """A search as understood."""

    matches: Test
    bounds: Bounds
    size: int
    wanted: Wanted


def read_search(query: Mapping[str, str], now: datetime, *, recent: bool) -> Search:
    """The parameters of both search endpoints. Raises `BadRequest`."""
    known(query, SEARCH)
    return Search(
        read_query(query, 512 if recent else 1024),
        read_bounds(query, now, recent=recent),
        _size(query, 100 if recent else 500),
        read_wanted(query),
    )


def known(query: Mapping[str, str], allowed: frozenset[str]) -> None:
    """Raises `BadRequest` for a parameter that the endpoint does not have."""
    for name, value in query.items():
        if name not in allowed:
            listed = ",".join(sorted(allowed))
            raise BadRequest(name, value, f"The query parameter [{name}] is not one of [{listed}]")


def read_query(query: Mapping[str, str], limit: int) -> Test:
    """The compiled `query` parameter."""
    text = query.get("query", "")
    if not 1 <= len(text) <= limit:
        raise BadRequest(
            "query",
            text,
            f"Invalid 'query':'{text}'. 'query' must be a string between 1 and {limit} characters",
        )
    try:
        return compile_query(text)
    except QueryError as error:
        raise BadRequest("query", text, f"{error} (at position 1)") from error


def read_bounds(query: Mapping[str, str], now: datetime, *, recent: bool) -> Bounds:
    """Times and ids; `since_id` stands over `start_time`, as on X."""
    start, end = _time(query, "start_time"), _time(query, "end_time")
    oldest = now - RECENT if recent else None
    if end is not None and end > now - timedelta(seconds=10):
        raise _bad(query, "end_time", "must be a minimum of 10 seconds prior to the request time.")
    if oldest and start and start < oldest:
        raise _bad(query, "start_time", f"must be on or after {oldest:%Y-%m-%dT%H:%MZ}.")
    end = end or now - SETTLING
    if start is not None and start >= end:
        raise _bad(query, "start_time", "must be before 'end_time'.")
    since, below = _identity(query, "since_id"), _identity(query, "until_id")
    if oldest and since is not None and since < first_id(oldest):
        message = f"must be a tweet id created after {oldest:%Y-%m-%dT%H:%MZ}."
        raise _bad(query, "since_id", message)
    last = _last_of_page(query)
    below = last if below is None or (last is not None and last < below) else below
    return Bounds(since or 0, below, oldest if since is not None else start or oldest, end)


def page_token(last: str) -> str:
    """The `next_token` of a page that ended with the post `last`."""
    return f"{PAGE_MARK}{int(last):x}"


def forgotten(token: str) -> BadRequest:
    """What X says of a page token that it no longer knows."""
    return _bad({"next_token": token}, "next_token", "is not a valid token.")


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """Fields and expansions."""
    return Wanted(
        _chosen(query, "tweet.fields", TWEET_FIELDS),
        _chosen(query, "user.fields", USER_FIELDS),
        _chosen(query, "expansions", EXPANSIONS),
    )


def _chosen(query: Mapping[str, str], name: str, allowed: frozenset[str]) -> frozenset[str]:
    chosen = frozenset(names(query.get(name)))
    for value in sorted(chosen - allowed):
        listed = ",".join(sorted(allowed))
        message = f"The `{name}` query parameter value [{value}] is not one of [{listed}]"
        raise BadRequest(name, value, message)
    return chosen


def _size(query: Mapping[str, str], most: int) -> int:
    text = query.get("max_results", "10")
    if not text.isdecimal() or not 10 <= int(text) <= most:
        message = f"The `max_results` query parameter value [{text}] is not between 10 and {most}"
        raise BadRequest("max_results", text, message)
    return int(text)


def _time(query: Mapping[str, str], name: str) -> datetime | None:
    text = query.get(name)
    if text is None:
        return None
    if not TIME.fullmatch(text):
        raise _bad(query, name, "is not a valid RFC3339 date-time.")
    return datetime.fromisoformat(text).astimezone(UTC)


def _identity(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 19:
        raise _bad(query, name, "is not a valid tweet id.")
    return int(text)


def _last_of_page(query: Mapping[str, str]) -> int | None:
    text = query.get("next_token") or query.get("pagination_token")
    if text is None:
        return None
    if not re.fullmatch(PAGE_MARK + "[0-9a-f]{1,16}", text):
        raise _bad(query, "next_token", "is not a valid token.")
    return int(text.removeprefix(PAGE_MARK), 16)


def first_id(moment: datetime) -> int:
    """The lowest id that a post of `moment` can have."""
    return (int(moment.timestamp() * 1000) - 1_288_834_974_657) << 22


def moment_of(identity: int) -> datetime:
    """When the post with this id was made."""
    return datetime.fromtimestamp(((identity >> 22) + 1_288_834_974_657) / 1000, UTC)


def _bad(query: Mapping[str, str], name: str, problem: str) -> BadRequest:
    value: Any = query.get(name, "")
    return BadRequest(name, value, f"Invalid '{name}':'{value}'. '{name}' {problem}")
