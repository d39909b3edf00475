"""Posts and batches for the tests of this room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from collectors.base import Author, Cursor, Kind, Metrics, Post, Window
from storage.collecting import Batch, Incoming, Stored, store_batch
from storage.database import Database

SECRET = b"a secret of thirty-two bytes ..."
ZONE = ZoneInfo("Africa/Casablanca")
NOW = datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
SLUG = "campaign"


@dataclass(frozen=True)
class Understood:
    language: str = "fr"
    label: str = "neu"
    neg: float = 0.2
    neu: float = 0.5
    pos: float = 0.3
    offensive: float = 0.1


def post(number: int | str, text: str | None = None, **fields: Any) -> Post:
    fields.setdefault("created_at", NOW)
    fields.setdefault("author", Author("1", "somebody"))
    platform = fields.pop("platform", "x")
    body = f"text {number}" if text is None else text
    return Post(platform=platform, platform_id=str(number), text=body, **fields)


def incoming(one: Post, **fields: Any) -> Incoming:
    values: dict[str, Any] = {"scope": "campaign", "standing": "earned"} | fields
    return Incoming(post=one, **values)


def batch(posts: Iterable[Post | Incoming], **fields: Any) -> Batch:
    values: dict[str, Any] = {
        "campaign": SLUG, "source": "x", "query": "q", "cursor": None, "covered": None,
        "run": None, "calls": 1, "billed": 0, "dollars": 0.0, "taken_at": NOW,
    } | fields  # fmt: skip
    items = [one if isinstance(one, Incoming) else incoming(one) for one in posts]
    return Batch(posts=items, **values)


def store(db: Database, posts: Iterable[Post | Incoming], **fields: Any) -> Stored:
    return store_batch(db, batch(posts, **fields), secret=SECRET, timezone=ZONE)


def rows(db: Database, table: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Everything in a table, or in some columns of it, sorted."""
    from sqlalchemy import select

    chosen = [table.c[name] for name in columns] or [table]
    with db.reading() as session:
        return sorted((tuple(row) for row in session.execute(select(*chosen))), key=repr)


__all__ = [
    "NOW", "SECRET", "SLUG", "ZONE", "Author", "Cursor", "Kind", "Metrics", "Post", "Sequence",
    "Understood", "Window", "batch", "incoming", "post", "rows", "store",
]  # fmt: skip
