"""The posts table: one page of it, or all of it for an export."""

from base64 import b32encode
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Row, Select, func, literal, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.privacy import clean
from storage.queries.copies import is_copy, member_copies
from storage.queries.cuts import member_posts, on_posts, on_rollups
from storage.rollups import shown_annotation
from storage.rows import Cut, PostView

SORTS: Final = (
    "created_at", "engagement", "likes", "reposts", "replies", "views", "offensive", "neg", "pos",
)  # fmt: skip
_ANNOTATED = ("offensive", "neg", "pos")
_STREAMED = 2000


def posts(
    db: Database,
    slug: str,
    cut: Cut,
    *,
    search: str = "",
    label: str = "",
    topic: int | None = None,
    kind: str = "",
    copies: str = "",
    sort: str = "created_at",
    descending: bool = True,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[PostView], int]:
    """One page of the posts in `cut`, and how many there are.

    `search` is found anywhere in a text, upper and lower case alike. `copies`: `without` for first
    appearances alone, `copies` for what repeats them, `coordinated` for those marked so. Where a
    post does not have what is sorted by, it comes last. Raises `ValueError` for a `sort` that is
    not in SORTS.
    """
    if sort not in SORTS:
        raise ValueError(f"posts cannot be sorted by {sort!r}")
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        run = newest_run(session, campaign)
        filters = _filters(search, label, topic, kind, run) + _copy_filters(copies)
        annotated = bool(cut.languages or label) or sort in _ANNOTATED
        found = (
            select(t.posts.c.id, func.count().over() if filters else literal(0))
            .select_from(_source(search, topic, annotated=annotated, compared=bool(copies)))
            .where(t.memberships.c.campaign_id == campaign, *on_posts(cut), *filters)
        )
        page = found.order_by(*_order(sort, descending=descending)).offset(offset).limit(limit)
        rows = session.execute(page).all()
        if not filters:
            total = _plain_total(session, campaign, cut)
        elif rows:
            total = int(rows[0][1])
        else:
            total = int(session.scalar(select(func.count()).select_from(found.subquery())) or 0)
        return _page(session, campaign, run, [row[0] for row in rows]), total


def export_rows(db: Database, slug: str) -> Iterator[PostView]:
    """All posts of a campaign by time, a few at a time in memory, from one view of the database."""
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        wanted = _views(campaign, newest_run(session, campaign)).order_by(
            t.posts.c.created_at, t.posts.c.id
        )
        for row in session.execute(wanted.execution_options(yield_per=_STREAMED)):
            yield _view(row)


def newest_run(session: Session, campaign: int | None) -> int | None:
    """The topic run that is shown."""
    found: int | None = session.scalar(
        select(func.max(t.topic_runs.c.id)).where(t.topic_runs.c.campaign_id == campaign)
    )
    return found


def _filters(
    search: str, label: str, topic: int | None, kind: str, run: int | None
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search:
        found.append(t.texts.c.body.icontains(clean(search), autoescape=True))
    if label:
        found.append(t.annotations.c.label == label)
    if topic is not None:
        found += [t.text_topics.c.run_id == run, t.text_topics.c.number == topic]
    if kind:
        found.append(t.posts.c.kind == kind)
    return found


def _copy_filters(copies: str) -> list[ColumnElement[bool]]:
    found = {
        "without": func.coalesce(~is_copy(), True),
        "copies": is_copy(),
        "coordinated": t.copies.c.coordinated,
    }
    return [found[copies]] if copies in found else []


def _source(search: str, topic: int | None, *, annotated: bool, compared: bool) -> FromClause:
    source = member_copies(annotated=annotated) if compared else member_posts(annotated=annotated)
    if search:
        source = source.join(t.texts, t.texts.c.id == t.posts.c.text_id)
    if topic is not None:
        source = source.join(t.text_topics, t.text_topics.c.text_id == t.posts.c.text_id)
    return source


def _order(sort: str, *, descending: bool) -> Sequence[ColumnElement[Any]]:
    column = t.annotations.c[sort] if sort in _ANNOTATED else t.posts.c[sort]
    if descending:
        return (column.desc().nulls_last(), t.posts.c.id.desc())
    return (column.asc().nulls_last(), t.posts.c.id.asc())


def _plain_total(session: Session, campaign: int | None, cut: Cut) -> int:
    """The daily sums know the total of a plain cut, without looking at any post."""
    c = t.rollups.c
    wanted = select(func.sum(c.posts)).where(c.campaign_id == campaign, *on_rollups(cut))
    return int(session.scalar(wanted) or 0)


def _page(
    session: Session, campaign: int | None, run: int | None, ids: Sequence[int]
) -> list[PostView]:
    rows = session.execute(_views(campaign, run).where(t.posts.c.id.in_(ids)))
    views = {view.id: view for view in map(_view, rows)}
    return [views[number] for number in ids]


def _views(campaign: int | None, run: int | None) -> Select[Any]:
    p, m, a, author = t.posts.c, t.memberships.c, t.annotations.c, t.authors.c
    topic = (t.text_topics.c.text_id == p.text_id) & (t.text_topics.c.run_id == run)
    label = (t.topics.c.run_id == run) & (t.topics.c.number == t.text_topics.c.number)
    return (
        select(
            p.id, p.platform, p.platform_id, p.created_at, p.day, author.key, author.handle,
            m.standing, m.scope, p.kind, t.texts.c.body, a.language, a.label, a.neg, a.neu, a.pos,
            a.offensive, t.topics.c.label.label("topic"), m.matched, p.likes, p.reposts, p.replies,
            p.views, p.quotes, p.saves, p.signposted, p.author_id,
            func.coalesce(is_copy(), False).label("copied"),
            func.coalesce(t.copies.c.coordinated, False).label("coordinated"),
        )
        .select_from(
            t.memberships.join(t.posts, p.id == m.post_id)
            .join(t.texts, t.texts.c.id == p.text_id)
            .outerjoin(t.authors, author.id == p.author_id)
            .outerjoin(t.annotations, shown_annotation())
            .outerjoin(t.copies, t.copies.c.post_id == p.id)
            .outerjoin(t.text_topics, topic)
            .outerjoin(t.topics, label)
        )
        .where(m.campaign_id == campaign)
    )  # fmt: skip


def _view(row: Row[Any]) -> PostView:
    fields = dict(row._mapping)
    author = _author(fields.pop("key"), fields.pop("handle"))
    return PostView(author=author, text=fields.pop("body"), **fields)


def _author(key: bytes | None, handle: str | None) -> str:
    """A listed account's handle, else eight characters of the pseudonym, else nothing."""
    if handle is not None:
        return handle
    return "" if key is None else b32encode(bytes(key)[:5]).decode().lower()
