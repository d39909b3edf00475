"""What to ask X next. Pure: progress and the time in, the next pass out.

A *pass* reads one stretch of time, newest page first. Its cursor after every page says where to
go on, so a kill loses nothing; only when its last page is stored is the stretch covered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from collectors.base import Cursor, Window
from collectors.cursors import moment_in

RECENT_REACH = timedelta(days=7) - timedelta(minutes=5)
"""How far back recent search goes, less what a pass may take."""
SETTLING = timedelta(seconds=30)
"""X's search is complete only up to this long ago."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One stretch being read. `newest_id` and `newest_at` are of the newest post so far."""

    start: datetime
    end: datetime
    archive: bool = False
    since_id: str | None = None
    next_token: str | None = None
    newest_id: str | None = None
    newest_at: datetime | None = None

    @property
    def window(self) -> Window:
        return Window(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Progress:
    """A cursor, read. All of `covered_from` to `covered_to` has been collected.

    `declined`: the UTC day on which days gone by were found to be too dear.
    """

    covered_from: datetime | None = None
    covered_to: datetime | None = None
    since_id: str | None = None
    since_at: datetime | None = None
    under_way: Pass | None = None
    declined: date | None = None


def next_pass(progress: Progress, window: Window, now: datetime, *, archive: bool) -> Pass | None:
    """The pass under way, else what is new, else older parts that only the archive reaches.

    A query that was never asked gets its newest week first: what happens now is not kept waiting
    by a baseline, which may be too dear. Days gone by that were too dear today wait for tomorrow.
    """
    if progress.under_way is not None:
        return progress.under_way
    archive = archive and progress.declined != now.astimezone(UTC).date()
    onward = archive and progress.covered_to is not None
    return _forward(progress, window, now, onward) or _backward(progress, window, archive)


def _forward(progress: Progress, window: Window, now: datetime, archive: bool) -> Pass | None:
    end = _whole_second(min(window.end, now - SETTLING))
    start = _whole_second(max(window.start, progress.covered_to or window.start))
    goes_on = start == progress.covered_to
    horizon = now - RECENT_REACH
    known = goes_on and progress.since_at is not None and progress.since_at > horizon
    wanted = within_reach(
        Pass(start, end, since_id=progress.since_id if known else None), now, archive=archive
    )
    return wanted if wanted.start < wanted.end else None


def _backward(progress: Progress, window: Window, archive: bool) -> Pass | None:
    start, end = _whole_second(window.start), progress.covered_from
    if not archive or end is None or start >= end:
        return None
    return Pass(start, min(end, window.end), archive=True)


def within_reach(work: Pass, now: datetime, *, archive: bool) -> Pass:
    """`work` by the archive, or cut to what recent search can reach."""
    horizon = now - RECENT_REACH
    if work.archive or work.start >= horizon:
        return work
    if archive:
        return replace(work, archive=True, since_id=None)
    return replace(work, start=_whole_second(horizon) + timedelta(seconds=1), since_id=None)


def finished(progress: Progress, work: Pass) -> Progress:
    """Progress once the last page of `work` is in."""
    touches = (
        progress.covered_from is not None
        and progress.covered_to is not None
        and work.start <= progress.covered_to
        and work.end >= progress.covered_from
    )
    done = Progress(
        work.start, work.end, progress.since_id, progress.since_at, declined=progress.declined
    )
    if touches and progress.covered_from is not None and progress.covered_to is not None:
        done = replace(
            done,
            covered_from=min(work.start, progress.covered_from),
            covered_to=max(work.end, progress.covered_to),
        )
    is_newer = progress.covered_to is None or work.end > progress.covered_to
    if work.newest_id is not None and is_newer:
        done = replace(done, since_id=work.newest_id, since_at=work.newest_at)
    return done


def read_cursor(cursor: Cursor) -> Progress:
    """Progress as `write_cursor` wrote it; what cannot be read counts as not there."""
    start, end = moment_in(cursor, "start"), moment_in(cursor, "end")
    under_way = None
    if start is not None and end is not None:
        under_way = Pass(
            start,
            end,
            archive=cursor.get("search") == "archive",
            since_id=cursor.get("pass_since_id"),
            next_token=cursor.get("next_token"),
            newest_id=cursor.get("newest_id"),
            newest_at=moment_in(cursor, "newest_at"),
        )
    return Progress(
        moment_in(cursor, "covered_from"),
        moment_in(cursor, "covered_to"),
        cursor.get("since_id"),
        moment_in(cursor, "since_at"),
        under_way,
        _day(cursor, "declined"),
    )


def write_cursor(progress: Progress) -> dict[str, str]:
    """The cursor to store; `read_cursor` gives the same progress back."""
    fields: dict[str, str | date | None] = {
        "covered_from": progress.covered_from,
        "covered_to": progress.covered_to,
        "since_id": progress.since_id,
        "since_at": progress.since_at,
        "declined": progress.declined,
    }
    work = progress.under_way
    if work is not None:
        fields |= {
            "start": work.start,
            "end": work.end,
            "search": "archive" if work.archive else "recent",
            "pass_since_id": work.since_id,
            "next_token": work.next_token,
            "newest_id": work.newest_id,
            "newest_at": work.newest_at,
        }
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
        if value is not None
    }


def _day(cursor: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(cursor.get(name, ""))
    except (TypeError, ValueError):
        return None


def _whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
