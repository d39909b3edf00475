"""Which posts belong to a campaign, and because of what."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.bulk import insert_rows
from storage.database import portions
from storage.incoming import FILES, Batch, Incoming, union, wider

Row = dict[str, Any]
FIELDS = ("source", "scope", "standing", "matched")


def join_campaign(
    session: Session,
    campaign: int,
    batch: Batch,
    items: Mapping[int, Incoming],
    *,
    new: bool = False,
) -> None:
    """Makes the posts (by id) members of the campaign, or widens what is known of them.

    `new`: the posts were just stored, so that none can be a member yet.
    """
    known = {} if new else _known(session, campaign, list(items))
    added = (
        (campaign, post_id, batch.source, item.scope, item.standing, union((), item.matched))
        for post_id, item in items.items()
        if post_id not in known
    )
    insert_rows(session, t.memberships, ("campaign_id", "post_id", *FIELDS), added)
    changed = [
        {"of_post": post_id, **row}
        for post_id, before in known.items()
        if (row := joined(before, items[post_id], batch.source)) != before
    ]
    if changed:
        c = t.memberships.c
        statement = update(t.memberships).where(
            c.campaign_id == campaign, c.post_id == bindparam("of_post")
        )
        values: Row = {name: bindparam(name) for name in FIELDS}
        session.connection().execute(statement.values(values), changed)


def joined(before: Row, item: Incoming, source: str) -> Row:
    """A membership after `item`: terms united, scope widened; a file never overrules a source, and
    who does not say its author's name does not say whose account it is."""
    keeps = source == FILES and before["source"] != FILES
    return {
        "source": before["source"] if keeps or before["source"] != FILES else source,
        "scope": wider(before["scope"], item.scope),
        "standing": before["standing"] if keeps or item.nameless else item.standing,
        "matched": list(union(before["matched"], item.matched)),
    }


def _known(session: Session, campaign: int, post_ids: Sequence[int]) -> dict[int, Row]:
    c, found = t.memberships.c, dict[int, Row]()
    for some in portions(post_ids):
        rows = session.execute(
            select(c.post_id, *(c[name] for name in FIELDS)).where(
                c.campaign_id == campaign, c.post_id.in_(some)
            )
        )
        found.update((row[0], dict(zip(FIELDS, row[1:], strict=True))) for row in rows)
    return found
