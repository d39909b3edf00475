"""JSON objects one a line, or in one array: a row each, nested fields as dotted columns."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from collectors.files.json_objects import Piece
from collectors.files.rows import Nested, Rejected, Row
from collectors.files.streams import Line

SHOWN = 100_000
"""Characters of a rejected line that are kept, to be mended."""
_INCLUDED = ("tweets", "posts")
_REFERENCES = ("referenced_tweets", "referenced_posts")


def read_ndjson(lines: Iterable[Line]) -> Iterator[Row | Rejected]:
    """Rows of an NDJSON text; a page of the X API (`data` with `includes`) gives one row a post."""
    for line in lines:
        if line.text is None:
            yield Rejected(line.number, line.reason, "")
        elif line.text.strip():
            yield from rows_of(line.number, line.text)


def read_objects(pieces: Iterable[Piece]) -> Iterator[Row | Rejected]:
    """Rows of the objects of a JSON array, or of objects that stretch over several lines."""
    for piece in pieces:
        if piece.reason:
            yield Rejected(piece.line, piece.reason, piece.text[:SHOWN])
        else:
            yield from rows_of(piece.line, piece.text)


def rows_of(number: int, text: str) -> Iterator[Row | Rejected]:
    """The rows of one JSON text."""
    try:
        value = json.loads(text)
    except RecursionError:
        yield Rejected(number, "not a JSON object: nested too deeply", text[:SHOWN])
        return
    except ValueError as error:
        reason = getattr(error, "msg", "a number has thousands of digits")
        yield Rejected(number, f"not a JSON object: {reason}", text[:SHOWN])
        return
    if not isinstance(value, dict):
        yield Rejected(number, "not a JSON object: each line must be one {…}", text[:SHOWN])
        return
    yield from (Row(number, Nested(item)) for item in _posts(value))


def _posts(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    data = value.get("data")
    if not isinstance(data, list):
        yield value
        return
    includes = value.get("includes")
    users = _by_id(includes, ("users",))
    referred = _by_id(includes, _INCLUDED)
    for post in data:
        if isinstance(post, dict):
            yield _whole(post, users, referred)


def _whole(post: dict[str, Any], users: dict[str, Any], referred: dict[str, Any]) -> dict[str, Any]:
    """A post with its author and the posts that it refers to put into it."""
    whole = dict(post)
    author = users.get(str(post.get("author_id")))
    if author:
        whole.setdefault("author", author)
    for name in _REFERENCES:
        if isinstance(listed := post.get(name), list):
            whole[name] = [
                {**referred.get(str(one.get("id")), {}), **one} if isinstance(one, dict) else one
                for one in listed
            ]
    return whole


def _by_id(includes: object, names: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        listed = includes.get(name) if isinstance(includes, dict) else None
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict):
                found[str(one.get("id"))] = one
    return found
