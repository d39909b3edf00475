"""Decides what seeing a post again changes. Only reading the known posts touches the database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.bulk import rows_among
from storage.database import portions
from storage.incoming import METRICS, Batch, PostKey, Ready, any_known, engagement

Values = dict[str, Any]
MUTABLE: Final = (
    *METRICS, "engagement", "text_id", "author_id", "edited", "signposted", "from_file",
    "created_at", "day", "date_invented",
)  # fmt: skip
"""Columns of `posts` that seeing a post again can change."""


YOUNG: Final = timedelta(days=8)
"""As long as interactions are followed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A stored post as it was before the batch; `row` has its MUTABLE columns."""

    id: int
    last_seen_at: datetime
    row: Values


def known_posts(session: Session, keys: Iterable[PostKey]) -> dict[PostKey, Known]:
    """The stored ones among posts."""
    found: dict[PostKey, Known] = {}
    for row in _select(session, keys, ("last_seen_at", *MUTABLE)):
        platform, platform_id, number, last_seen_at, *rest = row
        values = dict(zip(MUTABLE, rest, strict=True))
        found[platform, platform_id] = Known(number, last_seen_at, values)
    return found


def _select(
    session: Session, keys: Iterable[PostKey], names: Sequence[str]
) -> Iterator[Sequence[Any]]:
    """Platform, platform id, id and `names` of those of the posts that are stored."""
    by_platform: defaultdict[str, list[str]] = defaultdict(list)
    for platform, platform_id in keys:
        by_platform[platform].append(platform_id)
    columns = ("platform", "platform_id", "id", *names)
    for platform, ids in by_platform.items():
        yield from rows_among(session, t.posts, columns, "platform_id", ids, platform=platform)


def after(
    known: Known,
    post: Ready,
    batch: Batch,
    text_id: int,
    author_id: int | None,
    timezone: ZoneInfo,
) -> Values:
    """The MUTABLE columns of `known` once `post` was seen.

    What is unknown now stays as it was known. A view older than the last one, and a file about a
    post that a live source has seen, only fill in what was unknown. A date is kept, unless it was
    invented and the true one is told.
    """
    before = known.row
    stale = batch.taken_at < known.last_seen_at or (batch.from_file and not before["from_file"])
    row = dict(before)
    for name, value in post.metrics.items():
        if value is not None and not (stale and before[name] is not None):
            row[name] = value
    row["engagement"] = engagement(row)
    if author_id is not None and (before["author_id"] is None or not stale):
        row["author_id"] = author_id
    if before["date_invented"] and not post.item.post.date_invented:
        created = post.item.post.created_at
        row["created_at"], row["day"] = created, created.astimezone(timezone).date()
        row["date_invented"] = False
    if not stale:
        row["text_id"] = text_id
        row["signposted"] = post.item.signposted
        row["edited"] = before["edited"] or post.item.post.edited
        row["from_file"] = before["from_file"] and batch.from_file
    return row


def measured_anew(before: Values, row: Values) -> bool:
    """Whether a metric changed, so that a snapshot is due."""
    return any(before[name] != row[name] for name in METRICS)


def is_look(batch: Batch, post: Ready) -> bool:
    """Whether this is a second look at a young post, which is noted even if nothing changed: that
    nothing did is part of its curve."""
    age = batch.taken_at - post.item.post.created_at
    return batch.work == "look" and age <= YOUNG and any_known(post.metrics)


def mark_looked(session: Session, keys: Sequence[PostKey], now: datetime) -> None:
    """Notes that platforms were asked for posts by their ids."""
    c = t.posts.c
    by_platform: defaultdict[str, list[str]] = defaultdict(list)
    for platform, platform_id in keys:
        by_platform[platform].append(platform_id)
    for platform, ids in by_platform.items():
        for some in portions(ids):
            of_these = (c.platform == platform, c.platform_id.in_(some))
            session.execute(update(t.posts).where(*of_these).values(looked_at=now))


def snapshot(post_id: int, taken_at: datetime, row: Values) -> Values:
    """A row of `snapshots` with the metrics of `row`."""
    return {"post_id": post_id, "taken_at": taken_at, **{name: row[name] for name in METRICS}}
