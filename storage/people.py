"""Authors under their pseudonyms."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.bulk import Row, insert_rows, reserve_ids, rows_among
from storage.incoming import Ready, count
from storage.privacy import clipped, handle_key

Key = tuple[str, bytes]
"""Platform and pseudonym."""
_TOLD: Final = ("handle_key", "followers", "verified", "handle")


def author_ids(session: Session, posts: Iterable[Ready], secret: bytes) -> Mapping[Key, int]:
    """The ids of the posts' authors, with what is newly known of them stored.

    What a post does not say (followers, say) stays as it was.
    """
    rows: dict[Key, Row] = {}
    for post in posts:
        if post.author is not None:
            rows[post.key[0], post.author] = _row(post, secret)
    known = _known(session, [key for _, key in rows])
    changed = [
        {"of_id": known[key][0], **row}
        for key, told in rows.items()
        if key in known and (row := _after(known[key], told)) is not None
    ]
    if changed:
        statement = update(t.authors).where(t.authors.c.id == bindparam("of_id"))
        values: dict[str, Any] = {name: bindparam(name) for name in _TOLD}
        session.connection().execute(statement.values(values), changed)
    added = {key: row for key, row in sorted(rows.items()) if key not in known}
    ids = dict(zip(added, reserve_ids(session, t.authors, len(added)), strict=True))
    new = ((ids[key], *key, *row) for key, row in added.items())
    insert_rows(session, t.authors, ("id", "platform", "key", *_TOLD), new)
    return ids | {key: known[key][0] for key in rows if key in known}


def _after(known: Row, told: Row) -> dict[str, Any] | None:
    """What is known of an author once `told` was heard, `None` when that is nothing new."""
    _, *before = known
    after = [old if new is None else new for old, new in zip(before, told, strict=True)]
    return None if after == before else dict(zip(_TOLD, after, strict=True))


def _row(post: Ready, secret: bytes) -> Row:
    """The values of `_TOLD` as the post has them."""
    author = post.item.post.author
    assert author is not None  # noqa: S101
    handle = author.handle or None
    return (
        handle_key(secret, post.key[0], handle) if handle else None,
        count(author.followers),
        author.verified,
        clipped(handle, 200) if handle and post.item.named else None,
    )


def _known(session: Session, keys: list[bytes]) -> dict[Key, Row]:
    """Id and `_TOLD` of the authors that are stored."""
    names = ("platform", "key", "id", *_TOLD)
    return {
        (platform, bytes(key)): known
        for platform, key, *known in rows_among(session, t.authors, names, "key", keys)
    }
