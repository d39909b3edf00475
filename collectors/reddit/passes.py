"""What to read of a Reddit listing next, and what may then be called covered. Pure.

Listings have no date range: a pass walks from the newest entry back until it meets what an
earlier pass has covered, or the window's start. Reddit ends a listing after about 1,000 entries
(a search often near 250): when the walk ends early, only what it reached is covered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from collectors.base import Cursor, Window
from collectors.cursors import moment_in
from collectors.reddit.parse import Item, Listing

LISTING_CAP, SEARCH_CAP = 900, 200
"""From so many entries on, a listing that ends may have been cut by Reddit."""
LONGEST_WALK = 3000
"""Entries after which a listing counts as endless."""
OVERLAP = timedelta(minutes=5)
"""Read again before the covered end: filtered posts appear late, under their own time."""
_LAST = 3
"""So many entries at a page's end must be old before a walk ends: one may be out of order."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One pass under way. `oldest`: the time of the oldest entry so far, of `seen`.

    `goes_on`: an earlier pass saw entries that this one must meet. `resumed`: it was interrupted,
    and what came meanwhile pushed as many old entries out of what Reddit shows.
    """

    start: datetime
    end: datetime
    goes_on: bool
    after: str | None = None
    oldest: datetime | None = None
    seen: int = 0
    restarted: bool = False
    resumed: bool = False

    @property
    def goal(self) -> datetime:
        """Where to stop."""
        return self.start - OVERLAP if self.goes_on else self.start


@dataclass(frozen=True, slots=True)
class Progress:
    """A cursor, read. `known`: the last walk saw something that the next one should meet."""

    covered_to: datetime | None = None
    known: bool = False
    under_way: Walk | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where one page has led; the walk is over when the progress holds none under way."""

    progress: Progress
    covered: Window | None = None
    warning: str = ""


def next_walk(progress: Progress, window: Window, now: datetime) -> Walk | None:
    """The walk under way, else one over what is new in `window`."""
    if progress.under_way is not None:
        return replace(progress.under_way, resumed=True)
    start, end = max(window.start, progress.covered_to or window.start), min(window.end, now)
    goes_on = progress.known and start == progress.covered_to
    return Walk(start, end, goes_on) if start < end else None


def step(progress: Progress, walk: Walk, page: Listing, *, is_search: bool) -> Step:
    """What `page`, read at `walk.after`, means for the walk."""
    if not page.items and walk.after is not None and not walk.restarted:
        # The entry that the page was asked after is gone: once more from the top.
        again = Walk(walk.start, walk.end, walk.goes_on, restarted=True)
        return Step(replace(progress, under_way=again))
    times = [item.created_at for item in page.items]
    oldest = min([*times, walk.oldest] if walk.oldest else times, default=None)
    stuck = page.after is not None and page.after == walk.after
    walk = replace(walk, after=page.after, oldest=oldest, seen=walk.seen + len(page.items))
    if _reached(page.items, walk.goal):
        return _over(walk)
    if page.after is not None and not stuck and walk.seen < LONGEST_WALK:
        return Step(replace(progress, under_way=walk))
    return _ended_early(walk, stuck or page.after is not None, is_search)


def _reached(items: Sequence[Item], goal: datetime) -> bool:
    last = items[-_LAST:]
    return bool(last) and all(item.created_at < goal for item in last)


def _ended_early(walk: Walk, endless: bool, is_search: bool) -> Step:
    """The listing is over: because there is no more, or because Reddit shows no more?

    A listing that goes on from an earlier pass must meet what that pass saw; a search need not,
    as it is asked for the last day or week only.
    """
    cap = SEARCH_CAP if is_search else LISTING_CAP
    cut = endless or walk.resumed or walk.seen >= cap
    met = walk.oldest is not None and walk.oldest < walk.goal
    if met or not (cut or (walk.goes_on and not is_search)):
        return _over(walk)
    warning = f"the listing ended after {walk.seen} entries, before {walk.goal:%Y-%m-%d %H:%M} UTC"
    if walk.oldest is None:
        # Nothing at all where there was something: better asked again than left a gap.
        return Step(Progress(walk.start, known=True), warning=warning)
    done = _over(walk)
    if walk.oldest >= walk.end:
        return replace(done, covered=None, warning=warning)
    return replace(done, covered=Window(max(walk.oldest, walk.start), walk.end), warning=warning)


def _over(walk: Walk) -> Step:
    known = walk.seen > 0 or walk.goes_on
    return Step(Progress(walk.end, known), Window(walk.start, walk.end))


def read_cursor(cursor: Cursor) -> Progress:
    """Progress as `write_cursor` wrote it; what cannot be read counts as not there."""
    start, end = moment_in(cursor, "start"), moment_in(cursor, "end")
    walk = None
    if start is not None and end is not None:
        walk = Walk(
            start,
            end,
            goes_on=cursor.get("goes_on") == "yes",
            after=cursor.get("after"),
            oldest=moment_in(cursor, "oldest"),
            seen=int(seen) if (seen := cursor.get("seen", "0")).isdecimal() else 0,
            restarted=cursor.get("restarted") == "yes",
        )
    return Progress(moment_in(cursor, "covered_to"), cursor.get("known") == "yes", walk)


def write_cursor(progress: Progress) -> dict[str, str]:
    """The cursor to store; `read_cursor` gives the same progress back."""
    moments = {"covered_to": progress.covered_to}
    fields = {"known": "yes"} if progress.known else {}
    walk = progress.under_way
    if walk is not None:
        moments |= {"start": walk.start, "end": walk.end, "oldest": walk.oldest}
        fields |= {"seen": str(walk.seen), "goes_on": "yes" if walk.goes_on else "no"}
        fields |= {"after": walk.after} if walk.after else {}
        fields |= {"restarted": "yes"} if walk.restarted else {}
    return {name: moment.isoformat() for name, moment in moments.items() if moment} | fields
