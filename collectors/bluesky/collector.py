"""Collects from Bluesky: searches stretch by stretch, looks stored posts up again."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from collectors.base import Cursor, Lookup, Page, Post, Query, Window
from collectors.bluesky.client import LOOKUP_SIZE, SOURCE, BlueskyClient
from collectors.bluesky.parse import parse_search, parse_views
from collectors.guard import Guard
from collectors.retry import Patience
from collectors.searching import Found, read_stretches
from collectors.stretches import Rules, Stretch, read_progress, write_progress
from collectors.tokens import Token

RULES = Rules(settling=timedelta(minutes=15), deepest=9_000)
"""Posts reach the search some minutes late; pages end near 10,000 posts."""
CHECK_QUERY = "maroc"


class BlueskyCollector:
    """Bluesky by XRPC. Sees `collectors.base.Collector`. A query's text is the search's `q`.

    `token` may be shared with other collectors of the same account, as log-ins are limited.
    """

    name = SOURCE
    platform = SOURCE
    bills = False

    def __init__(
        self,
        handle: str,
        app_password: str,
        *,
        clock: Callable[[], datetime],
        api_url: str = "https://bsky.social",
        guard: Guard | None = None,
        patience: Patience | None = None,
        token: Token | None = None,
    ) -> None:
        self._client = BlueskyClient(
            handle,
            app_password,
            api_url=api_url,
            guard=guard,
            clock=clock,
            patience=patience or Patience(),
            token=token or Token(),
        )
        self._clock = clock

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        """See `Collector.fetch`. A stretch that was interrupted is finished first."""
        before = self._client.calls
        turns = read_stretches(
            SOURCE,
            read_progress(cursor),
            window,
            self._clock(),
            RULES,
            lambda work: self._search(query, work),
        )
        for turn in turns:
            yield Page(
                posts=[post for post in turn.found.posts if _within(post, window)],
                cursor=write_progress(turn.progress),
                covered=turn.covered,
                calls=self._client.calls - before,
                warnings=turn.found.told,
            )
            before = self._client.calls

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        """See `Collector.lookup`. Bluesky drops posts that are gone without a word."""
        uris = [uri for uri in dict.fromkeys(platform_ids) if uri.startswith("at://")]
        before = self._client.calls
        found: dict[str, Post] = {}
        for at in range(0, len(uris), LOOKUP_SIZE):
            posts = parse_views(self._client.posts(uris[at : at + LOOKUP_SIZE]))
            found |= {post.platform_id: post for post in posts}
        return Lookup(
            found=tuple(found.values()),
            missing=tuple(uri for uri in uris if uri not in found),
            calls=self._client.calls - before,
        )

    def check(self) -> str:
        """See `Collector.check`. A log-in and one search, both free."""
        now = self._clock()
        body = self._client.search(
            CHECK_QUERY, since=now - timedelta(days=1), until=now, cursor=None
        )
        count = len(parse_search(body).posts)
        more = "at least " if body.get("cursor") else ""
        return (
            f"Bluesky accepts the app password; {more}{count} posts of a day say '{CHECK_QUERY}'."
        )

    def _search(self, query: Query, work: Stretch) -> Found:
        body = self._client.search(
            query.text, since=work.start, until=work.upper, cursor=work.token
        )
        return parse_search(body)


def _within(post: Post, window: Window) -> bool:
    return window.start <= post.created_at < window.end
