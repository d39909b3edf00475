"""Collects from the press: polls feeds of articles and of comments, keeps what matches."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from collectors.base import (
    CollectorError,
    Cursor,
    Lookup,
    Page,
    Post,
    Query,
    Reach,
    Refused,
    Unreachable,
    Window,
)
from collectors.guard import Guard
from collectors.news.client import NEVER, SOURCE, Absent, FeedClient, Fetched
from collectors.news.parse import PLATFORM, Feed, parse_feed, reach_of
from collectors.news.passes import (
    MOST_PAGES,
    Progress,
    is_last,
    read,
    read_cursor,
    stretch,
    unchanged,
    write_cursor,
)
from collectors.retry import Patience


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """What is known of a feed: its outlet's host, what it holds, whether older pages can be
    asked for (`?paged=2`, as WordPress has it)."""

    host: str
    comments: bool = False
    paged: bool = False


class NewsCollector:
    """Feeds by HTTP. Sees `collectors.base.Collector`.

    A query's text is a feed's address; `feeds` says what each is. Articles and comments for which
    `match` holds are given on, and all comments below articles among `roots`. One feed's failure
    is that query's alone. `api_url` stands in for the sites' own addresses (a sandbox). Deletions
    cannot be asked for: feeds only ever show what is new.
    """

    name = SOURCE
    platform = PLATFORM
    bills = False
    reach = Reach(timedelta(0), "older than what the feed still showed", "past_feed")

    def __init__(
        self,
        feeds: Mapping[str, FeedPlan],
        *,
        user_agent: str,
        match: Callable[[str, bool], bool],
        guard: Guard,
        clock: Callable[[], datetime],
        roots: Callable[[], Collection[str]] = frozenset,
        patience: Patience | None = None,
        api_url: str | None = None,
    ) -> None:
        self._feeds = feeds
        self._match, self._roots, self._clock = match, roots, clock
        self._client = FeedClient(
            user_agent=user_agent, guard=guard, patience=patience or Patience(), base=api_url
        )
        self._counted = 0
        self._repaid = False
        """Whether articles came that are older than their feed's last reading: comments below them
        were read before they were known."""

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        """See `Collector.fetch`."""
        plan = self._plan(query.text)
        progress = read_cursor(cursor)
        wanted = stretch(progress, window, self._clock())
        if wanted is None:
            return
        again = plan.comments and self._repaid
        fetched = self._client.get(query.text, NEVER if again else progress.asked)
        if fetched.body is None:
            progress, covered = unchanged(progress, wanted)
            yield Page((), write_cursor(progress), covered, calls=self._spent())
            return
        yield from self._walk(query, plan, progress, wanted, window.start, fetched)

    def owes(self, cursor: Cursor) -> datetime | None:
        """See `collectors.base.owed_by`."""
        return read_cursor(cursor).owed

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        """Says nothing of any post: a feed does not tell what was taken down from what is old."""
        return Lookup((), calls=0)

    def check(self) -> str:
        """Tries every feed in turn. Raises `Refused` that names those without a usable answer."""
        good, bad = 0, []
        for url, plan in self._feeds.items():
            try:
                fetched = self._client.get(url)
                feed = self._parsed(url, plan, fetched)
                good += 1
                if not feed.entries:
                    bad.append(f"{url}: a feed without entries")
            except CollectorError as error:
                bad.append(str(error).removeprefix(f"{SOURCE}: "))
        if bad:
            raise Refused(
                SOURCE, f"{good} of {len(self._feeds)} feeds answer. Not usable: " + "; ".join(bad)
            )
        return f"all {good} feeds answer."

    def _walk(
        self,
        query: Query,
        plan: FeedPlan,
        progress: Progress,
        wanted: Window,
        first: datetime,
        fetched: Fetched,
    ) -> Iterator[Page]:
        """The feed, and older pages of it while they are needed. The cursor moves on the last."""
        feed = self._parsed(query.text, plan, fetched)
        seen, reach, sizes = set(ids(feed)), reach_of(feed.entries), [len(feed.entries)]
        while True:
            older, whole, stopped, warnings = None, False, False, _warnings(feed)
            further = plan.paged and reach is not None and reach > wanted.start
            if further and len(sizes) < MOST_PAGES:
                answer = self._older(query.text, plan, len(sizes) + 1)
                older = answer if not seen.issuperset(ids(answer)) else None
                whole = not answer.entries and is_last(sizes)
                stopped = older is None and not whole
                if stopped:
                    warnings += (f"{query.text[:120]}: its older pages stop before their end",)
            cursor, covered = write_cursor(progress), None
            if older is None:
                done, covered = read(
                    progress, wanted, fetched.version, reach, whole=whole, stopped=stopped
                )
                cursor = write_cursor(done)
                self._repaid |= progress.owed is not None and not plan.comments
                if reach is None and progress.known:
                    warnings += (f"{query.text[:120]} had entries and has none now",)
            before = write_cursor(progress)
            yield from self._pages(query, feed, first, before, cursor, covered, warnings)
            if older is None:
                return
            feed, seen = older, seen.union(ids(older))
            sizes.append(len(older.entries))
            reach = min(filter(None, (reach, reach_of(older.entries))))

    def _pages(
        self,
        query: Query,
        feed: Feed,
        first: datetime,
        before: dict[str, str],
        cursor: dict[str, str],
        covered: Window | None,
        warnings: Sequence[str],
    ) -> Iterator[Page]:
        """What matches, and what stands below an article that was found."""
        posts = [one.post for one in feed.entries if one.post and one.post.created_at >= first]
        matched: list[Post] = []
        others: list[Post] = []
        for post in posts:
            (matched if self._match(post.text, query.in_context) else others).append(post)
        roots = self._roots() if any(post.root_id for post in others) else ()
        below = [post for post in others if post.root_id in roots]
        calls = self._spent()
        if below:
            yield Page(below, before, calls=0, threaded=True)
        yield Page(matched, cursor, covered, calls=calls, warnings=warnings)

    def _older(self, url: str, plan: FeedPlan, number: int) -> Feed:
        """An older page; one without entries where the site says that there is none."""
        try:
            return self._parsed(url, plan, self._client.get(paged(url, number)))
        except Absent:
            return Feed((), is_feed=True)

    def _parsed(self, url: str, plan: FeedPlan, fetched: Fetched) -> Feed:
        feed = parse_feed(
            fetched.body or b"",
            fetched.content_type,
            host=plan.host,
            comments=plan.comments,
            now=self._clock(),
        )
        if not feed.is_feed:
            raise Unreachable(SOURCE, f"{url[:120]}: the answer is no feed.", one_query=True)
        return feed

    def _plan(self, url: str) -> FeedPlan:
        try:
            return self._feeds[url]
        except KeyError as error:
            raise Refused(SOURCE, f"{url[:120]} is in no list of feeds.", one_query=True) from error

    def _spent(self) -> int:
        """Calls since it was asked last."""
        before, self._counted = self._counted, self._client.calls
        return self._client.calls - before


def paged(url: str, number: int) -> str:
    """A WordPress feed's older page.

    >>> paged("https://press.example/feed/?lang=fr", 2)
    'https://press.example/feed/?lang=fr&paged=2'
    """
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, True) if pair[0] != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("paged", str(number))])))


def ids(feed: Feed) -> Iterator[str]:
    """The ids of its entries."""
    return (one.platform_id for one in feed.entries)


def _warnings(feed: Feed) -> tuple[str, ...]:
    found = []
    if feed.undated:
        found.append(f"{feed.undated} entries without a time were left out")
    if feed.malformed:
        found.append(f"a feed is malformed; {len(feed.entries)} entries could be read")
    return tuple(found)
