"""Puts posts together: who, what kind, answering whom, which fate. Each platform has its own."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, ClassVar

from sada.sandbox.campaign import anchors
from sada.sandbox.design import OFFENSIVE_BY_LABEL, TOPICS, Design, PhaseDesign
from sada.sandbox.item import Item, Reactions, Version
from sada.sandbox.people import Crowd
from sada.sandbox.rhythm import Day, local_day
from sada.sandbox.writer import Wish, Writer, Written

DELETED_SHARE = 0.015
EDITED_SHARE = 0.015
EDIT_NOTES = {
    "fr": "(corrigé)",
    "en": "(edited)",
    "ary-Latn": "(s77e7t lghalta)",
    "ary-Arab": "(صححت الغلطة)",
    "arb": "(تم التصحيح)",
}


class Maker:
    """Draws posts in order of time; `items` grows. A platform's maker says what an item is."""

    platform: ClassVar[str]
    languages: ClassVar[Mapping[str, float]]
    authors: ClassVar[int]
    """Accounts of its crowd."""
    exponent: ClassVar[float] = 0.7
    """Of Zipf's law: how unequally they write."""
    id_prefix: ClassVar[str] = ""
    """Of account ids; without one they are numbers."""

    def __init__(self, design: Design) -> None:
        rng = Random(f"sada-{self.platform}-{design.seed}")
        self.design, self.rng, self.items = design, rng, list[Item]()
        self._crowd = Crowd(rng, self.authors, exponent=self.exponent, prefix=self.id_prefix)
        self._writer = Writer(rng, self.languages, anchors())
        self._roots: dict[bool, list[Item]] = {True: [], False: []}

    def add(self, day: Day, moment: datetime, on_topic: bool) -> None:
        """One more post at `moment`."""
        language = self.rng.choices(list(self.languages), list(self.languages.values()))[0]
        if not on_topic:
            written = self._writer.noise(language)
            wish = Wish(written.base, topic="", label="")
        else:
            wish = self._wish(day, language)
            written = self._writer.write(wish)
        self._keep(self._item(day, moment, wish, written))

    def close_day(self, day: Day) -> None:
        """What is only known once a day is over."""

    def concerts(self) -> list[Item]:
        """What is posted in concert, on top of what the days bring."""
        return []

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        raise NotImplementedError

    def _composed(
        self, wish: Wish, written: Written, versions: Sequence[Version], **own: Any
    ) -> Item:
        """An item with what its wish and its text say; `own` are the other fields of `Item`."""
        return Item(
            platform=self.platform,
            versions=tuple(versions),
            scope=scope_of(wish),
            language=wish.language,
            base=written.base,
            topic=wish.topic,
            label=wish.label,
            offensive=wish.offensive,
            signposted=wish.signposted,
            disclosure=written.disclosure,
            **own,
        )

    def _keep(self, item: Item) -> None:
        self.items.append(self._fate(item))

    def _wish(self, day: Day, language: str) -> Wish:
        shares = self.design.shares(day.date)
        labels = _with_mood(shares, day.mood)
        label = self.rng.choices(list(labels), list(labels.values()))[0]
        scale = sum(shares.labels[name] * OFFENSIVE_BY_LABEL[name] for name in shares.labels)
        offensive = self.rng.random() < shares.offensive / scale * OFFENSIVE_BY_LABEL[label]
        return Wish(
            language=language,
            topic=self.rng.choices(TOPICS, shares.topics[label])[0],
            label=label,
            offensive=offensive,
            signposted=not offensive
            and self.rng.random() < shares.signposting / (1 - shares.offensive),
            campaign=self.rng.random() < shares.campaign,
        )

    def _recent(self, moment: datetime, hours: float, on_topic: bool) -> Item | None:
        """A thread's first post of the last `hours`, about the topic or about other things; those
        with many replies draw more."""
        since = moment - timedelta(hours=hours)
        roots = self._roots[on_topic]
        near = roots[bisect_left(roots, since, key=lambda one: one.created_at) :]
        if not near:
            return None
        return self.rng.choices(near, [1 + one.reactions.replies for one in near])[0]

    def _fate(self, item: Item) -> Item:
        """Some posts are deleted or edited some hours later; replies to them stay."""
        draw = self.rng.random()
        if draw < DELETED_SHARE:
            hours = 2 + 40 * self.rng.random()
            return replace(item, deleted_at=item.created_at + timedelta(hours=hours))
        if draw < DELETED_SHARE + EDITED_SHARE and item.scope != "none":
            return self._edited(item)
        return item

    def _edited(self, item: Item) -> Item:
        after = self._edit_delay()
        at = item.created_at + after
        if local_day(at) != local_day(item.created_at):
            return item
        text = f"{item.versions[0].text} {EDIT_NOTES[item.base]}".strip()
        return replace(item, versions=(*item.versions, Version(self._edit_id(item, at), at, text)))

    def _edit_delay(self) -> timedelta:
        return timedelta(minutes=self.rng.randint(20, 400))

    def _edit_id(self, item: Item, at: datetime) -> str:
        """The id of an edited version: on most platforms the same."""
        return item.id


def _with_mood(shares: PhaseDesign, mood: float) -> dict[str, float]:
    """The phase's label shares, the negative one times 1 + mood, the others making up for it."""
    negative = shares.labels["neg"] * (1 + mood)
    rest = (1 - negative) / (1 - shares.labels["neg"])
    return {
        name: negative if name == "neg" else share * rest for name, share in shares.labels.items()
    }


def scope_of(wish: Wish) -> str:
    if wish.topic == "":
        return "none"
    return "campaign" if wish.campaign else "topic"


def spread(rng: Random, views: int) -> Reactions:
    """Interactions in proportion to `views`, each with its own luck."""

    def part(rate: float) -> int:
        return int(views * rate * math.exp(rng.gauss(0, 0.6)))

    return Reactions(part(0.022), part(0.006), part(0.004), part(0.0012), part(0.002), views)
