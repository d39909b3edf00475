"""Which posts are to be asked for again by their ids, and how interactions grew with age."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import quantiles
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database, portions
from storage.incoming import METRICS, engagement
from storage.queries.cuts import member_posts, on_posts
from storage.rows import CurvePoint, Cut, Shown, Young

AGES: Final = (timedelta(hours=1), timedelta(days=1), timedelta(days=3), timedelta(days=7))
EARLY, LATE = 0.8, 1.5
"""A look stands for an age when it came within these shares of it."""
MOST_POSTS: Final = 3000
LEAST_POSTS: Final = 10
"""Fewer posts make no median."""


def shown_at() -> ColumnElement[Any]:
    """When the platform itself last showed a post; of one that only files have shown, its date."""
    p = t.posts.c
    return case((p.from_file, p.created_at), else_=p.last_seen_at)


def checked_at() -> ColumnElement[Any]:
    """When the platform itself last showed a post, or was asked for it in vain."""
    p = t.posts.c
    seen = shown_at()
    asked = func.coalesce(p.looked_at, seen)
    return case((asked > seen, asked), else_=seen)


def young_posts(db: Database, slug: str, platform: str, since: datetime) -> list[Young]:
    """A campaign's posts on `platform` written since `since`; reposts have no interactions."""
    p = t.posts.c
    with db.reading() as session:
        wanted = (
            select(p.platform_id, p.created_at, checked_at())
            .join_from(t.memberships, t.posts, p.id == t.memberships.c.post_id)
            .where(t.memberships.c.campaign_id == campaign_id(session, slug))
            .where(p.platform == platform, p.kind != "repost", ~p.date_invented)
            .where(p.day >= (since - timedelta(days=1)).date(), p.created_at >= since)
        )
        return [Young(*row) for row in session.execute(wanted)]


def unchecked_ids(db: Database, slug: str, platform: str, before: datetime) -> list[str]:
    """Ids of a campaign's posts not checked since `before`, those checked longest ago first."""
    p = t.posts.c
    with db.reading() as session:
        wanted = (
            select(p.platform_id)
            .join_from(t.memberships, t.posts, p.id == t.memberships.c.post_id)
            .where(t.memberships.c.campaign_id == campaign_id(session, slug))
            .where(p.platform == platform, checked_at() < before)
            .order_by(checked_at(), p.id)
        )
        return list(session.scalars(wanted))


def shown_posts(db: Database, platform: str, platform_ids: Sequence[str]) -> dict[str, Shown]:
    """Those of the posts that are stored, by their ids."""
    p, found = t.posts.c, dict[str, Shown]()
    with db.reading() as session:
        for some in portions(platform_ids):
            wanted = select(p.platform_id, p.created_at, shown_at())
            rows = session.execute(wanted.where(p.platform == platform, p.platform_id.in_(some)))
            found |= {identity: Shown(*times) for identity, *times in rows}
    return found


def engagement_curve(db: Database, slug: str, cut: Cut) -> list[CurvePoint]:
    """Interactions of a cut's originals by their age: quartiles, at the ages that enough have.

    Of the newest `MOST_POSTS` that were found within an hour and a half of being written: posts
    found later begin in the middle.
    """
    p = t.posts.c
    with db.reading() as session:
        wanted = (
            select(p.id, p.created_at)
            .select_from(member_posts(annotated=bool(cut.languages)))
            .where(t.memberships.c.campaign_id == campaign_id(session, slug), *on_posts(cut))
            .where(p.kind == "original", ~p.from_file)
            .order_by(p.created_at.desc())
            .limit(MOST_POSTS * 2)
        )
        written = {row.id: row.created_at for row in session.execute(wanted)}
        looks: defaultdict[int, list[tuple[timedelta, int | None]]] = defaultdict(list)
        s = t.snapshots.c
        for some in portions(list(written)):
            rows = session.execute(
                select(s.post_id, s.taken_at, *(s[name] for name in METRICS))
                .where(s.post_id.in_(some))
                .order_by(s.post_id, s.taken_at)
            )
            for number, taken, *metrics in rows:
                told = engagement(dict(zip(METRICS, metrics, strict=True)))
                looks[number].append((taken - written[number], told))
    return curve(looks)


def curve(looks: Mapping[int, Sequence[tuple[timedelta, int | None]]]) -> list[CurvePoint]:
    """Quartiles over posts at each of `AGES`; `looks` are ages and interactions, oldest first."""
    early = [one for one in looks.values() if one and one[0][0] <= AGES[0] * LATE][:MOST_POSTS]
    found = []
    for age in AGES:
        values = [value for one in early if (value := _at(one, age)) is not None]
        if len(values) >= LEAST_POSTS:
            low, middle, high = quantiles(values, n=4, method="inclusive")
            found.append(CurvePoint(age / timedelta(hours=1), len(values), low, middle, high))
    return found


def _at(looks: Iterable[tuple[timedelta, int | None]], age: timedelta) -> int | None:
    """The interactions of the look nearest to `age`, `None` where none came near it."""
    near = [
        (abs(when - age), value)
        for when, value in looks
        if value is not None and age * EARLY <= when <= age * LATE
    ]
    return min(near)[1] if near else None
