"""What of a campaign's time was collected, and what was not and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, null, select
from sqlalchemy.orm import Session

from collectors.base import Window
from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.ledger import COMPLETE, HOUR, hour_of, hours_of
from storage.rows import Gap, SourceState

Queries = Mapping[str, Sequence[str]]
"""Keys of the queries that a source is asked now; without it, those of its newest pass."""
Verdict = tuple[str, str, bool, str, str]
"""State, why, whether it can be read no more, the code of why, and what the platform said."""
MISSING: Verdict = ("missing", "", False, "", "")
_WORST = ("failed", "budget", "missing", "partial")
_ON_THE_WAY = ("missing", "partial")


def source_states(
    db: Database,
    slug: str,
    names: Sequence[str],
    first: datetime,
    now: datetime,
    queries: Queries | None = None,
    grace: timedelta = HOUR,
) -> list[SourceState]:
    """How each of the sources is doing, with its gaps between `first` and `now`.

    An hour is a gap unless every query of the source is complete in it. Hours that ended less than
    `grace` ago and wait for the next pass are none yet, nor is the hour that is not over.
    """
    over = hour_of(now)
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        ledgers = _ledgers(session, campaign, names, first, over, queries)
        runs = _runs(session, campaign)
        ends = _covered_to(session, campaign, queries)
        counts = _posts(session, campaign)
        return [
            SourceState(
                name=name,
                posts=counts.get(name, 0),
                covered_to=ends.get(name),
                gaps=list(_gaps(name, ledgers[name], Window(first, over), now - grace)),
                **vars(runs.get(name, _Runs())),
            )
            for name in names
        ]


def missing_days(
    db: Database,
    slug: str,
    names: Sequence[str],
    first: date,
    last: date,
    timezone: ZoneInfo,
    queries: Queries | None = None,
    now: datetime | None = None,
) -> dict[date, float]:
    """The share of each day's source-hours that was not collected, of days where it is not 0.

    `first` and `last` are included; hours from `now` on count neither way. A source that was never
    asked does not count, so a campaign of imported files has no missing days.
    """
    window = Window(_midnight(first, timezone), _midnight(last + timedelta(days=1), timezone))
    if now is not None:
        window = Window(window.start, min(window.end, hour_of(now)))
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        asked = [name for name in names if name in _asked(session, campaign)]
        ledgers = _ledgers(session, campaign, asked, window.start, window.end, queries)
    hours: defaultdict[date, int] = defaultdict(int)
    missed: defaultdict[date, int] = defaultdict(int)
    for hour in hours_of(window):
        day = hour.astimezone(timezone).date()
        hours[day] += len(asked)
        missed[day] += sum(ledgers[name].at(hour)[0] != COMPLETE for name in asked)
    return {day: missed[day] / hours[day] for day in hours if missed[day]}


def given_later(
    sources: Sequence[SourceState], day: date, timezone: ZoneInfo, least: float
) -> tuple[str, ...]:
    """The sources that have not given `day` yet and will (a platform whose posts come two days
    late), by `SourceState.gives_later`; none if all are so, since nothing else could be told."""
    start, end = _midnight(day, timezone), _midnight(day + timedelta(days=1), timezone)
    live = [source for source in sources if source.last_run is not None]
    later = [source.name for source in live if source.gives_later(start, end, least)]
    return tuple(later) if len(later) < len(live) else ()


@dataclass(frozen=True)
class _Ledger:
    """One source's hours by query."""

    queries: Sequence[str]
    hours: Mapping[tuple[str, datetime], Verdict]

    def at(self, hour: datetime) -> Verdict:
        """The worst of what the queries say of one hour."""
        found = [self.hours.get((query, hour), MISSING) for query in self.queries] or [MISSING]
        return min(found, key=lambda one: _WORST.index(one[0]) if one[0] in _WORST else len(_WORST))


@dataclass(frozen=True)
class _Runs:
    """What `SourceState` says of the runs of one source."""

    state: str = "never"
    last_run: datetime | None = None
    last_success: datetime | None = None
    calls: int = 0
    dollars: float = 0.0
    error: str = ""
    resume_at: datetime | None = None
    code: str = ""
    said: str = ""
    failed_queries: int = 0


