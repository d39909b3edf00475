"""What to ask next of a search that takes a time range and gives page tokens. Pure.

A *stretch* of time is read page by page, newest first where the platform sorts so. Its cursor after
every page says where to go on, so a kill loses nothing. Searches show new posts late: each stretch
reaches up to now, but what is younger than `settling` is read again by the next one and called
covered only then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from collectors.base import Cursor, Window
from collectors.cursors import moment_in

IDLE_PAGES = 5
"""Pages in a row that bring nothing new, after which a stretch counts as endless."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of a platform's search.

    `settling`: how late it may show a post. `longest`: the most time it takes in one question.
    `deepest`: entries after which it may have cut a list, so that what lies further back is asked
    for anew. Each stretch is at most `longest` long.
    """

    settling: timedelta
    longest: timedelta = timedelta(days=3650)
    deepest: int = 10**9


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch being read; `token` asks for its next page.

    `upper` is where reading stands: at first `end`, then the oldest entry of a list that was cut.
    `began`: when its first page was asked for. `seen` entries of the list so far, the oldest from
    `oldest`.
    """

    start: datetime
    end: datetime
    upper: datetime
    began: datetime
    token: str | None = None
    seen: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A cursor, read. All of `covered_from` to `covered_to` has been collected for good."""

    covered_from: datetime | None = None
    covered_to: datetime | None = None
    under_way: Stretch | None = None


def next_stretch(
    progress: Progress,
    window: Window,
    now: datetime,
    rules: Rules,
    read_to: datetime | None = None,
) -> Stretch | None:
    """The stretch under way, else what is new, else what lies before the covered part.

    `read_to`: up to where this pass has read already; what lies before is left to settle.
    """
    if progress.under_way is not None:
        return progress.under_way
    start, end = max(window.start, progress.covered_to or window.start), min(window.end, now)
    if start < end and (read_to is None or read_to < end):
        # From a whole second down: platforms take no finer bounds and include the lower one.
        return _stretch(start.replace(microsecond=0), end, now, rules)
    before = progress.covered_from
    if before is not None and window.start < before:
        return _stretch(max(window.start, before - rules.longest), before, now, rules)
    return None


def _stretch(start: datetime, end: datetime, now: datetime, rules: Rules) -> Stretch:
    end = min(end, start + rules.longest)
    return Stretch(start, end, upper=end, began=now)


def turned(
    progress: Progress,
    work: Stretch,
    times: Iterable[datetime],
    token: str | None,
    rules: Rules,
) -> tuple[Progress, Window | None]:
    """Progress once a page of `work` is in, and what is covered if it was the last.

    `times` are those of the page's entries, `token` asks for the next page.
    """
    moments = list(times)
    oldest = min([*moments, work.oldest] if work.oldest else moments, default=None)
    work = replace(work, token=token, seen=work.seen + len(moments), oldest=oldest)
    if token is not None:
        return replace(progress, under_way=work), None
    if work.seen >= rules.deepest and oldest is not None and work.start < oldest < work.upper:
        # The entry at the cut is asked for again: another of the same second may lie behind it.
        upper = min(oldest + timedelta(seconds=1), work.upper)
        below = Stretch(work.start, work.end, upper, work.began)
        if below.upper < work.upper:
            return replace(progress, under_way=below), None
    return finished(progress, work, rules)


def finished(progress: Progress, work: Stretch, rules: Rules) -> tuple[Progress, Window | None]:
    """Progress once the last page of `work` is in, and what is covered for good.

    Its first pages may have been read long before the last: what had settled then counts.
    """
    settled = Window(work.start, min(work.end, work.began - rules.settling))
    if settled.start >= settled.end:
        return replace(progress, under_way=None), None
    low, high = progress.covered_from, progress.covered_to
    if low is not None and high is not None and settled.start <= high and settled.end >= low:
        return Progress(min(low, settled.start), max(high, settled.end)), settled
    return Progress(settled.start, settled.end), settled


def restarted(work: Stretch) -> Stretch:
    """`work` without the page token that the platform forgot."""
    return replace(work, token=None, seen=0, oldest=None)


class Guard:
    """Notices a stretch that never ends: a page token that comes again, or pages without news."""

    def __init__(self) -> None:
        self._tokens: set[str] = set()
        self._ids: set[str] = set()
        self._idle = 0

    def is_endless(self, token: str, ids: Iterable[str]) -> bool:
        """Whether the page with `ids`, which names `token` as the next, leads nowhere."""
        if token in self._tokens:
            return True
        self._tokens.add(token)
        fresh = set(ids) - self._ids
        self._ids |= fresh
        self._idle = 0 if fresh else self._idle + 1
        return self._idle >= IDLE_PAGES


def read_progress(cursor: Cursor) -> Progress:
    """Progress as `write_progress` wrote it; what cannot be read counts as not there."""
    start, end = moment_in(cursor, "start"), moment_in(cursor, "end")
    under_way = None
    if start is not None and end is not None:
        seen = cursor.get("seen", "0")
        under_way = Stretch(
            start,
            end,
            upper=moment_in(cursor, "upper") or end,
            began=moment_in(cursor, "began") or start,
            token=cursor.get("token"),
            seen=int(seen) if seen.isdecimal() else 0,
            oldest=moment_in(cursor, "oldest"),
        )
    return Progress(moment_in(cursor, "covered_from"), moment_in(cursor, "covered_to"), under_way)


def write_progress(progress: Progress) -> dict[str, str]:
    """The cursor to store; `read_progress` gives the same progress back."""
    fields: dict[str, datetime | str | None] = {
        "covered_from": progress.covered_from,
        "covered_to": progress.covered_to,
    }
    work = progress.under_way
    if work is not None:
        fields |= {"start": work.start, "end": work.end, "upper": work.upper}
        fields |= {
            "began": work.began,
            "token": work.token,
            "seen": str(work.seen),
            "oldest": work.oldest,
        }
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in fields.items()
        if value is not None
    }
