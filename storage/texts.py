"""Distinct texts: each is stored once, and goes when its last post goes."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, exists
from sqlalchemy.orm import Session

from storage import tables as t
from storage.bulk import insert_rows, reserve_ids, rows_among
from storage.database import portions


def text_ids(session: Session, bodies: Mapping[bytes, str]) -> dict[bytes, int]:
    """The ids of texts by digest; those that are new are stored."""
    found = _known(session, list(bodies))
    missing = [digest for digest in bodies if digest not in found]
    if missing:
        added = dict(zip(missing, reserve_ids(session, t.texts, len(missing)), strict=True))
        rows = ((number, digest, bodies[digest]) for digest, number in added.items())
        insert_rows(session, t.texts, ("id", "digest", "body"), rows)
        found |= added
    return found


def remove_orphans(session: Session, ids: Sequence[int]) -> None:
    """Removes those of the texts that no post has any more, with their annotations and topics."""
    used = exists().where(t.posts.c.text_id == t.texts.c.id)
    for some in portions(ids):
        session.execute(delete(t.texts).where(t.texts.c.id.in_(some), ~used))


def _known(session: Session, digests: Sequence[bytes]) -> dict[bytes, int]:
    return {
        bytes(digest): number
        for digest, number in rows_among(session, t.texts, ("digest", "id"), "digest", digests)
    }
