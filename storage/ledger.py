"""The coverage ledger: which hours of a source were collected, and which were not and why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from collectors.base import Missed, Window
from storage import tables as t
from storage.campaigns import ensure_campaign
from storage.database import Database, upserting
from storage.privacy import clipped

HOUR = timedelta(hours=1)
COMPLETE = "complete"
PARTIAL = "partial"
MISSING = "missing"
"""Never asked; such an hour has a row only once it is known that asking would be in vain."""


class HourRow(NamedTuple):
    """One hour of the ledger. Collected up to `covered_to`, and from `covered_from` to its end."""

    state: str = ""
    covered_to: datetime | None = None
    covered_from: datetime | None = None
    why: str = ""
    lost: bool = False
    code: str = ""
    said: str = ""


Hours = dict[datetime, HourRow]
UNKNOWN: Final = HourRow()


def hour_of(moment: datetime) -> datetime:
    """The start of the UTC hour that `moment` is in."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def hours_of(window: Window) -> Iterator[datetime]:
    """Every hour that `window` touches."""
    hour = hour_of(window.start)
    while hour < window.end:
        yield hour
        hour += HOUR


def mark_hours(db: Database, campaign: str, source: str, query: str, missed: Missed) -> None:
    """Notes for every hour that it touches that it ended so.

    A complete hour stays complete. A state `complete` is the same as collecting the window.
    """
    window = missed.window
    with db.writing() as session:
        key = (ensure_campaign(session, campaign), source, query)
        if missed.state == COMPLETE:
            cover(session, key, window)
            return
        known = _read(session, key, window)
        _write(session, key, marked(known, missed))


def give_up(
    db: Database,
    campaign: str,
    source: str,
    query: str,
    window: Window,
    why: str,
    code: str = "",
) -> None:
    """Notes that what is missing of `window` can be read no more; `why` where nothing is known.

    An hour that is collected after all counts as collected.
    """
    with db.writing() as session:
        key = (ensure_campaign(session, campaign), source, query)
        _write(session, key, given_up(_read(session, key, window), window, clipped(why, 300), code))


def cover(session: Session, key: tuple[int, str, str], window: Window) -> None:
    """Notes that `window` was collected for `key` (campaign id, source, query)."""
    _write(session, key, covered(_read(session, key, window), window))


def marked(known: Hours, missed: Missed) -> Hours:
    """The hours that a failure changes."""
    why, said = clipped(missed.why, 300), clipped(missed.said, 200)
    changed: Hours = {}
    for hour in hours_of(missed.window):
        before = known.get(hour, UNKNOWN)
        if before.state != COMPLETE:
            changed[hour] = before._replace(
                state=missed.state, why=why, code=missed.code, said=said
            )
    return changed


def given_up(known: Hours, window: Window, why: str, code: str = "") -> Hours:
    """The hours that lie wholly in `window` and are neither complete nor given up yet."""
    changed: Hours = {}
    for hour in hours_of(window):
        before = known.get(hour, UNKNOWN)
        if before.state != COMPLETE and not before.lost and hour + HOUR <= window.end:
            changed[hour] = before._replace(
                state=before.state or MISSING,
                why=before.why or why,
                lost=True,
                code=before.code if before.why else code,
            )
    return changed


def covered(known: Hours, window: Window) -> Hours:
    """The hours of `window` as they are once it was collected.

    Passes follow each other within an hour, forwards or backwards, so an hour is complete when what
    was collected from its start meets what was collected up to its end.
    """
    changed: Hours = {}
    for hour in hours_of(window):
        before, end = known.get(hour, UNKNOWN), hour + HOUR
        if before.state == COMPLETE:
            continue
        upto, since = before.covered_to, before.covered_from
        if window.start <= (upto or hour):
            upto = max(upto or hour, min(window.end, end))
        if window.end >= (since or end):
            since = min(since or end, max(window.start, hour))
        if upto is not None and upto >= (since or end):
            changed[hour] = HourRow(COMPLETE, end)
        else:
            why, code = _part(upto)
            changed[hour] = HourRow(PARTIAL, upto, since, why, before.lost, code)
    return changed


def _part(covered_to: datetime | None) -> tuple[str, str]:
    """Why an hour is partial, and the code for that."""
    if covered_to is None:
        return "its first minutes were not read", "begun_late"
    return f"read up to {covered_to:%H:%M} UTC", "read_in_part"


def _read(session: Session, key: tuple[int, str, str], window: Window) -> Hours:
    c = t.ledger.c
    rows = session.execute(
        select(c.hour, *(c[name] for name in HourRow._fields))
        .where(c.campaign_id == key[0], c.source == key[1], c.query == key[2])
        .where(c.hour >= hour_of(window.start), c.hour < window.end)
    )
    return {hour: HourRow(*row) for hour, *row in rows}


def _write(session: Session, key: tuple[int, str, str], hours: Hours) -> None:
    if not hours:
        return
    rows: list[dict[str, Any]] = [
        {"campaign_id": key[0], "source": key[1], "query": key[2], "hour": hour, **row._asdict()}
        for hour, row in hours.items()
    ]  # fmt: skip
    insert = upserting(session, t.ledger)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["campaign_id", "source", "query", "hour"],
            set_={name: insert.excluded[name] for name in HourRow._fields},
        ),
        rows,
    )
