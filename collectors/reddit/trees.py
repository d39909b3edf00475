"""Which comment trees to read when, and what an answer holds of one. Pure.

A matched post's comments are read when it is found and again as it ages, since most of them come
in the first day; after the last look they are left alone. When a look is due follows from times
alone, so a cursor is two moments and a place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from collectors.base import Cursor, Window
from collectors.cursors import moment_in
from collectors.reddit.parse import Item, parse_item

LOOKS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
"""Ages at which a post's comments are read again."""


@dataclass(frozen=True, slots=True)
class Root:
    """A stored post whose comments belong to the campaign. `seen_at`: when it was first stored."""

    fullname: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """Looks that fell due from `since` (`None`: ever) to `until`; done up to the root `after`."""

    since: datetime | None
    until: datetime
    after: str = ""


@dataclass(frozen=True, slots=True)
class More:
    """Comments that an answer leaves out: their ids, or none where a branch goes on below
    `parent`."""

    parent: str
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What one answer shows of a thread."""

    items: tuple[Item, ...]
    more: tuple[More, ...] = ()
    unreadable: int = 0


def round_of(cursor: Cursor, now: datetime) -> Round | None:
    """The round that was interrupted, else a new one; `None` when the clock was set back."""
    done, until = moment_in(cursor, "done_to"), moment_in(cursor, "until")
    if until is not None:
        return Round(done, until, cursor.get("after", ""))
    return Round(done, now) if done is None or done < now else None


def due(roots: Iterable[Root], looks: Round) -> list[Root]:
    """The roots to look at in this round, each once, in a stable order."""
    wanted = (root for root in roots if _is_due(root, looks))
    left = (root for root in wanted if _place(root) > looks.after)
    return sorted(left, key=_place)


def cursor_after(looks: Round, root: Root) -> dict[str, str]:
    """The cursor once `root` is stored."""
    fields = {"until": looks.until.isoformat(), "after": _place(root)}
    return fields | ({"done_to": looks.since.isoformat()} if looks.since else {})


def cursor_done(looks: Round) -> dict[str, str]:
    """The cursor once the round is over."""
    return {"done_to": looks.until.isoformat()}


def covered_by(looks: Round, window: Window) -> Window | None:
    """The time for which every look that fell due was taken."""
    start, end = max(window.start, looks.since or window.start), min(window.end, looks.until)
    return Window(start, end) if start < end else None


def parse_tree(body: object) -> Tree:
    """The answer to `/comments/{id}/`: a listing of the post and one of its comments."""
    listings = body if isinstance(body, list) else []
    return _tree([child for listing in listings for child in _children(listing)])


def parse_more(body: object) -> Tree:
    """The answer to `/api/morechildren/`."""
    found: object = body
    for name in ("json", "data", "things"):
        found = found.get(name) if isinstance(found, dict) else None
    return _tree(found if isinstance(found, list) else [])


def is_tree(body: object) -> bool:
    """Whether an answer is a thread at all."""
    return isinstance(body, list) and len(body) == 2 and all(_is_listing(one) for one in body)


def is_more(body: object) -> bool:
    """Whether an answer is one of `/api/morechildren/`."""
    inner = body.get("json") if isinstance(body, dict) else None
    return isinstance(inner, dict) and isinstance(inner.get("data"), dict)


def _tree(children: Sequence[object]) -> Tree:
    items: dict[str, Item] = {}
    more: list[More] = []
    unreadable = 0
    for kind, data in _walked(children):
        if kind == "more":
            more += _left_out(data)
            continue
        item = parse_item(kind, data)
        if item is None:
            unreadable += 1
        else:
            items[item.fullname] = item
    return Tree(tuple(items.values()), tuple(more), unreadable)


def _walked(children: Sequence[object]) -> Iterator[tuple[str, dict[str, object]]]:
    """Kind and data of every thing in a tree, from the top, without recursion."""
    waiting = list(children)
    while waiting:
        child = waiting.pop(0)
        if not isinstance(child, dict):
            continue
        kind, data = child.get("kind"), child.get("data")
        if kind in ("t1", "t3", "more") and isinstance(data, dict):
            yield kind, data
            waiting += _children(data.get("replies"))


def _left_out(data: dict[str, object]) -> Iterator[More]:
    listed, parent = data.get("children"), data.get("parent_id")
    if not isinstance(listed, list) or not isinstance(parent, str):
        return
    children = tuple(one for one in listed if isinstance(one, str) and one.isalnum())
    if children or parent.startswith("t1_"):
        yield More(parent, children)


def _children(listing: object) -> list[object]:
    data = listing.get("data") if isinstance(listing, dict) else None
    children = data.get("children") if isinstance(data, dict) else None
    return children if isinstance(children, list) else []


def _is_listing(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("data"), dict)


def _is_due(root: Root, looks: Round) -> bool:
    marks = [root.seen_at, *(root.created_at + age for age in LOOKS)]
    return any(
        (looks.since is None or looks.since < mark) and mark <= looks.until for mark in marks
    )


def _place(root: Root) -> str:
    return f"{root.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S} {root.fullname}"
