"""The coverage ledger: which hours of a source were collected, and which were not and why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from collectors.base import Window
from storage import tables as t
from storage.campaigns import ensure_campaign
from storage.database import Database, upserting
from storage.privacy import clipped

HOUR = timedelta(hours=1)
COMPLETE = "complete"
PARTIAL = "partial"
MISSING = "missing"
"""Never asked; such an hour has a row only once it is known that asking would be in vain."""
Hours = dict[datetime, tuple[str, datetime | None, str, bool]]
"""State, covered_to, why and whether lost, by hour."""
UNKNOWN: Final = ("", None, "", False)


def hour_of(moment: datetime) -> datetime:
    """The start of the UTC hour that `moment` is in."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def hours_of(window: Window) -> Iterator[datetime]:
    """Every hour that `window` touches."""
    hour = hour_of(window.start)
    while hour < window.end:
        yield hour
        hour += HOUR


def mark_hours(
    db: Database, campaign: str, source: str, query: str, window: Window, state: str, why: str
) -> None:
    """Notes for every hour that `window` touches that it ended as `state` (failed, budget …).

    A complete hour stays complete. `state` complete is the same as collecting the window.
    """
    with db.writing() as session:
        key = (ensure_campaign(session, campaign), source, query)
        if state == COMPLETE:
            cover(session, key, window)
            return
        known = _read(session, key, window)
        _write(session, key, marked(known, window, state, clipped(why, 300)))


def give_up(db: Database, campaign: str, source: str, query: str, window: Window, why: str) -> None:
    """Notes that what is missing of `window` can be read no more; `why` where nothing is known.

    An hour that is collected after all counts as collected.
    """
    with db.writing() as session:
        key = (ensure_campaign(session, campaign), source, query)
        _write(session, key, given_up(_read(session, key, window), window, clipped(why, 300)))


def cover(session: Session, key: tuple[int, str, str], window: Window) -> None:
    """Notes that `window` was collected for `key` (campaign id, source, query)."""
    _write(session, key, covered(_read(session, key, window), window))


def marked(known: Hours, window: Window, state: str, why: str) -> Hours:
    """The hours of `window` that a failure changes."""
    changed: Hours = {}
    for hour in hours_of(window):
        before, covered_to, _, lost = known.get(hour, UNKNOWN)
        if before != COMPLETE:
            changed[hour] = (state, covered_to, why, lost)
    return changed


def given_up(known: Hours, window: Window, why: str) -> Hours:
    """The hours that lie wholly in `window` and are neither complete nor given up yet."""
    changed: Hours = {}
    for hour in hours_of(window):
        before, covered_to, reason, lost = known.get(hour, UNKNOWN)
        if before != COMPLETE and not lost and hour + HOUR <= window.end:
            changed[hour] = (before or MISSING, covered_to, reason or why, True)
    return changed


def covered(known: Hours, window: Window) -> Hours:
    """The hours of `window` as they are once it was collected.

    Passes follow each other within an hour, so an hour is complete when they reach from its start
    to its end without a hole.
    """
    changed: Hours = {}
    for hour in hours_of(window):
        before, covered_to, _, lost = known.get(hour, UNKNOWN)
        if before == COMPLETE:
            continue
        if window.start <= (covered_to or hour):
            covered_to = max(covered_to or hour, min(window.end, hour + HOUR))
        if covered_to == hour + HOUR:
            changed[hour] = (COMPLETE, covered_to, "", False)
        else:
            changed[hour] = (PARTIAL, covered_to, _part(covered_to), lost)
    return changed


def _part(covered_to: datetime | None) -> str:
    """Why an hour is partial."""
    if covered_to is None:
        return "its first minutes were not read"
    return f"read up to {covered_to:%H:%M} UTC"


def _read(session: Session, key: tuple[int, str, str], window: Window) -> Hours:
    c = t.ledger.c
    rows = session.execute(
        select(c.hour, c.state, c.covered_to, c.why, c.lost)
        .where(c.campaign_id == key[0], c.source == key[1], c.query == key[2])
        .where(c.hour >= hour_of(window.start), c.hour < window.end)
    )
    return {hour: (state, covered_to, why, lost) for hour, state, covered_to, why, lost in rows}


def _write(session: Session, key: tuple[int, str, str], hours: Hours) -> None:
    if not hours:
        return
    rows: list[dict[str, Any]] = [
        {
            "campaign_id": key[0], "source": key[1], "query": key[2], "hour": hour,
            "state": state, "covered_to": covered_to, "why": why, "lost": lost,
        }
        for hour, (state, covered_to, why, lost) in hours.items()
    ]  # fmt: skip
    insert = upserting(session, t.ledger)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["campaign_id", "source", "query", "hour"],
            set_={name: insert.excluded[name] for name in ("state", "covered_to", "why", "lost")},
        ),
        rows,
    )
