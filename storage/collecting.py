"""Stores a page of posts with its cursor, ledger hours and costs, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.bulk import Row, insert_rows, reserve_ids
from storage.campaigns import ensure_campaign, mark_changed
from storage.copies import forget_posts
from storage.database import Database, portions, upserting
from storage.incoming import (
    METRICS,
    Batch,
    PostKey,
    Ready,
    Stored,
    any_known,
    engagement,
    prepared,
    tombs,
)
from storage.ledger import cover
from storage.membership import join_campaign
from storage.people import author_ids
from storage.privacy import clean, clipped
from storage.rollups import shifting
from storage.rows import Spent
from storage.runs import count_run, write_cursor
from storage.seen import (
    MUTABLE,
    Known,
    Values,
    after,
    is_look,
    known_posts,
    mark_looked,
    measured_anew,
    snapshot,
)
from storage.spending import count_spending
from storage.texts import remove_orphans, text_ids


class _Found(NamedTuple):
    """What the tables know of a batch's posts."""

    posts: Mapping[PostKey, Known]
    texts: Mapping[bytes, int]
    authors: Mapping[tuple[str, bytes], int]

    def text(self, post: Ready) -> int:
        return self.texts[post.digest]

    def author(self, post: Ready) -> int | None:
        return None if post.author is None else self.authors[post.key[0], post.author]


def store_batch(db: Database, batch: Batch, *, secret: bytes, timezone: ZoneInfo) -> Stored:
    """Stores everything that a page brought, or, on any error, nothing.

    Posts that were erased (tombstones) are left out. `timezone` says which day a post belongs to.
    Raises `StorageError`.
    """
    with db.writing() as session:
        campaign = ensure_campaign(session, batch.campaign)
        posts = _allowed(session, prepared(batch, secret), secret)
        stored = _store_posts(session, campaign, batch, posts, secret, timezone)
        key = (campaign, batch.source, batch.query)
        if batch.cursor is not None:
            write_cursor(session, key, batch.cursor, batch.covered, batch.taken_at)
        if batch.covered is not None:
            cover(session, key, batch.covered)
        mark_looked(session, batch.looked, batch.taken_at)
        cost = Spent(batch.calls, batch.billed, batch.dollars)
        day = batch.taken_at.astimezone(timezone).date()
        count_spending(session, campaign, batch.source, day, batch.work, cost)
        if batch.run is not None:
            count_run(
                session, batch.run, seen=stored.seen, added=stored.added, calls=batch.calls,
                billed=batch.billed, dollars=batch.dollars,
            )  # fmt: skip
        if stored.seen:
            mark_changed(session, campaign, batch.taken_at)
        return stored


def _allowed(session: Session, posts: dict[PostKey, Ready], secret: bytes) -> dict[PostKey, Ready]:
    """The posts that no tombstone forbids."""
    if session.scalar(select(exists().select_from(t.tombstones))) is False:
        return posts
    wanted = {key: tombs(post, secret) for key, post in posts.items()}
    keys = list({tomb[2] for stones in wanted.values() for tomb in stones})
    c, erased = t.tombstones.c, set[tuple[str, str, bytes]]()
    for some in portions(keys):
        rows = session.execute(select(c.kind, c.platform, c.key).where(c.key.in_(some)))
        erased.update((kind, platform, bytes(key)) for kind, platform, key in rows)
    return {key: posts[key] for key, stones in wanted.items() if erased.isdisjoint(stones)}


def _store_posts(
    session: Session,
    campaign: int,
    batch: Batch,
    posts: Mapping[PostKey, Ready],
    secret: bytes,
    timezone: ZoneInfo,
) -> Stored:
    if not posts:
        return Stored()
    known = known_posts(session, posts)
    found = _Found(
        posts=known,
        texts=text_ids(session, {post.digest: post.text for post in posts.values()}),
        authors=author_ids(session, posts.values(), secret),
    )
    with shifting(session, [one.id for one in known.values()]) as added:
        changed, touched = _change(session, batch, posts, found, timezone)
        ids, days = _add(session, batch, posts, found, timezone)
        added(list(ids.values()))
        join_campaign(
            session, campaign, batch, {ids[key]: posts[key].item for key in ids}, new=True
        )
        join_campaign(session, campaign, batch, {known[key].id: posts[key].item for key in known})
        # Any of these may have lost its last post, or never got one from an outdated view.
        remove_orphans(session, list(_doubtful_texts(posts, found)))
    return Stored(len(posts), len(ids), changed, frozenset(days | touched))


