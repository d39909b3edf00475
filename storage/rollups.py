"""Keeps the daily sums equal to what the posts say, at the cost of the posts that change.

Whoever changes posts takes their part out of the sums first and puts it back after, in the same
transaction: see docs/decisions for why the touched days are not summed again each time.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, literal, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.database import portions, upserting

KEYS: Final = ("campaign_id", "day", "platform", "language", "scope", "standing")
SUMS: Final = (
    "posts",
    "originals",
    "reposts_made",
    "replies_made",
    "quotes_made",
    "likes",
    "reposts",
    "replies",
    "quotes",
    "saves",
    "views",
    "viewed",
    "annotated",
    "neg",
    "neu",
    "pos",
    "offensive",
    "signposted",
)
Column = ColumnElement[Any]


def shown_model_id() -> Column:
    """The model whose annotations count, as a scalar subquery."""
    return select(t.models.c.id).where(t.models.c.shown).scalar_subquery()


def shown_annotation() -> ColumnElement[bool]:
    """Joins `annotations` to `posts`: those of the shown model."""
    return and_(
        t.annotations.c.text_id == t.posts.c.text_id, t.annotations.c.model_id == shown_model_id()
    )


def sums(sign: int = 1) -> Select[Any]:
    """Rows of `rollups` (columns KEYS then SUMS) made from posts; to be narrowed by the caller."""
    p, a = t.posts.c, t.annotations.c
    threshold = select(t.models.c.offensive_threshold).where(t.models.c.shown).scalar_subquery()
    original = p.kind == "original"
    keys = (
        t.memberships.c.campaign_id,
        p.day,
        p.platform,
        func.coalesce(a.language, literal("")),
        t.memberships.c.scope,
        t.memberships.c.standing,
    )
    values: tuple[Column, ...] = (
        func.count(),
        _count(original),
        _count(p.kind == "repost"),
        _count(p.kind == "reply"),
        _count(p.kind == "quote"),
        *(func.coalesce(func.sum(p[name]), 0) for name in SUMS[5:11]),
        func.count(p.views),
        _count(and_(original, a.text_id.is_not(None))),
        *(_count(and_(original, a.label == label)) for label in ("neg", "neu", "pos")),
        _count(and_(original, a.offensive >= threshold)),
        _count(and_(original, p.signposted)),
    )
    labelled = [column.label(name) for column, name in zip(keys, KEYS, strict=True)]
    summed = [(value * sign).label(name) for value, name in zip(values, SUMS, strict=True)]
    joined = t.memberships.join(t.posts, p.id == t.memberships.c.post_id).outerjoin(
        t.annotations, shown_annotation()
    )
    return select(*labelled, *summed).select_from(joined).group_by(*keys)


def _count(condition: ColumnElement[bool]) -> Column:
    return func.count(case((condition, 1)))


@contextmanager
def shifting(
    session: Session, post_ids: Sequence[int]
) -> Iterator[Callable[[Sequence[int]], None]]:
    """Around a change of posts: takes them out of the sums before and puts them back after.

    The block is given a function by which it names posts that it has added.
    """
    added: list[int] = []
    _add(session, post_ids, -1)
    yield added.extend
    _add(session, [*post_ids, *added], 1)
    if post_ids:
        session.execute(delete(t.rollups).where(t.rollups.c.posts == 0))


def _add(session: Session, post_ids: Sequence[int], sign: int) -> None:
    for some in portions(post_ids):
        part = sums(sign).where(_among(t.memberships.c.post_id, some))
        insert = upserting(session, t.rollups).from_select([*KEYS, *SUMS], part)
        session.execute(
            insert.on_conflict_do_update(
                index_elements=KEYS,
                set_={name: t.rollups.c[name] + insert.excluded[name] for name in SUMS},
            )
        )


def _among(column: Column, ids: Sequence[int]) -> ColumnElement[bool]:
    """Ids without a hole, as new posts have, are asked for by their ends, which is far quicker."""
    first, last = min(ids), max(ids)
    if last - first == len(ids) - 1:
        return column.between(first, last)
    return column.in_(ids)


def remake(session: Session, campaign_id: int | None = None) -> None:
    """Makes all sums, or those of one campaign, again from the posts."""
    clear, part = delete(t.rollups), sums()
    if campaign_id is not None:
        clear = clear.where(t.rollups.c.campaign_id == campaign_id)
        part = part.where(t.memberships.c.campaign_id == campaign_id)
    session.execute(clear)
    session.execute(t.rollups.insert().from_select([*KEYS, *SUMS], part))
