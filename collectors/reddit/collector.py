"""Collects from Reddit: walks listings and searches, keeps what matches, looks posts up again."""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import datetime, timedelta

from collectors.base import Cursor, Lookup, Page, Post, Query, Reach, Window
from collectors.guard import Guard
from collectors.reddit.client import SOURCE, RedditClient
from collectors.reddit.parse import Listing, parse_listing
from collectors.reddit.passes import Progress, Walk, next_walk, read_cursor, step, write_cursor
from collectors.reddit.reader import read_thread
from collectors.reddit.trees import (
    Root,
    covered_by,
    cursor_after,
    cursor_done,
    due,
    round_of,
)
from collectors.retry import Patience

PAGE_SIZE = 100
TREES = "/comments/{id}"
"""The text of the query for the comments of matched posts."""
_FULLNAME = re.compile(r"t[13]_[0-9a-z]+")
_PERIODS = (
    ("day", timedelta(hours=20)),
    ("week", timedelta(days=6, hours=12)),
    ("month", timedelta(days=27)),
    ("year", timedelta(days=360)),
)


class RedditCollector:
    """Reddit by praw. Sees `collectors.base.Collector`.

    A query is a listing's path (`/r/Morocco/new`, `/r/Morocco/comments/`) or, failing that, words
    to search all of Reddit for. Either way only posts for which `match` holds are given on:
    listings hold everything, and Reddit's search is generous. `match_anywhere` judges what a search
    over all of Reddit found, where no subreddit gives a context.

    The query `TREES` reads the comments of posts that matched earlier, whatever they say: `roots`
    gives those of a scope.
    """

    name = SOURCE
    platform = SOURCE
    bills = False
    reach = Reach(
        timedelta(0),
        "beyond what Reddit lists (about 1,000 posts, 250 of a search)",
        "past_listing",
    )

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        user_agent: str,
        match: Callable[[str], bool],
        match_anywhere: Callable[[str], bool] | None = None,
        roots: Callable[[str], Sequence[Root]] = lambda scope: (),
        clock: Callable[[], datetime],
        api_url: str | None = None,
        guard: Guard | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._client = RedditClient(
            client_id,
            client_secret,
            user_agent=user_agent,
            api_url=api_url,
            guard=guard,
            patience=patience or Patience(),
        )
        self._match = match
        self._match_anywhere = match_anywhere or match
        self._roots = roots
        self._clock = clock

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        """See `Collector.fetch`. A walk that was interrupted is finished first."""
        now = self._clock()
        if query.text == TREES:
            yield from self._trees(query, cursor, window, now)
            return
        progress = read_cursor(cursor)
        for _ in range(2 if progress.under_way else 1):
            walk = next_walk(progress, window, now)
            if walk is not None:
                progress = yield from self._walk(query, progress, walk, window)

    def _walk(
        self, query: Query, progress: Progress, walk: Walk | None, window: Window
    ) -> Generator[Page, None, Progress]:
        """The pages of one walk; returns the progress after its last page."""
        while walk is not None:
            before = self._client.calls
            page = self._read(query, walk)
            result = step(progress, walk, page, is_search=_is_search(query))
            progress, walk = result.progress, result.progress.under_way
            yield Page(
                posts=[post for post in _shown(page) if self._is_wanted(query, post, window)],
                cursor=write_cursor(progress),
                covered=result.covered,
                calls=self._client.calls - before,
                warnings=tuple(filter(None, (result.warning, _unreadable(page)))),
            )
        return progress

    def _trees(self, query: Query, cursor: Cursor, window: Window, now: datetime) -> Iterator[Page]:
        """A page for each thread that is to be looked at again, then one that says it is done."""
        looks = round_of(cursor, now)
        if looks is None:
            return
        for root in due(self._roots(query.scope), looks):
            thread = read_thread(self._client, root)
            shown = [item.post for item in thread.items if item.post is not None]
            yield Page(
                posts=[post for post in shown if window.start <= post.created_at < window.end],
                cursor=cursor_after(looks, root),
                calls=thread.calls,
                warnings=thread.warnings,
            )
        yield Page((), cursor_done(looks), covered_by(looks, window), calls=0)

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        """See `Collector.lookup`. Reddit drops ids that it no longer knows without a word."""
        ids = [each for each in dict.fromkeys(platform_ids) if _FULLNAME.fullmatch(each)]
        before = self._client.calls
        found: dict[str, Post] = {}
        for at in range(0, len(ids), PAGE_SIZE):
            body = self._client.listing("api/info/", id=",".join(ids[at : at + PAGE_SIZE]))
            found |= {post.platform_id: post for post in _shown(parse_listing(body))}
        return Lookup(
            found=tuple(found.values()),
            missing=tuple(each for each in ids if each not in found),
            calls=self._client.calls - before,
        )

    def check(self) -> str:
        """See `Collector.check`. One free call."""
        page = parse_listing(self._client.listing("r/Morocco/new", limit=1))
        newest = f"{page.items[0].created_at:%Y-%m-%d %H:%M} UTC" if page.items else "unknown"
        return f"Reddit accepts the key; newest post of r/Morocco: {newest}."

    def _read(self, query: Query, walk: Walk) -> Listing:
        if not _is_search(query):
            path = query.text.removeprefix("/")
            return parse_listing(self._client.listing(path, limit=PAGE_SIZE, after=walk.after))
        body = self._client.listing(
            "r/all/search/",
            q=query.text,
            sort="new",
            t=_period(self._clock() - walk.goal),
            syntax="lucene",
            restrict_sr="false",
            limit=PAGE_SIZE,
            after=walk.after,
        )
        return parse_listing(body)

    def _is_wanted(self, query: Query, post: Post, window: Window) -> bool:
        matches = self._match_anywhere if _is_search(query) else self._match
        return window.start <= post.created_at < window.end and matches(post.text)


def _is_search(query: Query) -> bool:
    return not query.text.startswith("/r/")


def _shown(page: Listing) -> Iterator[Post]:
    return (item.post for item in page.items if item.post is not None)


def _unreadable(page: Listing) -> str:
    count = page.unreadable
    return f"{count} entries without id or time were left out" if count else ""


def _period(age: timedelta) -> str:
    """The shortest of Reddit's periods that surely holds the last `age`."""
    return next((name for name, reach in _PERIODS if age < reach), "all")
