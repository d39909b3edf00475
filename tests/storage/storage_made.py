"""Posts and batches for the tests of this room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select

from collectors.base import Author, Post
from storage.collecting import store_batch
from storage.database import Database
from storage.incoming import Batch, Incoming, Stored

SECRET = b"a secret of thirty-two bytes ..."
ZONE = ZoneInfo("Africa/Casablanca")
NOW = datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
SLUG = "campaign"


@dataclass(frozen=True)
class Understood:
    """What a model might answer."""

    language: str = "fr"
    label: str = "neu"
    neg: float = 0.2
    neu: float = 0.5
    pos: float = 0.3
    offensive: float = 0.1


def post(number: int | str, text: str | None = None, **fields: Any) -> Post:
    values: dict[str, Any] = {
        "platform": "x", "created_at": NOW, "author": Author("1", "somebody"),
    } | fields  # fmt: skip
    body = f"text {number}" if text is None else text
    return Post(platform_id=str(number), text=body, **values)


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


def rows(db: Database, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    """Everything in a table, or in some columns of it, sorted."""
    chosen = [table.c[name] for name in columns] or list(table.c)
    with db.reading() as session:
        return sorted((tuple(row) for row in session.execute(select(*chosen))), key=repr)
