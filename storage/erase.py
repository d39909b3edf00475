"""Removes posts and authors with everything made from them, and keeps them from coming back.

Who asks to be forgotten is forgotten by the topics too: a run that read one of their texts may name
a topic by their words, so it goes whole. Posts that a platform removed leave with the next runs.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import mark_changed
from storage.database import Database, portions, upserting
from storage.privacy import author_key, clipped, handle_key, post_key
from storage.rollups import shifting
from storage.texts import remove_orphans

Tomb = tuple[str, str, bytes]
"""Kind, platform and key."""


def forget_post(
    db: Database, platform: str, platform_id: str, *, secret: bytes, now: datetime
) -> int:
    """Erases a post and its reposts for good; how many were stored.

    A tombstone keeps an import or a source from bringing it back, also when it was never stored.
    """
    with db.writing() as session:
        _bury(session, [("post", platform, post_key(secret, platform, platform_id))], now)
        gone = _remove_with_topics(session, _with_reposts(session, platform, [platform_id]))
    db.scrub()
    return gone


def forget_author(
    db: Database,
    platform: str,
    *,
    secret: bytes,
    now: datetime,
    handle: str | None = None,
    author_id: str | None = None,
) -> int:
    """Erases an author, known by handle or by the platform's id; how many posts were stored.

    All their posts and the reposts of these go; tombstones keep them from coming back.
    """
    keys = _author_tombs(platform, secret, handle, author_id)
    with db.writing() as session:
        c = t.authors.c
        mine = or_(*(c[column] == key for column, (_, _, key) in keys))
        found = session.execute(
            select(c.id, c.key, c.handle_key).where(c.platform == platform, mine)
        )
        authors = found.all()
        _bury(session, [tomb for _, tomb in keys], now)
        _bury(session, [("author", platform, bytes(row.key)) for row in authors], now)
        ids = [row.id for row in authors]
        wrote = select(t.posts.c.platform_id).where(t.posts.c.author_id.in_(ids))
        written = list(session.scalars(wrote))
        _bury(
            session, [("post", platform, post_key(secret, platform, one)) for one in written], now
        )
        gone = _remove_with_topics(session, _with_reposts(session, platform, written))
        session.execute(delete(t.authors).where(c.id.in_(ids)))
    db.scrub()
    return gone


def remove_posts(db: Database, platform: str, platform_ids: Sequence[str], now: datetime) -> int:
    """Removes posts that the platform no longer has, with their reposts; how many were stored.

    Leaves no tombstone: what its author publishes again is theirs to publish. Their campaigns
    count as changed, so that no page is shown from a cache. Call `Database.scrub` once all are
    removed.
    """
    if not platform_ids:
        return 0
    with db.writing() as session:
        gone = _with_reposts(session, platform, platform_ids)
        campaigns = set[int]()
        for some in portions(gone):
            m = t.memberships.c
            wanted = select(m.campaign_id).where(m.post_id.in_(some)).distinct()
            campaigns.update(session.scalars(wanted))
        for campaign in campaigns:
            mark_changed(session, campaign, now)
        return _remove(session, gone)


def _author_tombs(
    platform: str, secret: bytes, handle: str | None, author_id: str | None
) -> list[tuple[str, Tomb]]:
    found: list[tuple[str, Tomb]] = []
    if author_id:
        found.append(("key", ("author", platform, author_key(secret, platform, author_id))))
    if handle:
        found.append(("handle_key", ("handle", platform, handle_key(secret, platform, handle))))
    if not found:
        raise ValueError("give the author's handle or id")
    return found


def _bury(session: Session, tombs: Iterable[Tomb], now: datetime) -> None:
    rows: list[dict[str, Any]] = [
        {"kind": kind, "platform": platform, "key": key, "erased_at": now}
        for kind, platform, key in tombs
    ]
    if rows:
        session.execute(upserting(session, t.tombstones).on_conflict_do_nothing(), rows)


def _with_reposts(session: Session, platform: str, platform_ids: Sequence[str]) -> list[int]:
    """Ids of the rows of posts and of reposts of them, which repeat their words."""
    c, found = t.posts.c, set[int]()
    for some in portions([clipped(one, 200) for one in platform_ids]):
        of_these: ColumnElement[bool] = or_(
            c.platform_id.in_(some), and_(c.kind == "repost", c.parent_id.in_(some))
        )
        found.update(session.scalars(select(c.id).where(c.platform == platform, of_these)))
    return sorted(found)


def _remove_with_topics(session: Session, post_ids: Sequence[int]) -> int:
    c = t.text_topics.c
    for some in portions(post_ids):
        theirs = select(t.posts.c.text_id).where(t.posts.c.id.in_(some))
        runs = select(c.run_id).where(c.text_id.in_(theirs))
        session.execute(delete(t.topic_runs).where(t.topic_runs.c.id.in_(runs)))
    return _remove(session, post_ids)


def _remove(session: Session, post_ids: Sequence[int]) -> int:
    c = t.posts.c
    texts: set[int] = set()
    authors: set[int] = set()
    for some in portions(post_ids):
        for text_id, author_id in session.execute(
            select(c.text_id, c.author_id).where(c.id.in_(some))
        ):
            texts.add(text_id)
            authors.add(author_id)
    with shifting(session, post_ids):
        for some in portions(post_ids):
            session.execute(delete(t.posts).where(c.id.in_(some)))
    remove_orphans(session, list(texts))
    idle = ~exists().where(c.author_id == t.authors.c.id)
    for some in portions([one for one in authors if one is not None]):
        session.execute(delete(t.authors).where(t.authors.c.id.in_(some), idle))
    return len(post_ids)
