"""Reads a search stretch by stretch: the loop that platforms with time range and token share."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from collectors.base import CollectorError, Post, Unreachable, Window
from collectors.stretches import (
    Guard,
    Progress,
    Rules,
    Stretch,
    next_stretch,
    restarted,
    turned,
)


class ForgottenToken(CollectorError):
    """The platform no longer knows a page token."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search. `unreadable` counts entries without an id or a time."""

    posts: Sequence[Post]
    token: str | None = None
    unreadable: int = 0
    warnings: Sequence[str] = field(default=())

    @property
    def told(self) -> tuple[str, ...]:
        """Warnings, and what was left out."""
        count = self.unreadable
        left_out = (f"{count} entries without id or time were left out",) if count else ()
        return (*self.warnings, *left_out)


@dataclass(frozen=True, slots=True)
class Turn:
    """A page with where it has led; `covered` on the last page of a stretch."""

    found: Found
    progress: Progress
    covered: Window | None


def read_stretches(
    source: str,
    progress: Progress,
    window: Window,
    now: datetime,
    rules: Rules,
    ask: Callable[[Stretch], Found],
) -> Generator[Turn, None, Progress]:
    """Every page of what is still to be read of `window`; returns the progress after the last.

    A stretch whose token was forgotten begins again, once. Raises `Unreachable` for pages without
    end, and what `ask` raises.
    """
    read_to: datetime | None = None
    while (work := next_stretch(progress, window, now, rules, read_to)) is not None:
        read_to = max(work.end, read_to or work.end)
        progress = yield from _read(source, progress, work, rules, ask)
    return progress


def _read(
    source: str,
    progress: Progress,
    work: Stretch,
    rules: Rules,
    ask: Callable[[Stretch], Found],
) -> Generator[Turn, None, Progress]:
    guard = Guard()
    may_restart = True
    while True:
        try:
            found = ask(work)
        except ForgottenToken:
            if not may_restart or work.token is None:
                raise
            work, guard, may_restart = restarted(work), Guard(), False
            continue
        ids = [post.platform_id for post in found.posts]
        endless = found.token is not None and guard.is_endless(found.token, ids)
        times = [post.created_at for post in found.posts]
        # Of pages without end nothing is called covered: the stretch begins again another time.
        progress, covered = turned(progress, work, times, found.token, rules)
        if endless:
            progress = _with(progress, restarted(work))
        yield Turn(found, progress, covered)
        if endless:
            raise Unreachable(source, "the search gives the same pages without end.")
        if progress.under_way is None:
            return progress
        work = progress.under_way
        if (
            work.token is None
        ):  # a list that was cut is followed by another, whose tokens are its own
            guard = Guard()


def _with(progress: Progress, work: Stretch) -> Progress:
    """`progress` with another stretch under way."""
    return Progress(progress.covered_from, progress.covered_to, work)
