"""Which warnings mails have told: each is told on one day only, to everybody who gets that mail."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select

from storage import tables as t
from storage.campaigns import campaign_id, ensure_campaign
from storage.database import Database, upserting


def told_warnings(db: Database, campaign: str) -> Mapping[str, date]:
    """The day of the mail that told each warning, by its subject."""
    c = t.warnings.c
    with db.reading() as session:
        of_campaign = c.campaign_id == campaign_id(session, campaign)
        rows = session.execute(select(c.subject, c.day).where(of_campaign))
        return {row.subject: row.day for row in rows}


def tell_warnings(
    db: Database, campaign: str, subjects: Iterable[str], day: date, now: datetime
) -> None:
    """Notes that the mail of `day` tells `subjects`; what an earlier one told stays its."""
    wanted = sorted(set(subjects))
    if not wanted:
        return
    with db.writing() as session:
        number = ensure_campaign(session, campaign)
        rows = [
            {"campaign_id": number, "subject": one[:200], "day": day, "told_at": now}
            for one in wanted
        ]
        session.execute(upserting(session, t.warnings).on_conflict_do_nothing(), rows)
