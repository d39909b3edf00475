"""Authors under their pseudonyms."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.database import portions, upserting
from storage.incoming import Ready, count
from storage.privacy import clipped, handle_key

Key = tuple[str, bytes]
"""Platform and pseudonym."""


def author_ids(session: Session, posts: Iterable[Ready], secret: bytes) -> Mapping[Key, int]:
    """The ids of the posts' authors, with what is newly known of them stored.

    What a post does not say (followers, say) stays as it was.
    """
    rows: dict[Key, dict[str, Any]] = {}
    for post in posts:
        if post.author is not None:
            rows[post.key[0], post.author] = _row(post, secret)
    if rows:
        _store(session, [rows[key] for key in sorted(rows)])
    return _ids(session, [key for _, key in rows])


def _row(post: Ready, secret: bytes) -> dict[str, Any]:
    author = post.item.post.author
    assert author is not None  # noqa: S101
    handle = author.handle or None
    return {
        "platform": post.key[0],
        "key": post.author,
        "handle_key": handle_key(secret, post.key[0], handle) if handle else None,
        "followers": count(author.followers),
        "verified": author.verified,
        "handle": clipped(handle, 200) if handle and post.item.named else None,
    }


def _store(session: Session, rows: list[dict[str, Any]]) -> None:
    c, insert = t.authors.c, upserting(session, t.authors)
    new = insert.excluded
    names = ("handle_key", "followers", "verified", "handle")
    differs = [func.coalesce(new[name], c[name]).is_distinct_from(c[name]) for name in names]
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["platform", "key"],
            set_={name: func.coalesce(new[name], c[name]) for name in names},
            where=or_(*differs),
        ),
        rows,
    )


def _ids(session: Session, keys: list[bytes]) -> dict[Key, int]:
    c, found = t.authors.c, dict[Key, int]()
    for some in portions(keys):
        rows = session.execute(select(c.platform, c.key, c.id).where(c.key.in_(some)))
        found.update(((platform, bytes(key)), number) for platform, key, number in rows)
    return found
