"""Sums by day, and authors by platform."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import ColumnElement, func, literal, select

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.queries.cuts import member_posts, on_posts, on_rollups
from storage.rollups import SUMS
from storage.rows import AuthorsRow, Cut, DayRow

Dimension = Literal["platform", "language"]


def daily(db: Database, slug: str, cut: Cut, by: Sequence[Dimension] = ()) -> list[DayRow]:
    """Sums by day (and `by`), sorted; a day without posts has no row."""
    c = t.rollups.c
    platform = c.platform if "platform" in by else literal("")
    language = c.language if "language" in by else literal("")
    keys = [c.day, *(c[name] for name in ("platform", "language") if name in by)]
    sums = [func.sum(c[name]) for name in SUMS]
    with db.reading() as session:
        wanted = (
            select(c.day, platform, language, *sums)
            .where(c.campaign_id == campaign_id(session, slug), *on_rollups(cut))
            .group_by(*keys)
            .order_by(*keys)
        )
        return [DayRow(*row[:3], *map(int, row[3:])) for row in session.execute(wanted)]


def authors(db: Database, slug: str, cut: Cut) -> list[AuthorsRow]:
    """Who wrote, one row a platform. Posts whose author is unknown are left out."""
    found = _authors(db, slug, cut, literal(""))
    return found.get("", [])


def authors_by_standing(db: Database, slug: str, cut: Cut) -> dict[str, list[AuthorsRow]]:
    """The same for each standing that has known authors, in one reading of the posts."""
    return _authors(db, slug, cut, t.memberships.c.standing)


def _authors(
    db: Database, slug: str, cut: Cut, group: ColumnElement[str]
) -> dict[str, list[AuthorsRow]]:
    a, p = t.authors.c, t.posts.c
    with db.reading() as session:
        counted = (
            select(group.label("part"), p.author_id, func.count().label("posts"))
            .select_from(member_posts(annotated=bool(cut.languages)))
            .where(t.memberships.c.campaign_id == campaign_id(session, slug), *on_posts(cut))
            .where(p.author_id.is_not(None))
            .group_by("part", p.author_id)
            .subquery()
        )
        wanted = (
            select(counted.c.part, a.platform, counted.c.posts, a.followers)
            .join_from(counted, t.authors, a.id == counted.c.author_id)
            .order_by(counted.c.part, a.platform, a.id)
        )
        parts: dict[str, dict[str, list[tuple[int, int | None]]]] = {}
        for part, platform, posts, followers in session.execute(wanted):
            parts.setdefault(part, {}).setdefault(platform, []).append((posts, followers))
    return {
        part: [_authors_row(platform, found) for platform, found in platforms.items()]
        for part, platforms in parts.items()
    }


def _authors_row(platform: str, found: Sequence[tuple[int, int | None]]) -> AuthorsRow:
    return AuthorsRow(
        platform=platform,
        authors=len(found),
        posts_per_author=[posts for posts, _ in found],
        followers=[followers for _, followers in found if followers is not None],
        potential_impressions=sum(posts * (followers or 0) for posts, followers in found),
    )
