"""What the makers of X-like platforms share: originals, replies within threads, quotes."""

import math
from datetime import datetime
from typing import ClassVar

from sada.sandbox.item import Item, Reactions, Version
from sada.sandbox.maker import Maker, spread
from sada.sandbox.people import Person
from sada.sandbox.rhythm import Day
from sada.sandbox.writer import Wish, Written


class MicroblogMaker(Maker):
    """Short posts of a crowd. A platform gives ids and says how many quote."""

    originals: ClassVar[float] = 0.66
    """Share of posts that start a thread; where a thread can be answered."""
    quotes: ClassVar[float] = 0.08
    """Share of posts that quote another."""

    def identity(self, moment: datetime, author: Person) -> str:
        """The id of a new post."""
        raise NotImplementedError

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        author = self._crowd.pick(self.rng)
        draw = self.rng.random()
        started = wish.topic == "" or draw < self.originals
        root = None if started else self._recent(moment, 36, True)
        kind = "original" if root is None else "quote" if draw > 1 - self.quotes else "reply"
        identity = self.identity(moment, author)
        return self._composed(
            wish,
            written,
            [Version(identity, moment.replace(microsecond=0), written.text)],
            author=author,
            kind=kind,
            reactions=self._reactions(author),
            root=root.id if root and kind == "reply" else identity,
            parent=root.id if root else None,
        )

    def _keep(self, item: Item) -> None:
        super()._keep(item)
        if item.kind == "original" and item.scope != "none":
            self._roots[True].append(self.items[-1])

    def _reactions(self, author: Person) -> Reactions:
        seen = math.exp(self.rng.gauss(-0.9, 0.8))
        return spread(self.rng, int(10 + (author.followers + 40) * min(seen, 3.0)))
