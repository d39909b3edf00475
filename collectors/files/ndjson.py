"""NDJSON: one JSON object a line, nested fields as dotted columns (`public_metrics.like_count`)."""

import json
from collections.abc import Iterable, Iterator

from collectors.files.rows import Rejected, Row
from collectors.files.streams import Line

MAX_DEPTH = 6
MAX_ITEMS = 3
"""Elements of a list that become columns (`referenced_tweets.0.type`)."""
_SHOWN = 2_000


def read_ndjson(lines: Iterable[Line]) -> Iterator[Row | Rejected]:
    """Rows of an NDJSON text; a page of the X API (`data` with `includes`) gives one row a post."""
    for line in lines:
        if line.text is None:
            yield Rejected(line.number, line.reason, "")
        elif line.text.strip():
            yield from _rows(line.number, line.text)


def flatten(value: object, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """The leaves of a JSON value by dotted name; what lies deeper than `MAX_DEPTH` is left out."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, f"{prefix}.{key}" if prefix else str(key), depth + 1)
    elif isinstance(value, list):
        for place, inner in enumerate(value[:MAX_ITEMS]):
            yield from flatten(inner, f"{prefix}.{place}", depth + 1)
    elif value is not None:
        yield prefix, value


def _rows(number: int, text: str) -> Iterator[Row | Rejected]:
    try:
        value = json.loads(text)
    except RecursionError:
        yield Rejected(number, "not a JSON object: nested too deeply", text[:_SHOWN])
        return
    except ValueError as error:
        reason = getattr(error, "msg", "a number has thousands of digits")
        yield Rejected(number, f"not a JSON object: {reason}", text[:_SHOWN])
        return
    if not isinstance(value, dict):
        yield Rejected(number, "not a JSON object: each line must be one {…}", text[:_SHOWN])
        return
    for item in _posts(value):
        yield Row(number, dict(flatten(item)))


def _posts(value: dict[str, object]) -> Iterator[dict[str, object]]:
    data = value.get("data")
    if not isinstance(data, list):
        yield value
        return
    users = _users(value.get("includes"))
    for post in data:
        if isinstance(post, dict):
            author = users.get(str(post.get("author_id")))
            yield {**post, "author": author} if author and "author" not in post else post


def _users(includes: object) -> dict[str, object]:
    users = includes.get("users") if isinstance(includes, dict) else None
    if not isinstance(users, list):
        return {}
    return {str(user.get("id")): user for user in users if isinstance(user, dict)}
