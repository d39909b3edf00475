"""Collects from X: searches pass by pass, looks stored posts up again."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from collectors.base import (
    Cursor,
    Lookup,
    Missed,
    Page,
    Query,
    Reach,
    Refused,
    Unreachable,
    Window,
)
from collectors.guard import Guard
from collectors.retry import Patience
from collectors.x.backfill import Means, Preview, Verdict
from collectors.x.bill import Bill
from collectors.x.client import LOOKUP_SIZE, SOURCE, Rejected, XClient
from collectors.x.compliance import XJobs
from collectors.x.parse import (
    Parsed,
    age_key,
    gone_ids,
    newest_of,
    next_token_of,
    parse_answer,
    total_of,
    warnings_of,
)
from collectors.x.passes import (
    RECENT_REACH,
    Pass,
    Progress,
    finished,
    next_pass,
    read_cursor,
    within_reach,
    write_cursor,
)

RECENT_LIMIT, ARCHIVE_LIMIT = 512, 1024
"""Characters of a query that recent and full-archive search take."""
ARCHIVE_PAGE = 500
"""Posts a page of full-archive search; recent search gives at most 100."""
IDLE_PAGES = 25
"""Pages in a row that lead no further back, after which a pass counts as endless."""
CHECK_QUERY = "maroc"
OVER_A_WEEK = "over 7 days old: only full-archive search reads it (SADA_X__ARCHIVE)"


class XCollector:
    """X by tweepy. Sees `collectors.base.Collector`.

    With `archive`, full-archive search reads what recent search (7 days) no longer reaches, and
    queries over 512 characters; without, older parts of the window stay a gap. `means` says what
    may still be spent on such days: within a limit they are counted before they are read. `links`
    watches the addresses of compliance jobs; without it there are none.
    """

    name = SOURCE
    platform = SOURCE

    def __init__(
        self,
        bearer_token: str,
        *,
        clock: Callable[[], datetime],
        api_url: str | None = None,
        guard: Guard | None = None,
        links: Guard | None = None,
        archive: bool = False,
        page_size: int = 100,
        dollars_per_post: float = 0.005,
        dollars_per_user: float = 0.010,
        dollars_per_count: float = 0.010,
        means: Callable[[], Means] = Means,
        patience: Patience | None = None,
    ) -> None:
        patience = patience or Patience()
        self._client = XClient(
            bearer_token, api_url=api_url, guard=guard, clock=clock, patience=patience
        )
        self.jobs = (
            None
            if links is None
            else XJobs(self._client, bearer_token, api_url=api_url, guard=links, patience=patience)
        )
        self._clock = clock
        dollars_each = dollars_per_post + dollars_per_user
        self._preview = Preview(self._client, means, dollars_each, dollars_per_count)
        self._archive, self._page_size = archive, page_size
        self._bill = Bill(dollars_per_post, dollars_per_user, clock)
        self.bills = dollars_per_post > 0 or dollars_per_user > 0
        self.reach = None if archive else Reach(RECENT_REACH, OVER_A_WEEK, "over_a_week")

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        """See `Collector.fetch`. A pass that was interrupted is finished first."""
        allowed = ARCHIVE_LIMIT if self._archive else RECENT_LIMIT
        if len(query.text) > allowed:
            raise Refused(SOURCE, f"query {query.key} is longer than {allowed} characters.")
        now = self._clock()
        progress = read_cursor(cursor)
        while (work := next_pass(progress, window, now, archive=self._archive)) is not None:
            if len(query.text) > RECENT_LIMIT:
                work = replace(work, archive=True)
            if progress.under_way is None and work.archive and work.start < now - RECENT_REACH:
                verdict = self._preview.read(query.text, work)
                progress = yield from self._decided(progress, work, verdict)
                continue
            progress = yield from self._read_pass(query, progress, work)

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        """See `Collector.lookup`. An edited post is looked up once more by its newest version.

        Of authors only the id is told: X bills the rest.
        """
        ids = [identity for identity in dict.fromkeys(platform_ids) if identity.isdecimal()]
        before = self._client.calls
        bodies = self._look_up(ids)
        answers = [parse_answer(body) for body in bodies]
        newer = self._look_up([version for answer in answers for version in _outdated(answer)])
        answers += [parse_answer(body) for body in newer]
        found = {post.platform_id: post for answer in answers for post in answer.posts}
        gone = {identity for body in bodies for identity in gone_ids(body)} - found.keys()
        charges = [self._charge(answer) for answer in answers]
        return Lookup(
            found=tuple(found.values()),
            missing=tuple(identity for identity in ids if identity in gone),
            calls=self._client.calls - before,
            billed=sum(posts for posts, _ in charges),
            dollars=sum(dollars for _, dollars in charges),
        )

    def check(self) -> str:
        """See `Collector.check`. One counts request ($0.005): the cheapest call that needs the
        same right as search."""
        total = total_of(self._client.count(CHECK_QUERY))
        return f"X accepts the key; {total} posts of the last 7 days say '{CHECK_QUERY}'."

    def _decided(
        self, progress: Progress, work: Pass, verdict: Verdict
    ) -> Generator[Page, None, Progress]:
        """Puts days gone by under way, or says why not and leaves them for another day."""
        if verdict.work is not None:
            progress = replace(progress, under_way=verdict.work)
            if verdict.calls:
                cursor = write_cursor(progress)
                yield Page((), cursor, calls=verdict.calls, dollars=verdict.dollars)
            return progress
        progress = replace(progress, declined=self._clock().astimezone(UTC).date())
        yield Page(
            (),
            write_cursor(progress),
            calls=verdict.calls,
            dollars=verdict.dollars,
            warnings=(verdict.why,),
            missed=(Missed(work.window, "budget", verdict.why, "too_dear"),),
        )
        return progress

    def _read_pass(
        self, query: Query, progress: Progress, work: Pass
    ) -> Generator[Page, None, Progress]:
        """The pages of one pass; returns the progress after its last page."""
        guard = _Guard()
        may_restart = True
        while True:
            before = self._client.calls
            try:
                body = self._search(query, work)
            except Rejected:
                fresh = self._restarted(work)
                if not may_restart or fresh == work:
                    raise
                work, may_restart = fresh, False
                if work.start < work.end:
                    continue
                return (yield from self._given_up(progress))
            answer, token = parse_answer(body), next_token_of(body)
            endless = token is not None and guard.is_endless(token, answer)
            work = replace(_with_newest(work, body, answer), next_token=None if endless else token)
            progress = (
                finished(progress, work) if token is None else replace(progress, under_way=work)
            )
            covered = work.window if token is None else None
            yield self._page(body, answer, progress, covered, self._client.calls - before)
            if token is None:
                return progress
            if endless:
                raise Unreachable(SOURCE, f"query {query.key} gets the same pages without end.")

    def _given_up(self, progress: Progress) -> Generator[Page, None, Progress]:
        """Forgets a pass whose whole stretch recent search no longer reaches: it stays a gap."""
        progress = replace(progress, under_way=None)
        yield Page((), write_cursor(progress), warnings=("an old pass can no longer be read",))
        return progress

    def _search(self, query: Query, work: Pass) -> dict[str, Any]:
        bounds: dict[str, Any] = {"start_time": work.start, "end_time": work.end}
        if work.since_id is not None:
            bounds = {"since_id": work.since_id, "end_time": work.end}
        if work.next_token is not None:
            bounds["next_token"] = work.next_token
        size = ARCHIVE_PAGE if work.archive else self._page_size
        return self._client.search(
            archive=work.archive, query=query.text, max_results=size, **bounds
        )

    def _restarted(self, work: Pass) -> Pass:
        """The pass from its beginning, asked by time alone.

        X refuses a page token that it forgot, and a since_id or a start older than it searches:
        a pass may have waited. Pages that were stored come again and change nothing.
        """
        fresh = replace(work, next_token=None, since_id=None)
        return within_reach(fresh, self._clock(), archive=self._archive)

    def _page(
        self,
        body: Mapping[str, Any],
        answer: Parsed,
        progress: Progress,
        covered: Window | None,
        calls: int,
    ) -> Page:
        billed, dollars = self._charge(answer)
        warnings = warnings_of(body)
        if answer.unreadable:
            warnings += (f"{answer.unreadable} posts without id or time were left out",)
        return Page(
            posts=answer.posts,
            cursor=write_cursor(progress),
            covered=covered,
            calls=calls,
            billed=billed,
            dollars=dollars,
            warnings=warnings,
        )

    def _charge(self, answer: Parsed) -> tuple[int, float]:
        return self._bill.add((post.platform_id for post in answer.posts), answer.author_ids)

    def _look_up(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        batches = (ids[at : at + LOOKUP_SIZE] for at in range(0, len(ids), LOOKUP_SIZE))
        return [self._client.posts(batch) for batch in batches]


def _with_newest(work: Pass, body: Mapping[str, Any], answer: Parsed) -> Pass:
    """The newest post of the pass so far: X puts it on the first page, others may not."""
    newest = newest_of(body)
    if newest is None:
        return work
    if work.newest_id is None or age_key(newest) > age_key(work.newest_id):
        at = max((post.created_at for post in answer.posts), default=None)
        return replace(work, newest_id=newest, newest_at=at)
    return work


def _outdated(answer: Parsed) -> list[str]:
    """Newest versions of posts that were edited after the version in `answer`."""
    versions = answer.versions or {}
    return [newest for newest, read in versions.values() if newest != read]


class _Guard:
    """Notices a pass that never ends: a page token that comes again, or no way further back."""

    def __init__(self) -> None:
        self._tokens: set[str] = set()
        self._oldest: datetime | None = None
        self._idle = 0

    def is_endless(self, token: str, answer: Parsed) -> bool:
        if token in self._tokens:
            return True
        self._tokens.add(token)
        oldest = min((post.created_at for post in answer.posts), default=None)
        if oldest is not None and (self._oldest is None or oldest < self._oldest):
            self._oldest, self._idle = oldest, 0
        else:
            self._idle += 1
        return self._idle > IDLE_PAGES
