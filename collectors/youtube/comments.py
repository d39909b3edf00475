"""Reads the new comments of one video, newest thread first, with a bound."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from collectors.base import Post
from collectors.followed import Video
from collectors.searching import ForgottenToken
from collectors.stretches import Guard
from collectors.youtube.client import CommentsOff, YouTubeClient
from collectors.youtube.parse import Thread, parse_comments, parse_threads, token_of

Page = tuple[Sequence[Post], int]
"""Comments, and how many entries could not be read."""


class CommentReader:
    """The comments of `video` that are newer than what was read before.

    A video has `count` comments now. Reading goes back until all that is new was met: as many as
    the count grew by, and a page without a new thread. Answers to old threads are behind these. At
    most `most` comments are read; `cut` says whether that ended it.
    """

    def __init__(self, client: YouTubeClient, video: Video, count: int, most: int) -> None:
        self._client, self._video, self._most = client, video, most
        self._missing = count - max(video.counted, 0)
        self._read = 0
        self.newest: datetime | None = None
        self.cut = False

    def pages(self) -> Iterator[Page]:
        """See `collectors.following.Reading`. Comments that are switched off are none."""
        guard, token, may_restart = Guard(), None, True
        while True:
            try:
                page = parse_threads(self._client.threads(self._id, token), self._id)
            except CommentsOff:
                return
            except ForgottenToken:
                if not may_restart or token is None:
                    raise
                guard, token, may_restart = Guard(), None, False
                continue
            posts = [one for thread in page.threads for one in self._whole(thread)]
            self._note(posts)
            yield posts, page.unreadable
            if page.token is None or self._is_over(page.threads):
                return
            if self._read >= self._most or guard.is_endless(page.token, _ids(posts)):
                self.cut = True
                return
            token = page.token

    @property
    def _id(self) -> str:
        return self._video.identity

    def _whole(self, thread: Thread) -> list[Post]:
        """A thread with all its replies: only some of many come with it."""
        if thread.replies_told <= len(thread.replies):
            return [thread.top, *thread.replies]
        replies: list[Post] = []
        guard, token = Guard(), None
        while len(replies) < self._most:
            body = self._client.replies(thread.top.platform_id, token)
            some = parse_comments(body, self._id)
            replies += some
            token = token_of(body)
            if token is None or guard.is_endless(token, _ids(some)):
                break
        return [thread.top, *replies]

    def _note(self, posts: Sequence[Post]) -> None:
        self._read += len(posts)
        self._missing -= sum(self._is_new(post) for post in posts)
        times = [post.created_at for post in posts]
        self.newest = max([*times, self.newest] if self.newest else times, default=None)

    def _is_over(self, threads: Sequence[Thread]) -> bool:
        return self._missing <= 0 and not any(self._is_new(thread.top) for thread in threads)

    def _is_new(self, post: Post) -> bool:
        return self._video.read_to is None or post.created_at > self._video.read_to


def _ids(posts: Sequence[Post]) -> list[str]:
    return [post.platform_id for post in posts]
