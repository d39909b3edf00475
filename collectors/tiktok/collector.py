"""Collects from TikTok: searches videos, follows the comments below them, looks both up again."""

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from collectors.base import Cursor, Lookup, Page, Post, Query, Refused, Window
from collectors.followed import State, Video, read_state, searched, with_videos, write_state
from collectors.following import Seen, follow
from collectors.guard import Guard as AddressGuard
from collectors.retry import Patience
from collectors.searching import Found, read_stretches
from collectors.stretches import Guard, Stretch
from collectors.tiktok.client import SOURCE, TikTokClient
from collectors.tiktok.comments import CommentReader
from collectors.tiktok.parse import parse_videos
from collectors.tiktok.passes import RULES, batches, below, page_of, token_after
from collectors.tokens import Token


class TikTokCollector:
    """TikTok by its Research API. Sees `collectors.base.Collector`.

    A query's text is the JSON of a search's `query`. Comments are followed below the videos whose
    own text `match` accepts; they belong to what is said about the video, whatever they say.
    """

    name = SOURCE
    platform = SOURCE
    bills = False

    def __init__(
        self,
        client_key: str,
        client_secret: str,
        *,
        match: Callable[[str], bool],
        clock: Callable[[], datetime],
        api_url: str = "https://open.tiktokapis.com",
        guard: AddressGuard | None = None,
        comments: bool = True,
        patience: Patience | None = None,
        token: Token | None = None,
    ) -> None:
        self._client = TikTokClient(
            client_key,
            client_secret,
            api_url=api_url,
            guard=guard,
            clock=clock,
            patience=patience or Patience(),
            token=token or Token(),
        )
        self._match, self._clock, self._comments = match, clock, comments
        self._visited: set[str] = set()
        self._counted = 0

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        """See `Collector.fetch`."""
        now = self._clock()
        state = yield from self._search(query, read_state(cursor), window, now)
        if self._comments:
            state = yield from self._follow(state, window)
            state = replace(state, videos=with_videos(state.videos, (), now))
        for covered in state.waiting:
            state = replace(state, waiting=state.waiting[1:])
            yield self._page((), state, covered=covered)

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        """See `Collector.lookup`. Videos that are gone are left out without a word.

        Comments are read below their video; one that is behind the first 1,000 is neither found
        nor missing.
        """
        before = self._client.calls
        ids = [one for one in dict.fromkeys(platform_ids) if one.replace(":", "", 1).isdecimal()]
        found: dict[str, Post] = {}
        missing: set[str] = set()
        for some, start, end in batches(one for one in ids if ":" not in one):
            posts = self._videos(some, start, end)
            found |= posts
            missing |= set(some) - posts.keys()
        for video, comments in below(one for one in ids if ":" in one).items():
            shown, is_all = self._shown(video)
            found |= {one: shown[one] for one in comments & shown.keys()}
            missing |= (comments - shown.keys()) if is_all else set()
        return Lookup(
            found=tuple(found.values()),
            missing=tuple(one for one in ids if one in missing),
            calls=self._client.calls - before,
        )

    def check(self) -> str:
        """See `Collector.check`. A token, and none of the day's requests."""
        self._client.log_in()
        return "TikTok accepts the key of the research client."

    def _search(
        self, query: Query, state: State, window: Window, now: datetime
    ) -> Generator[Page, None, State]:
        """The pages of videos that are new; returns the state after the last."""
        asked = _asked(query)

        def ask(work: Stretch) -> Found:
            body = self._client.videos(asked, start=work.start, end=work.upper, page=page_of(work))
            answer = parse_videos(body)
            token = token_after(answer.search_id, answer.cursor) if answer.more else None
            return Found(answer.posts, token, answer.unreadable)

        for turn in read_stretches(SOURCE, state.search, window, now, RULES, ask):
            wanted = [post for post in turn.found.posts if self._match(post.text)]
            state = replace(state, videos=with_videos(state.videos, wanted, now))
            state = searched(state, turn.progress, turn.covered)
            posts = [post for post in turn.found.posts if _within(post, window)]
            yield self._page(posts, state, warnings=turn.found.told)
        return state

    def _follow(self, state: State, window: Window) -> Generator[Page, None, State]:
        """A video that another query of this pass follows too is visited once."""
        ids = [name for name in state.videos if name not in self._visited]
        self._visited.update(ids)
        steps = follow(state, self._seen(ids), self._reader) if ids else iter(())
        for step in steps:
            state = step.state
            posts = [post for post in step.posts if _within(post, window)]
            yield self._page(posts, state, threaded=step.threaded, warnings=step.warnings)
        return state

    def _seen(self, ids: Sequence[str]) -> Iterator[Seen]:
        for some, start, end in batches(ids):
            found = self._videos(some, start, end)
            counts = {name: post.metrics.replies for name, post in found.items()}
            yield Seen(some, tuple(found.values()), counts)

    def _reader(self, video: Video, count: int) -> CommentReader:
        return CommentReader(self._client, video.identity)

    def _videos(self, ids: Sequence[str], start: datetime, end: datetime) -> dict[str, Post]:
        """Videos by id, asked for by the days on which they were posted."""
        condition = {"operation": "IN", "field_name": "video_id", "field_values": list(ids)}
        guard, page, found = Guard(), None, dict[str, Post]()
        day = timedelta(hours=12)  # clocks of ids and of days need not agree
        while True:
            body = self._client.videos(
                {"and": [condition]}, start=start - day, end=end + day, page=page
            )
            answer = parse_videos(body)
            found |= {post.platform_id: post for post in answer.posts}
            token = f"{answer.search_id}|{answer.cursor}"
            if not answer.more or guard.is_endless(token, found):
                return found
            page = answer.search_id, answer.cursor

    def _shown(self, video: str) -> tuple[dict[str, Post], bool]:
        """The comments of a video that TikTok gives, and whether these are all."""
        reader = CommentReader(self._client, video)
        shown = {post.platform_id: post for posts, _ in reader.pages() for post in posts}
        return shown, not reader.cut

    def _page(
        self,
        posts: Sequence[Post],
        state: State,
        *,
        covered: Window | None = None,
        threaded: bool = False,
        warnings: Sequence[str] = (),
    ) -> Page:
        """A page with the calls since the last one."""
        calls, self._counted = self._client.calls - self._counted, self._client.calls
        return Page(posts, write_state(state), covered, calls, warnings=warnings, threaded=threaded)


def _asked(query: Query) -> dict[str, Any]:
    try:
        asked = json.loads(query.text)
    except ValueError as error:
        raise Refused(SOURCE, f"query {query.key} is no JSON.") from error
    if not isinstance(asked, dict):
        raise Refused(SOURCE, f"query {query.key} is no JSON object.")
    return asked


def _within(post: Post, window: Window) -> bool:
    return window.start <= post.created_at < window.end
