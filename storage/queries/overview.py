"""Short answers about what is stored."""

from datetime import date, datetime

from sqlalchemy import func, select, text

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.rollups import shown_model_id


def seen_range(db: Database, slug: str) -> tuple[date, date] | None:
    """First and last day that have posts."""
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        days = select(func.min(t.rollups.c.day), func.max(t.rollups.c.day))
        first, last = session.execute(days.where(t.rollups.c.campaign_id == campaign)).one()
    return None if first is None else (first, last)


def campaigns_with_posts(db: Database) -> dict[str, int]:
    """How many posts each campaign has, of those that have any."""
    c = t.rollups.c
    wanted = (
        select(t.campaigns.c.slug, func.sum(c.posts))
        .join_from(t.campaigns, t.rollups, c.campaign_id == t.campaigns.c.id)
        .group_by(t.campaigns.c.slug)
        .order_by(t.campaigns.c.slug)
    )
    with db.reading() as session:
        return {slug: int(posts) for slug, posts in session.execute(wanted)}


def invented_dates(db: Database, slug: str) -> int:
    """How many of a campaign's posts bear a date that was made up, not the platform's."""
    p = t.posts.c
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        wanted = (
            select(func.count())
            .select_from(t.posts)
            .join(t.memberships, p.id == t.memberships.c.post_id)
            # As the partial index has it, so that it is found: it is nearly always empty.
            .where(text("posts.date_invented"), t.memberships.c.campaign_id == campaign)
        )
        return int(session.execute(wanted).scalar_one())


def last_change(db: Database, slug: str) -> datetime | None:
    """When posts last came, from a source or a file, or a source was found to have none."""
    with db.reading() as session:
        found: datetime | None = session.scalar(
            select(t.campaigns.c.changed_at).where(t.campaigns.c.slug == slug)
        )
        return found


def campaign_changes(db: Database) -> dict[str, datetime | None]:
    """The same of every campaign."""
    c = t.campaigns.c
    with db.reading() as session:
        return {row.slug: row.changed_at for row in session.execute(select(c.slug, c.changed_at))}


def texts_waiting(db: Database) -> int:
    """Texts that the shown model has not annotated."""
    texts = select(func.count()).select_from(t.texts).scalar_subquery()
    done = (
        select(func.count()).where(t.annotations.c.model_id == shown_model_id()).scalar_subquery()
    )
    with db.reading() as session:
        return int(session.execute(select(texts - done)).scalar_one())
