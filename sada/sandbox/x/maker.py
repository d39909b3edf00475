"""The posts of X: originals, replies within threads, quotes; organisations post each day."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sada.sandbox.concerts import concerted
from sada.sandbox.design import LANGUAGES, Design
from sada.sandbox.item import Item, Reactions, Version
from sada.sandbox.maker import Maker, spread
from sada.sandbox.people import Person, organisations
from sada.sandbox.rhythm import Day, local_day
from sada.sandbox.writer import Wish, Written

EPOCH_MS = 1_288_834_974_657


@dataclass(frozen=True, slots=True)
class _Link:
    kind: str
    root: Item | None = None


class XMaker(Maker):
    """Posts on X: originals, replies within threads, quotes; organisations post each day."""

    platform = "x"
    languages = LANGUAGES
    authors = 1400
    exponent = 0.75

    def __init__(self, design: Design) -> None:
        super().__init__(design)
        self._organisations = organisations(self.rng)

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        author = self._author(day, wish)
        link = self._link(moment, wish, author)
        identity = _snowflake(self.rng, moment)
        root = link.root
        return self._composed(
            wish,
            written,
            [Version(identity, moment.replace(microsecond=0), written.text)],
            author=author,
            kind=link.kind,
            reactions=self._reactions(author),
            root=root.id if root and link.kind == "reply" else identity,
            parent=root.id if root else None,
        )

    def _keep(self, item: Item) -> None:
        super()._keep(item)
        kept = self.items[-1]
        if kept.kind == "original" and kept.scope != "none" and len(kept.versions) == 1:
            self._roots[True].append(kept)

    def close_day(self, day: Day) -> None:
        """Chooses the posts of an incident's day that go round the country."""
        incident = self.design.incident(day.date)
        if incident is None:
            return
        todays = [
            n
            for n, item in enumerate(self.items)
            if local_day(item.created_at) == day.date
            and item.kind == "original"
            and item.scope != "none"
            and not item.author.organisation
        ]
        for place in self.rng.sample(todays, min(incident.viral, len(todays))):
            views = self.rng.randint(180_000, 640_000)
            self.items[place] = replace(
                self.items[place], reactions=spread(self.rng, views), deleted_at=None
            )

    def concerts(self) -> list[Item]:
        """See `Maker.concerts`; they are drawn by themselves."""
        return concerted(self.design, _snowflake)

    def _author(self, day: Day, wish: Wish) -> Person:
        during = self.design.phase(day.date) == "during"
        speaks = wish.label in ("neu", "pos") and not wish.offensive and wish.topic != ""
        chance = (0.07 if wish.campaign else 0.02) if during else 0.012
        if speaks and self.rng.random() < chance:
            return self.rng.choices(self._organisations, (5, 3, 3, 2))[0]
        return self._crowd.pick(self.rng)

    def _link(self, moment: datetime, wish: Wish, author: Person) -> _Link:
        draw = self.rng.random()
        if wish.topic == "" or author.organisation or draw < 0.64:
            return _Link("original")
        root = self._recent(moment, 36, True)
        if root is None:
            return _Link("original")
        return _Link("reply" if draw < 0.9 else "quote", root)

    def _reactions(self, author: Person) -> Reactions:
        seen = math.exp(self.rng.gauss(-1.1, 0.9))
        return spread(self.rng, int(15 + (author.followers + 60) * min(seen, 4.0)))

    def _edit_delay(self) -> timedelta:
        return timedelta(minutes=self.rng.randint(5, 55))

    def _edit_id(self, item: Item, at: datetime) -> str:
        return _snowflake(self.rng, at)


def _snowflake(rng: Random, moment: datetime) -> str:
    milliseconds = int(moment.timestamp() * 1000) - EPOCH_MS
    return str((milliseconds << 22) | rng.getrandbits(22))