def _doubtful_texts(posts: Mapping[PostKey, Ready], found: _Found) -> set[int]:
    return {
        text
        for key, known in found.posts.items()
        for text in (known.row["text_id"], found.text(posts[key]))
        if known.row["text_id"] != found.text(posts[key])
    }


def _change(
    session: Session,
    batch: Batch,
    posts: Mapping[PostKey, Ready],
    found: _Found,
    timezone: ZoneInfo,
) -> tuple[int, set[date]]:
    """Brings the posts that were known already up to date.

    How many of them changed, and the days that all of them belong to, before and after.
    """
    days: set[date] = set()
    changed: list[Values] = []
    moved: list[int] = []
    snapshots: list[Values] = []
    for key, known in found.posts.items():
        post = posts[key]
        row = after(known, post, batch, found.text(post), found.author(post), timezone)
        days |= {known.row["day"], row["day"]}
        if row != known.row:
            changed.append({"of_id": known.id, **row})
        if any(row[name] != known.row[name] for name in ("text_id", "created_at")):
            moved.append(known.id)
        if measured_anew(known.row, row) or is_look(batch, post):
            snapshots.append(snapshot(known.id, batch.taken_at, row))
    forget_posts(session, moved)
    if changed:
        statement = update(t.posts).where(t.posts.c.id == bindparam("of_id"))
        values: Values = {name: bindparam(name) for name in MUTABLE}
        session.connection().execute(statement.values(values), changed)
    _touch(session, batch, [known.id for known in found.posts.values()])
    _write_snapshots(session, snapshots)
    return len(changed), days


def _touch(session: Session, batch: Batch, ids: Sequence[int]) -> None:
    c = t.posts.c
    for some in portions(ids):
        session.execute(
            update(t.posts)
            .where(c.id.in_(some), c.last_seen_at < batch.taken_at)
            .values(last_seen_at=batch.taken_at)
        )


def _write_snapshots(session: Session, rows: list[Values]) -> None:
    if not rows:
        return
    insertion = upserting(session, t.snapshots)
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=["post_id", "taken_at"],
            set_={name: insertion.excluded[name] for name in METRICS},
        ),
        rows,
    )


def _add(
    session: Session,
    batch: Batch,
    posts: Mapping[PostKey, Ready],
    found: _Found,
    timezone: ZoneInfo,
) -> tuple[dict[PostKey, int], set[date]]:
    """Stores the posts that are new: their ids, and the days they belong to."""
    fresh = {key: post for key, post in posts.items() if key not in found.posts}
    if not fresh:
        return {}, set()
    ids = dict(zip(fresh, reserve_ids(session, t.posts, len(fresh)), strict=True))
    rows = [_row(ids[key], batch, post, found, timezone) for key, post in fresh.items()]
    insert_rows(session, t.posts, _COLUMNS, rows)
    taken = batch.taken_at
    measured = (
        (ids[key], taken, *post.metrics.values())
        for key, post in fresh.items()
        if any_known(post.metrics)
    )
    insert_rows(session, t.snapshots, ("post_id", "taken_at", *METRICS), measured)
    return ids, {row[_DAY] for row in rows}


_COLUMNS: Final = (
    "id", "platform", "platform_id", "created_at", "day", "author_id", "text_id", "kind",
    "root_id", "parent_id", "language_hint", "edited", "signposted", "from_file",
    "date_invented", *METRICS, "engagement", "first_seen_at", "last_seen_at",
)  # fmt: skip
_DAY: Final = _COLUMNS.index("day")


def _row(number: int, batch: Batch, ready: Ready, found: _Found, timezone: ZoneInfo) -> Row:
    """The values of `_COLUMNS` for a new post."""
    post, metrics = ready.item.post, ready.metrics
    return (
        number,
        *ready.key,
        post.created_at,
        post.created_at.astimezone(timezone).date(),
        found.author(ready),
        found.text(ready),
        str(post.kind),
        clipped(post.root_id, 200) if post.root_id else None,
        clipped(post.parent_id, 200) if post.parent_id else None,
        clean(post.language_hint)[:20] if post.language_hint else None,
        post.edited,
        ready.item.signposted,
        batch.from_file,
        post.date_invented,
        *metrics.values(),
        engagement(metrics),
        batch.taken_at,
        batch.taken_at,
    )
