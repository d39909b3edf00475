"""Collects from YouTube: searches videos, follows the comments below them, looks both up again."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from collectors.base import Cursor, Exhausted, Lookup, Page, Post, Query, Window
from collectors.followed import State, Video, read_state, searched, with_videos, write_state
from collectors.following import Seen, follow
from collectors.guard import Guard
from collectors.retry import Patience
from collectors.searching import Found, Turn, read_stretches
from collectors.stretches import Stretch
from collectors.youtube.client import LIST_SIZE, SOURCE, YouTubeClient
from collectors.youtube.comments import CommentReader
from collectors.youtube.parse import (
    counts_of,
    parse_comments,
    parse_videos,
    token_of,
    video_ids,
)
from collectors.youtube.passes import RULES, search_is_due

CHECK_VIDEO = "jNQXAC9IVRw"
"""The first video on YouTube: looking it up costs one unit and no search."""


class YouTubeCollector:
    """YouTube by its Data API v3. Sees `collectors.base.Collector`.

    Searches are scarce (100 calls a day for all campaigns): each query makes one every
    `search_every` only. Comments are followed below the videos whose own text `match` accepts;
    they belong to what is said about the video, whatever they say.
    """

    name = SOURCE
    platform = SOURCE
    bills = False

    def __init__(
        self,
        api_key: str,
        *,
        match: Callable[[str], bool],
        clock: Callable[[], datetime],
        api_url: str = "https://www.googleapis.com/youtube/v3",
        guard: Guard | None = None,
        search_every: timedelta = timedelta(0),
        comments: bool = True,
        comments_per_video: int = 1000,
        patience: Patience | None = None,
    ) -> None:
        patience = patience or Patience()
        self._client = YouTubeClient(
            api_key, api_url=api_url, guard=guard, clock=clock, patience=patience
        )
        self._match, self._clock = match, clock
        self._search_every = search_every
        self._comments, self._most = comments, comments_per_video
        self._visited: set[str] = set()
        self._counted = 0

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        """See `Collector.fetch`. Comments are read even where the day's searches are used up."""
        state, spent = read_state(cursor), None
        now = self._clock()
        if search_is_due(state, now, self._search_every):
            try:
                state = yield from self._search(query, state, window, now)
            except Exhausted as error:
                spent = error
        if self._comments:
            state = yield from self._follow(state, window)
            state = replace(state, videos=with_videos(state.videos, (), now))
        for covered in state.waiting:
            state = replace(state, waiting=state.waiting[1:])
            yield self._page((), state, covered=covered)
        if spent is not None:
            raise spent

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        """See `Collector.lookup`. YouTube drops what is gone without a word.

        The ids of comments are longer than those of videos, which have eleven signs.
        """
        before, found = self._client.calls, dict[str, Post]()
        ids = [one for one in dict.fromkeys(platform_ids) if one and not set(one) & {",", " "}]
        videos = [one for one in ids if len(one) == len(CHECK_VIDEO)]
        comments = [one for one in ids if len(one) > len(CHECK_VIDEO)]
        for some in _batches(videos):
            found |= {post.platform_id: post for post in parse_videos(self._client.videos(some))[0]}
        for some in _batches(comments):
            posts = parse_comments(self._client.comments(some), None)
            found |= {post.platform_id: post for post in posts}
        asked = {*videos, *comments}
        return Lookup(
            found=tuple(found.values()),
            missing=tuple(one for one in ids if one in asked and one not in found),
            calls=self._client.calls - before,
        )

    def check(self) -> str:
        """See `Collector.check`. One unit of 10,000, no search."""
        posts, _ = parse_videos(self._client.videos([CHECK_VIDEO]))
        seen = " and shows videos" if posts else ""
        return f"YouTube accepts the key{seen}."

    def _search(
        self, query: Query, state: State, window: Window, now: datetime
    ) -> Generator[Page, None, State]:
        """The pages of videos that are new; returns the state after the last."""

        def ask(work: Stretch) -> Found:
            body = self._client.search(
                query.text, after=work.start, before=work.upper, token=work.token
            )
            ids = video_ids(body)
            posts, unreadable = parse_videos(self._client.videos(ids)) if ids else ([], 0)
            return Found(posts, token_of(body), unreadable)

        for turn in read_stretches(SOURCE, state.search, window, now, RULES, ask):
            state = self._found(state, turn, now)
            posts = [post for post in turn.found.posts if _within(post, window)]
            yield self._page(posts, state, warnings=turn.found.told)
        return state

    def _found(self, state: State, turn: Turn, now: datetime) -> State:
        wanted = [post for post in turn.found.posts if self._match(post.text)]
        videos = with_videos(state.videos, wanted, now)
        state = replace(state, videos=videos, searched_at=now)
        return searched(state, turn.progress, turn.covered)

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
        for some in _batches(ids):
            body = self._client.videos(some)
            posts, unreadable = parse_videos(body)
            yield Seen(some, posts, counts_of(body), unreadable)

    def _reader(self, video: Video, count: int) -> CommentReader:
        return CommentReader(self._client, video, count, self._most)

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
        return Page(
            posts=posts,
            cursor=write_state(state),
            covered=covered,
            calls=calls,
            warnings=warnings,
            threaded=threaded,
        )


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + LIST_SIZE] for at in range(0, len(ids), LIST_SIZE))


def _within(post: Post, window: Window) -> bool:
    return window.start <= post.created_at < window.end