def _ledgers(
    session: Session,
    campaign: int | None,
    names: Iterable[str],
    first: datetime,
    end: datetime,
    queries: Queries | None,
) -> Mapping[str, _Ledger]:
    c = t.ledger.c
    rows = session.execute(
        select(c.source, c.query, c.hour, c.state, c.why, c.lost, c.code, c.said).where(
            c.campaign_id == campaign, c.hour >= hour_of(first), c.hour < end
        )
    )
    hours: defaultdict[str, dict[tuple[str, datetime], Verdict]] = defaultdict(dict)
    for source, query, hour, state, why, lost, code, said in rows:
        hours[source][query, hour] = (state, why, lost, code, said)
    known = _asked_queries(session, campaign) if queries is None else queries
    return {name: _Ledger(list(known.get(name, ())), hours[name]) for name in names}


def _asked_queries(session: Session, campaign: int | None) -> Queries:
    """What the newest pass of each source asked; of a source without one, all that is known."""
    c = t.runs.c
    newest = (
        select(func.max(c.id))
        .where(c.campaign_id == campaign, c.queries.is_not(null()))
        .group_by(c.source)
    )
    asked = session.execute(select(c.source, c.queries).where(c.id.in_(newest)))
    told = {row.source: row.queries for row in asked}
    return {**_known_queries(session, campaign), **told}


def _known_queries(session: Session, campaign: int | None) -> Queries:
    c, k = t.ledger.c, t.cursors.c
    asked = (
        select(c.source, c.query)
        .where(c.campaign_id == campaign)
        .union(select(k.source, k.query).where(k.campaign_id == campaign))
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source, query in session.execute(asked):
        found[source].append(query)
    return found


def _gaps(name: str, ledger: _Ledger, window: Window, quiet: datetime) -> Iterator[Gap]:
    """The hours of `window` that are not complete, joined where state and reason are the same.

    Hours that end after `quiet` and have not failed are still on their way.
    """
    missed = (
        (verdict, hour)
        for hour in hours_of(window)
        if (verdict := ledger.at(hour))[0] != COMPLETE
        and not (verdict[0] in _ON_THE_WAY and hour + HOUR > quiet)
    )
    joined = groupby(enumerate(missed), key=lambda one: (one[1][0], one[1][1] - one[0] * HOUR))
    for ((state, *told), _), stretch in joined:
        hours = [hour for _, (_, hour) in stretch]
        yield Gap(name, max(hours[0], window.start), hours[-1] + HOUR, state, *told)


def _runs(session: Session, campaign: int | None) -> Mapping[str, _Runs]:
    c = t.runs.c
    collecting = c.queries.is_not(null())
    newest = select(func.max(c.id)).where(c.campaign_id == campaign, collecting).group_by(c.source)
    last = {
        row.source: row
        for row in session.execute(
            select(
                c.source,
                c.started_at,
                c.state,
                c.error,
                c.resume_at,
                c.code,
                c.said,
                c.failed_queries,
            ).where(c.id.in_(newest))
        )
    }
    success = func.max(c.ended_at).filter(and_(c.state == "ok", collecting))
    sums = session.execute(
        select(c.source, success, func.sum(c.calls), func.sum(c.dollars))
        .where(c.campaign_id == campaign)
        .group_by(c.source)
    )
    return {
        source: _Runs(
            state=last[source].state,
            last_run=last[source].started_at,
            last_success=ended,
            calls=int(calls),
            dollars=float(dollars),
            error=last[source].error,
            resume_at=last[source].resume_at,
            code=last[source].code,
            said=last[source].said,
            failed_queries=last[source].failed_queries,
        )
        for source, ended, calls, dollars in sums
        if source in last
    }


def _covered_to(
    session: Session, campaign: int | None, queries: Queries | None
) -> Mapping[str, datetime]:
    """Up to when all queries of a source are collected."""
    c = t.cursors.c
    rows = session.execute(select(c.source, c.query, c.covered_to).where(c.campaign_id == campaign))
    queries = _asked_queries(session, campaign) if queries is None else queries
    ends: defaultdict[str, list[datetime | None]] = defaultdict(list)
    for source, query, covered_to in rows:
        if query in queries.get(source, ()):
            ends[source].append(covered_to)
    return {
        source: min(end for end in found if end is not None)
        for source, found in ends.items()
        if None not in found
    }


def _posts(session: Session, campaign: int | None) -> Mapping[str, int]:
    c = t.memberships.c
    rows = session.execute(
        select(c.source, func.count()).where(c.campaign_id == campaign).group_by(c.source)
    )
    return {source: int(count) for source, count in rows}


def _asked(session: Session, campaign: int | None) -> set[str]:
    c = t.ledger.c
    return set(session.scalars(select(c.source).where(c.campaign_id == campaign).distinct()))


def _midnight(day: date, timezone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), timezone).astimezone(UTC)
