"""What the makers of video platforms share: videos, comments below them, answers to comments."""

from datetime import datetime
from typing import ClassVar

from sada.sandbox.item import Item, Reactions, Version
from sada.sandbox.maker import Maker, spread
from sada.sandbox.people import Person
from sada.sandbox.rhythm import Day
from sada.sandbox.writer import Wish, Written


class VideoMaker(Maker):
    """Videos and comments of a crowd. A platform gives ids and says what a video's texts are.

    A deleted video would take its comments along, and a deleted comment its answers; here only
    answers are deleted, so that what is true can be read to the end.
    """

    comments: ClassVar[float] = 0.72
    """Share of comments among what is written, where there is a video to write below."""

    def video(self, moment: datetime) -> str:
        """The id of a new video."""
        raise NotImplementedError

    def comment(self, moment: datetime, video: str, thread: str | None) -> str:
        """The id of a new comment below `video`, or of an answer below its comment `thread`."""
        raise NotImplementedError

    def texts(self, text: str) -> tuple[str, str]:
        """Title and body of a video that says `text`."""
        return "", text

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        below = self.rng.random() < self.comments
        root = self._recent(moment, 72, wish.topic != "") if below else None
        thread = self._thread(root) if root else None
        identity = self.comment(moment, root.id, thread) if root else self.video(moment)
        title, body = ("", written.text) if root else self.texts(written.text)
        author = self._crowd.pick(self.rng)
        return self._composed(
            wish,
            written,
            [Version(identity, moment.replace(microsecond=0), body)],
            author=author,
            kind="reply" if root else "original",
            reactions=self._reactions(author, bool(root)),
            root=root.id if root else identity,
            parent=thread or (root.id if root else None),
            title=title,
        )

    def _keep(self, item: Item) -> None:
        super()._keep(item)
        if item.kind == "original":
            self._roots[item.scope != "none"].append(self.items[-1])

    def _thread(self, root: Item) -> str | None:
        """A comment below `root` to answer, or none."""
        tops = [one.id for one in self.items[-80:] if one.parent == root.id]
        return self.rng.choice(tops) if tops and self.rng.random() < 0.35 else None

    def _fate(self, item: Item) -> Item:
        drawn = super()._fate(item)
        is_answer = item.kind == "reply" and item.parent != item.root
        return drawn if drawn.deleted_at is None or is_answer else item

    def _reactions(self, author: Person, is_comment: bool) -> Reactions:
        if is_comment:
            return Reactions(likes=int(self.rng.expovariate(0.3)))
        return spread(self.rng, int(60 + author.followers * 4 * self.rng.random()))
