"""Passes of sources: how they began and ended, what they cost, and where they go on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, null, select, update
from sqlalchemy.orm import Session

from collectors.base import Cursor, Window
from storage import tables as t
from storage.campaigns import campaign_id, ensure_campaign, mark_changed
from storage.database import Database, upserting
from storage.privacy import clipped
from storage.rows import LastRun


def start_run(
    db: Database,
    campaign: str,
    source: str,
    now: datetime,
    queries: Sequence[str] | None = None,
) -> int:
    """Notes that a pass of `source` begins; the run's id.

    `queries`: keys of all that it will ask. Coverage is judged by the newest pass's, so that a
    query that left the campaign file is no gap for ever.
    """
    with db.writing() as session:
        values = {
            "campaign_id": ensure_campaign(session, campaign), "source": source,
            "started_at": now, "state": "running",
            "queries": null() if queries is None else list(queries),
        }  # fmt: skip
        return int(
            session.execute(insert(t.runs).values(values).returning(t.runs.c.id)).scalar_one()
        )


def end_run(
    db: Database,
    run: int,
    state: str,
    now: datetime,
    error: str = "",
    resume_at: datetime | None = None,
    *,
    code: str = "",
    said: str = "",
    failed_queries: int = 0,
) -> None:
    """Notes how a run ended: ok, failed, budget or stopped.

    `resume_at`: before then its source is not to be asked again. `code`: what `error` says, for
    readers of other languages; `said`: the platform's own words.
    """
    with db.writing() as session:
        values = {
            "state": state, "ended_at": now, "error": clipped(error, 500), "resume_at": resume_at,
            "code": code, "said": clipped(said, 200), "failed_queries": failed_queries,
        }  # fmt: skip
        session.execute(update(t.runs).where(t.runs.c.id == run).values(values))
        if state == "ok":
            campaign = select(t.runs.c.campaign_id).where(t.runs.c.id == run)
            mark_changed(session, session.execute(campaign).scalar_one(), now)


def sweep_unfinished_runs(db: Database, now: datetime) -> int:
    """Runs that a kill left `running` become `stopped`; how many there were."""
    values = {
        "state": "stopped", "ended_at": now, "error": "the process ended unexpectedly",
        "code": "interrupted",
    }  # fmt: skip
    with db.writing() as session:
        done = session.execute(update(t.runs).where(t.runs.c.state == "running").values(values))
        return int(done.rowcount)  # type: ignore[attr-defined]


def last_runs(db: Database) -> Mapping[tuple[str, str], LastRun]:
    """The newest collecting run of each (campaign slug, source); imports and looks are none."""
    c = t.runs.c
    newest = (
        select(func.max(c.id)).where(c.queries.is_not(null())).group_by(c.campaign_id, c.source)
    )
    rows = (
        select(t.campaigns.c.slug, c.source, c.started_at, c.state, c.resume_at)
        .join_from(t.runs, t.campaigns)
        .where(c.id.in_(newest))
    )
    with db.reading() as session:
        return {(slug, source): LastRun(*last) for slug, source, *last in session.execute(rows)}


def read_cursor(
    db: Database, campaign: str, source: str, query: str
) -> tuple[Cursor, datetime | None]:
    """Where a query was left and up to when it is complete; ({}, None) when never asked."""
    c = t.cursors.c
    wanted = (
        select(c.position, c.covered_to)
        .join_from(t.cursors, t.campaigns)
        .where(t.campaigns.c.slug == campaign, c.source == source, c.query == query)
    )
    with db.reading() as session:
        found = session.execute(wanted).one_or_none()
    return ({}, None) if found is None else (found.position, found.covered_to)


def forget_cursor(db: Database, campaign: str, source: str, query: str) -> None:
    """Forgets where a query was left, once there is nothing to go on with."""
    c = t.cursors.c
    with db.writing() as session:
        known = campaign_id(session, campaign)
        where = (c.campaign_id == known, c.source == source, c.query == query)
        session.execute(delete(t.cursors).where(*where))


def write_cursor(
    session: Session,
    key: tuple[int, str, str],
    cursor: Cursor,
    covered: Window | None,
    now: datetime,
) -> None:
    """Moves the cursor of `key` (campaign id, source, query); `covered_to` never goes back."""
    c = t.cursors.c
    names = ("campaign_id", "source", "query")
    where = [c[name] == value for name, value in zip(names, key, strict=True)]
    known: datetime | None = session.scalar(select(c.covered_to).where(*where))
    ends = [end for end in (known, covered.end if covered else None) if end is not None]
    values = {
        "position": dict(cursor),
        "covered_to": max(ends, default=None),
        "updated_at": now,
    }
    insertion = upserting(session, t.cursors).values(**dict(zip(names, key, strict=True)), **values)
    session.execute(insertion.on_conflict_do_update(index_elements=names, set_=values))


def count_run(
    session: Session, run: int, *, seen: int, added: int, calls: int, billed: int, dollars: float
) -> None:
    """Adds what a page brought and cost to its run."""
    c = t.runs.c
    session.execute(
        update(t.runs)
        .where(c.id == run)
        .values(
            seen=c.seen + seen,
            added=c.added + added,
            calls=c.calls + calls,
            billed=c.billed + billed,
            dollars=c.dollars + dollars,
        )
    )
