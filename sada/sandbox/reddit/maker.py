"""The submissions and comments of a few subreddits."""

import math
from datetime import datetime

from sada.sandbox.design import REDDIT_LANGUAGES
from sada.sandbox.item import Item, Reactions, Version
from sada.sandbox.maker import Maker
from sada.sandbox.rhythm import Day
from sada.sandbox.writer import Wish, Written

SUBREDDITS = {"Morocco": 0.85, "Maroc": 0.15}


class RedditMaker(Maker):
    """Submissions and comments of a few subreddits."""

    platform = "reddit"
    languages = REDDIT_LANGUAGES
    authors = 320
    id_prefix = "t2_"

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        answers = self.rng.random() < 0.62
        root = self._recent(moment, 48, wish.topic != "") if answers else None
        parent = self._parent(root) if root else None
        identity = self._number(moment, "t1_" if root else "t3_")
        title, body = ("", written.text) if root else self._split(written.text)
        place = root.place if root else self._subreddit()
        votes = int(math.exp(self.rng.gauss(1.6, 1.1)))
        return self._composed(
            wish,
            written,
            [Version(identity, moment.replace(microsecond=0), body)],
            author=self._crowd.pick(self.rng),
            kind="reply" if root else "original",
            reactions=Reactions(likes=votes, replies=int(self.rng.expovariate(0.25))),
            root=root.id if root else identity,
            parent=parent,
            title=title,
            place=place,
        )

    def _keep(self, item: Item) -> None:
        super()._keep(item)
        if item.kind == "original":
            self._roots[item.scope != "none"].append(item)

    def _parent(self, root: Item) -> str:
        """The submission, or one of its comments."""
        comments = [one.id for one in self.items[-80:] if one.root == root.id and one.parent]
        if comments and self.rng.random() < 0.4:
            return self.rng.choice(comments)
        return root.id

    def _split(self, text: str) -> tuple[str, str]:
        """A title of at most 300 characters and what is left for the body."""
        for mark in (". ", "؟ ", "? ", "! "):
            head, found, rest = text.partition(mark)
            if found and 15 < len(head) < 280:
                return head + found.strip(), rest
        return (text, "") if len(text) <= 300 else (text[:297] + "…", text)

    def _subreddit(self) -> str:
        return self.rng.choices(list(SUBREDDITS), list(SUBREDDITS.values()))[0]

    def _number(self, moment: datetime, prefix: str) -> str:
        number = int(moment.timestamp() * 1000) * 64 + self.rng.getrandbits(6)
        digits = ""
        while number:
            number, rest = divmod(number, 36)
            digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        return prefix + digits
