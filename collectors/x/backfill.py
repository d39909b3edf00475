"""Days gone by that only full-archive search reaches: counted first, read if they can be paid.

A counts request costs what one post does, and says what thousands would cost. Pure but for
`Preview`, which asks X for the counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from collectors.base import Unreachable, Window
from collectors.x.parse import days_of, next_token_of
from collectors.x.passes import Pass

MOST_COUNT_PAGES = 24
"""Pages of daily counts, a month each, after which an answer counts as endless."""


@dataclass(frozen=True, slots=True)
class Means:
    """What may be spent on days gone by; `None` is no limit. `posts_today`: of them, today."""

    dollars: float | None = None
    posts: int | None = None
    posts_today: int | None = None

    @property
    def unlimited(self) -> bool:
        return (self.dollars, self.posts, self.posts_today) == (None, None, None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The part to read now, `None` if none; `why` says what that is for. What asking cost."""

    work: Pass | None
    why: str = ""
    calls: int = 0
    dollars: float = 0.0


class CountsClient(Protocol):
    """What of `XClient` a preview needs."""

    calls: int

    def counts(
        self, query: str, start: datetime, end: datetime, next_token: str | None
    ) -> Mapping[str, Any]:
        """One page of daily counts from the archive."""
        ...


class Preview:
    """Counts what a stretch holds before it is read. Without a limit it counts nothing.

    `dollars_each`: the most that one post can cost, with its author.
    """

    def __init__(
        self,
        client: CountsClient,
        means: Callable[[], Means],
        dollars_each: float,
        dollars_per_count: float,
    ) -> None:
        self._client, self._means = client, means
        self._each, self._per_count = dollars_each, dollars_per_count

    def read(self, query: str, work: Pass) -> Verdict:
        """Whether `work` can be paid. Raises `CollectorError`."""
        means = self._means()
        if means.unlimited:
            return Verdict(work)
        before = self._client.calls
        days = self._days(query, work.window)
        verdict = affordable(work, days, means, self._each)
        calls = self._client.calls - before
        return replace(verdict, calls=calls, dollars=calls * self._per_count)

    def _days(self, query: str, window: Window) -> list[tuple[Window, int]]:
        days: list[tuple[Window, int]] = []
        token: str | None = None
        for _ in range(MOST_COUNT_PAGES):
            body = self._client.counts(query, window.start, window.end, token)
            days += days_of(body)
            token = next_token_of(body)
            if token is None:
                return days
        raise Unreachable("x", "daily counts come without end.")


def affordable(
    work: Pass, days: Sequence[tuple[Window, int]], means: Means, dollars_each: float
) -> Verdict:
    """All of `work` if it can be paid in all; as many of its newest days as today allows.

    Half a baseline is worth little and would eat what the campaign itself needs, so a stretch
    that cannot be paid whole is not begun.
    """
    posts = sum(count for _, count in days)
    dollars = posts * dollars_each
    found = f"{posts} posts from {work.start:%Y-%m-%d} to {work.end:%Y-%m-%d}"
    if means.dollars is not None and dollars > means.dollars:
        return Verdict(
            None,
            f"{found} would cost up to ${dollars:,.2f}; ${max(means.dollars, 0):,.2f} may be spent"
            " on days gone by. They are not read: raise dollars_in_all or shorten baseline_days.",
        )
    if means.posts is not None and posts > means.posts:
        return Verdict(
            None,
            f"{found} are more than the {max(means.posts, 0)} that may be read of days gone by."
            " They are not read: raise posts_in_all or shorten baseline_days.",
        )
    start = work.start
    if means.posts_today is not None and posts > means.posts_today:
        start = _newest_start(days, means.posts_today, work.end)
    if start >= work.end:
        return Verdict(None, f"{found}: no day of them fits into what is left of posts_per_day.")
    return Verdict(replace(work, start=max(work.start, start)))


def _newest_start(days: Sequence[tuple[Window, int]], most: int, end: datetime) -> datetime:
    """From when on, back from `end`, whole days hold at most `most` posts."""
    start, left = end, most
    for day, count in sorted(days, key=lambda one: one[0].start, reverse=True):
        if count > left:
            break
        start, left = day.start, left - count
    return start
