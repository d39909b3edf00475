"""Reads the comments of one video: all that TikTok gives, as their order is not told."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from collectors.base import Post
from collectors.searching import ForgottenToken
from collectors.stretches import Guard
from collectors.tiktok.client import TikTokClient
from collectors.tiktok.parse import parse_comments
from collectors.tiktok.passes import COMMENTS_SHOWN


class CommentReader:
    """The comments of `video`. `cut`: there are more than are given."""

    newest: datetime | None = None

    def __init__(self, client: TikTokClient, video: str) -> None:
        self._client, self._video = client, video
        self.cut = False

    def pages(self) -> Iterator[tuple[Sequence[Post], int]]:
        """See `collectors.following.Reading`."""
        guard, cursor, may_restart = Guard(), "", True
        while True:
            try:
                answer = parse_comments(self._client.comments(self._video, cursor), self._video)
            except ForgottenToken:
                if not may_restart or not cursor:
                    raise
                guard, cursor, may_restart = Guard(), "", False
                continue
            yield answer.posts, answer.unreadable
            if not answer.more:
                return
            ids = [post.platform_id for post in answer.posts]
            is_known = answer.cursor.isdecimal() and not guard.is_endless(answer.cursor, ids)
            if not is_known or int(answer.cursor) >= COMMENTS_SHOWN:
                self.cut = True
                return
            cursor = answer.cursor
