"""The rows that stand for campaigns."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.database import upserting


def campaign_id(session: Session, slug: str) -> int | None:
    """`None` for a campaign that has nothing stored."""
    found: int | None = session.scalar(select(t.campaigns.c.id).where(t.campaigns.c.slug == slug))
    return found


def ensure_campaign(session: Session, slug: str) -> int:
    """The campaign's id; makes its row when it has none."""
    found = campaign_id(session, slug)
    if found is not None:
        return found
    session.execute(upserting(session, t.campaigns).values(slug=slug).on_conflict_do_nothing())
    return int(
        session.execute(select(t.campaigns.c.id).where(t.campaigns.c.slug == slug)).scalar_one()
    )


def mark_changed(session: Session, campaign: int, now: datetime) -> None:
    """Notes that the campaign's posts are as of `now`; never goes back."""
    before = t.campaigns.c.changed_at
    session.execute(
        update(t.campaigns)
        .where(t.campaigns.c.id == campaign)
        .where(func.coalesce(before < now, True))
        .values(changed_at=now)
    )
