"""Copied texts are linked to their first appearance, co-ordinated postings marked, as they come.

Every post is compared once (no row in `copies`: it waits). Texts are compared with the leaders of
groups only, found by a band of their signatures; a post with its group's posts of the same minutes
only. So a batch costs what its own posts cost, however much is stored. All rows are made from posts
and texts and go with them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import mark_changed
from storage.coordination import Posting, Rule, coordinated
from storage.database import Database, portions, upserting

Values = dict[str, Any]
MOST_CANDIDATES: Final = 50
"""Leaders that a text is compared with at most; the oldest come first."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What is kept of a text's fingerprint, and the leader whose copy it is (itself without one,
    `None` for a text too short to say)."""

    text_id: int
    leader_id: int | None
    words: int
    linked: bool
    bands: Sequence[int] = ()


def waiting_posts(db: Database, limit: int, after: int = 0) -> list[tuple[int, int]]:
    """At most `limit` posts (id, text id) not compared yet, by id from `after` on."""
    p = t.posts.c
    with db.reading() as session:
        wanted = (
            select(p.id, p.text_id)
            .select_from(t.posts.outerjoin(t.copies, t.copies.c.post_id == p.id))
            .where(t.copies.c.post_id.is_(None), p.id > after)
            .order_by(p.id)
            .limit(limit)
        )
        return [(number, text) for number, text in session.execute(wanted)]


def unprinted_texts(db: Database, ids: Iterable[int], version: int) -> list[tuple[int, str]]:
    """Those of the texts (id, body) that have no fingerprint of `version`, by id."""
    f, found = t.fingerprints.c, list[tuple[int, str]]()
    with db.reading() as session:
        for some in portions(sorted(set(ids))):
            wanted = (
                select(t.texts.c.id, t.texts.c.body)
                .where(t.texts.c.id.in_(some))
                .where(~exists().where(f.text_id == t.texts.c.id, f.version == version))
                .order_by(t.texts.c.id)
            )
            found += [(number, body) for number, body in session.execute(wanted)]
    return found


def leaders_by_band(db: Database, bands: Iterable[int]) -> Mapping[int, Sequence[int]]:
    """Ids of the leaders that have each of the bands, oldest first."""
    c, found = t.bands.c, defaultdict[int, list[int]](list)
    with db.reading() as session:
        for some in portions(sorted(set(bands))):
            rows = session.execute(
                select(c.band, c.text_id).where(c.band.in_(some)).order_by(c.band, c.text_id)
            )
            for band, leader in rows:
                if len(found[band]) < MOST_CANDIDATES:
                    found[band].append(leader)
    return found


def bodies(db: Database, ids: Iterable[int]) -> Mapping[int, str]:
    """Texts by id."""
    found: dict[int, str] = {}
    with db.reading() as session:
        for some in portions(sorted(set(ids))):
            wanted = select(t.texts.c.id, t.texts.c.body).where(t.texts.c.id.in_(some))
            found.update((number, body) for number, body in session.execute(wanted))
    return found


def store_copies(
    db: Database, prints: Sequence[Printed], post_ids: Sequence[int], version: int, rule: Rule
) -> None:
    """Keeps fingerprints and places the posts in their groups, in one transaction.

    What was erased meanwhile is left out; a text whose leader was erased meanwhile leads.
    """
    with db.writing() as session:
        _store_prints(session, prints, version)
        posts = _postings(session, post_ids)
        placed = _place(session, posts)
        groups = {one.leader for one in posts.values() if one.leader is not None}
        _mark(session, groups, placed, rule)
        _mark_changed(session, post_ids)


def forget_posts(session: Session, post_ids: Sequence[int]) -> None:
    """Lets posts be compared again whose text or time is not what it was."""
    for some in portions(post_ids):
        session.execute(delete(t.copies).where(t.copies.c.post_id.in_(some)))


def forget_outdated(db: Database, version: int) -> None:
    """Lets everything be compared again that another version of the rule compared, and whatever
    belongs to a leader that was erased."""
    f, leader = t.fingerprints.c, t.fingerprints.alias()
    orphaned = and_(f.leader_id.is_not(None), ~exists().where(leader.c.text_id == f.leader_id))
    with db.writing() as session:
        wanted = select(f.text_id).where(or_(f.version != version, orphaned))
        for some in portions(list(session.scalars(wanted))):
            of_these = select(t.posts.c.id).where(t.posts.c.text_id.in_(some))
            session.execute(delete(t.copies).where(t.copies.c.post_id.in_(of_these)))
            session.execute(delete(t.bands).where(t.bands.c.text_id.in_(some)))
            session.execute(delete(t.fingerprints).where(f.text_id.in_(some)))
        _name_firsts(session)


def _name_firsts(session: Session) -> None:
    """Groups whose first post was erased get another first."""
    c = t.copies.c
    headless = (
        select(c.leader_id)
        .where(c.leader_id.is_not(None))
        .group_by(c.leader_id)
        .having(func.count().filter(c.first) == 0)
    )
    for leader in list(session.scalars(headless)):
        earliest = (
            select(c.post_id)
            .where(c.leader_id == leader)
            .order_by(c.created_at, c.post_id)
            .limit(1)
            .scalar_subquery()
        )
        session.execute(update(t.copies).where(c.post_id == earliest).values(first=True))


def _store_prints(session: Session, prints: Sequence[Printed], version: int) -> None:
    present: set[int] = set()
    wanted = {one for each in prints for one in (each.text_id, each.leader_id) if one is not None}
    for some in portions(sorted(wanted)):
        present.update(session.scalars(select(t.texts.c.id).where(t.texts.c.id.in_(some))))
    rows: list[Values] = []
    bands: list[Values] = []
    for one in prints:
        if one.text_id not in present:
            continue
        leader = one.leader_id
        if leader is not None and leader not in present:
            leader = one.text_id
        rows.append(
            {"text_id": one.text_id, "version": version, "leader_id": leader, "words": one.words,
             "linked": one.linked}
        )  # fmt: skip
        if leader == one.text_id:
            bands += [{"band": band, "text_id": leader} for band in one.bands]
    if rows:
        session.execute(upserting(session, t.fingerprints).on_conflict_do_nothing(), rows)
    if bands:
        session.execute(upserting(session, t.bands).on_conflict_do_nothing(), bands)


def _postings(session: Session, post_ids: Sequence[int]) -> dict[int, Posting]:
    p, f = t.posts.c, t.fingerprints.c
    found: dict[int, Posting] = {}
    for some in portions(post_ids):
        rows = session.execute(
            select(p.id, p.created_at, p.author_id, p.kind, p.date_invented, f.leader_id)
            .select_from(t.posts.outerjoin(t.fingerprints, f.text_id == p.text_id))
            .where(p.id.in_(some))
        )
        for number, at, author, kind, invented, leader in rows:
            compared = leader if kind != "repost" and not invented else None
            found[number] = Posting(number, at, author, compared)
    return found


def _place(
    session: Session, posts: Mapping[int, Posting]
) -> Mapping[int, tuple[datetime, datetime]]:
    """Stores the posts' rows; the stretch of time that each group's new posts lie in."""
    c = t.copies.c
    by_group = defaultdict[int, list[Posting]](list)
    for one in posts.values():
        if one.leader is not None:
            by_group[one.leader].append(one)
    firsts: dict[int, tuple[datetime, int]] = {}
    for some in portions(list(by_group)):
        rows = session.execute(
            select(c.leader_id, c.created_at, c.post_id).where(c.leader_id.in_(some), c.first)
        )
        firsts.update((leader, (at, number)) for leader, at, number in rows)
    ousted, new_firsts = list[int](), set[int]()
    for leader, group in by_group.items():
        earliest = min((one.at, one.post_id) for one in group)
        known = firsts.get(leader)
        if known is None or earliest < known:
            new_firsts.add(earliest[1])
            ousted += [] if known is None else [known[1]]
    for some in portions(ousted):
        session.execute(update(t.copies).where(c.post_id.in_(some)).values(first=False))
    rows_: list[Values] = [
        {"post_id": one.post_id, "leader_id": one.leader, "author_id": one.author,
         "created_at": one.at, "first": one.post_id in new_firsts, "coordinated": False}
        for one in posts.values()
    ]  # fmt: skip
    if rows_:
        session.execute(upserting(session, t.copies).on_conflict_do_nothing(), rows_)
    return {
        leader: (min(one.at for one in group), max(one.at for one in group))
        for leader, group in by_group.items()
    }


def _mark(
    session: Session,
    groups: set[int],
    placed: Mapping[int, tuple[datetime, datetime]],
    rule: Rule,
) -> None:
    """Marks co-ordinated posts among the new ones and their neighbours in time. Only ever adds: a
    posting that was co-ordinated stays so when one of its posts is erased."""
    marked: list[int] = []
    for leader in _eligible(session, groups, rule):
        begin, end = placed[leader]
        marked += coordinated(_neighbours(session, leader, begin, end, rule.within), rule)
    for some in portions(marked):
        session.execute(
            update(t.copies).where(t.copies.c.post_id.in_(some)).values(coordinated=True)
        )


def _eligible(session: Session, groups: set[int], rule: Rule) -> list[int]:
    """Groups whose text is long enough to be nobody's by chance, with enough posts to ask."""
    f, found = t.fingerprints.c, list[int]()
    long_enough = or_(
        and_(~f.linked, f.words >= rule.words), and_(f.linked, f.words >= rule.linked_words)
    )
    for some in portions(sorted(groups)):
        found += session.scalars(
            select(f.text_id)
            .join(t.copies, t.copies.c.leader_id == f.text_id)
            .where(f.text_id.in_(some), long_enough)
            .group_by(f.text_id)
            .having(func.count() >= rule.accounts)
        )
    return found


def _neighbours(
    session: Session, leader: int, begin: datetime, end: datetime, within: timedelta
) -> list[Posting]:
    c = t.copies.c
    rows = session.execute(
        select(c.post_id, c.created_at, c.author_id, c.leader_id)
        .where(c.leader_id == leader, c.author_id.is_not(None))
        .where(c.created_at >= begin - within, c.created_at <= end + within)
        .order_by(c.created_at, c.post_id)
    )
    return [Posting(*row) for row in rows]


def _mark_changed(session: Session, post_ids: Sequence[int]) -> None:
    """Pages of these posts' campaigns are drawn anew (as of when posts last came)."""
    m = t.memberships.c
    campaigns: set[int] = set()
    for some in portions(post_ids):
        campaigns.update(
            session.scalars(select(m.campaign_id).where(m.post_id.in_(some)).distinct())
        )
    for campaign in campaigns:
        changed = session.scalar(
            select(t.campaigns.c.changed_at).where(t.campaigns.c.id == campaign)
        )
        if changed is not None:
            mark_changed(session, campaign, changed + timedelta(microseconds=1))
