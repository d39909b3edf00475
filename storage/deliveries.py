"""Who gets a digest is claimed before it is sent, so that it goes out once."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from storage import tables as t
from storage.campaigns import ensure_campaign
from storage.database import Database, upserting
from storage.privacy import clipped
from storage.rows import Delivery

ABANDONED = timedelta(minutes=15)
"""A claim this old is of a process that was killed; somebody else may take it over."""


def claim(
    db: Database, campaign: str, day: date, recipient: str, message_id: str, now: datetime
) -> bool:
    """True for exactly one of all who ask: that one sends. What failed can be claimed again.

    The first `message_id` is kept, so that a mail server can tell a second try by it.
    """
    with db.writing() as session:
        key = {
            "campaign_id": ensure_campaign(session, campaign),
            "day": day,
            "recipient": recipient,
        }
        values = {"message_id": message_id, "state": "claimed", "tries": 1, "changed_at": now}
        first = (
            upserting(session, t.deliveries)
            .values(**key, **values, error="")
            .on_conflict_do_nothing()
        )
        again = (
            update(t.deliveries)
            .where(*(t.deliveries.c[name] == value for name, value in key.items()))
            .where(_open(now))
            .values(state="claimed", tries=t.deliveries.c.tries + 1, changed_at=now)
        )
        mine = t.deliveries.c.recipient
        return any(
            session.execute(statement.returning(mine)).first() is not None
            for statement in (first, again)
        )


def mark_sent(db: Database, campaign: str, day: date, recipient: str, now: datetime) -> None:
    """The mail server has taken it."""
    _mark(db, campaign, day, recipient, {"state": "sent", "changed_at": now, "error": ""})


def mark_failed(
    db: Database, campaign: str, day: date, recipient: str, now: datetime, error: str
) -> None:
    """It was not sent; it may be claimed again."""
    values = {"state": "failed", "changed_at": now, "error": clipped(error, 500)}
    _mark(db, campaign, day, recipient, values)


def waiting(db: Database, now: datetime, campaign: str | None = None) -> list[Delivery]:
    """Deliveries that failed, or whose sender was killed, oldest first."""
    d = t.deliveries.c
    wanted = (
        select(
            t.campaigns.c.slug, d.day, d.recipient, d.message_id, d.state, d.tries, d.changed_at,
            d.error,
        )
        .join_from(t.deliveries, t.campaigns)
        .where(_open(now))
        .order_by(d.day, d.recipient)
    )  # fmt: skip
    if campaign is not None:
        wanted = wanted.where(t.campaigns.c.slug == campaign)
    with db.reading() as session:
        return [Delivery(*row) for row in session.execute(wanted)]


def sent_to(db: Database, campaign: str, day: date) -> Collection[str]:
    """Who has the digest of `day`."""
    d = t.deliveries.c
    wanted = (
        select(d.recipient)
        .join_from(t.deliveries, t.campaigns)
        .where(t.campaigns.c.slug == campaign, d.day == day, d.state == "sent")
    )
    with db.reading() as session:
        return frozenset(session.scalars(wanted))


def _open(now: datetime) -> ColumnElement[bool]:
    d = t.deliveries.c
    abandoned = and_(d.state == "claimed", d.changed_at <= now - ABANDONED)
    return or_(d.state == "failed", abandoned)


def _mark(db: Database, campaign: str, day: date, recipient: str, values: dict[str, Any]) -> None:
    d = t.deliveries.c
    with db.writing() as session:
        number = ensure_campaign(session, campaign)
        session.execute(
            update(t.deliveries)
            .where(d.campaign_id == number, d.day == day, d.recipient == recipient)
            .values(values)
        )
