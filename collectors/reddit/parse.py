"""Reddit's listings to `Post`s. Pure. Answers are those with `raw_json=1`: nothing is escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from collectors.base import Author, Kind, Metrics, Post
from collectors.text import storable

Json = Mapping[str, Any]

GONE_TEXTS = frozenset({"[deleted]", "[removed]", "[ Removed by Reddit ]"})
_GONE_AUTHOR = "[deleted]"
_REMOVERS_OF_NOTHING = frozenset({"", "automod_filtered"})


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a listing. `post` is `None` when Reddit no longer shows its text."""

    fullname: str
    created_at: datetime
    post: Post | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a listing, newest first as Reddit sorts it. `after` asks for the next one."""

    items: Sequence[Item]
    after: str | None
    unreadable: int = 0


def is_listing(body: Json) -> bool:
    data = body.get("data")
    return isinstance(data, dict) and isinstance(data.get("children"), list)


def parse_listing(body: Json) -> Listing:
    """Posts (t3) and comments (t1) of a listing; other kinds are passed over."""
    data = body["data"]
    items: list[Item] = []
    unreadable = 0
    for child in data["children"]:
        kind = child.get("kind") if isinstance(child, dict) else None
        if kind not in ("t1", "t3"):
            continue
        item = parse_item(kind, child.get("data"))
        if item is None:
            unreadable += 1
        else:
            items.append(item)
    after = data.get("after")
    return Listing(items, after if isinstance(after, str) and after else None, unreadable)


def parse_item(kind: str, data: object) -> Item | None:
    """One entry; `None` without an id or a time."""
    if not isinstance(data, dict) or not data.get("id"):
        return None
    created = _time(data.get("created_utc"))
    if created is None:
        return None
    fullname = str(data.get("name") or f"{kind}_{data['id']}")
    parse = _comment if kind == "t1" else _submission
    return Item(fullname, created, None if _is_gone(kind, data) else parse(fullname, created, data))


def _submission(fullname: str, created: datetime, data: Json) -> Post:
    origin = data.get("crosspost_parent")
    shared = str(origin) if origin else None
    texts = (str(data.get(name) or "").strip() for name in ("title", "selftext"))
    return Post(
        platform="reddit",
        platform_id=fullname,
        created_at=created,
        text=storable("\n\n".join(filter(None, texts))),
        kind=Kind.REPOST if shared else Kind.ORIGINAL,
        author=_author(data),
        metrics=Metrics(
            likes=_score(data),
            reposts=_count(data.get("num_crossposts")),
            replies=_count(data.get("num_comments")),
            views=_count(data.get("view_count")),
        ),
        root_id=shared,
        parent_id=shared,
        edited=bool(data.get("edited")),
    )


def _comment(fullname: str, created: datetime, data: Json) -> Post:
    link, parent = data.get("link_id"), data.get("parent_id")
    return Post(
        platform="reddit",
        platform_id=fullname,
        created_at=created,
        text=storable(str(data.get("body") or "")),
        kind=Kind.REPLY,
        author=_author(data),
        metrics=Metrics(likes=_score(data)),
        root_id=str(link) if link else None,
        parent_id=str(parent or link) if parent or link else None,
        edited=bool(data.get("edited")),
    )


def _is_gone(kind: str, data: Json) -> bool:
    """Whether author, moderators or Reddit took it down. A title outlives its text; Reddit asks
    that all of it be forgotten."""
    if str(data.get("removed_by_category") or "") not in _REMOVERS_OF_NOTHING:
        return True
    text = str(data.get("body" if kind == "t1" else "selftext") or "").strip()
    return text in GONE_TEXTS


def _author(data: Json) -> Author | None:
    """`None` for an account that was deleted."""
    name, identity = data.get("author"), data.get("author_fullname")
    if not name or name == _GONE_AUTHOR:
        return None
    return Author(id=str(identity or name), handle=str(name))


def _score(data: Json) -> int | None:
    """Votes up less votes down, hidden at first in some subreddits; below 0 counts as none."""
    score = data.get("score")
    if data.get("score_hidden") or not isinstance(score, int) or isinstance(score, bool):
        return None
    return max(score, 0)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _time(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
