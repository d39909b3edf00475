"""Puts posts together: who, what kind, answering whom, which fate. One maker a platform."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sada.sandbox.design import (
    LANGUAGES,
    OFFENSIVE_BY_LABEL,
    REDDIT_LANGUAGES,
    TOPICS,
    Design,
    PhaseDesign,
)
from sada.sandbox.item import Item, Reactions, Version
from sada.sandbox.people import Crowd, Person
from sada.sandbox.rhythm import Day, local_day
from sada.sandbox.writer import Wish, Writer, Written

X_EPOCH_MS = 1_288_834_974_657
DELETED_SHARE = 0.015
EDITED_SHARE = 0.015
SUBREDDITS = {"Morocco": 0.85, "Maroc": 0.15}
EDIT_NOTES = {
    "fr": "(corrigé)",
    "en": "(edited)",
    "ary-Latn": "(s77e7t lghalta)",
    "ary-Arab": "(صححت الغلطة)",
    "arb": "(تم التصحيح)",
}


class Maker:
    """Draws posts in order of time; `items` grows."""

    languages: Mapping[str, float]

    def __init__(
        self,
        design: Design,
        rng: Random,
        writer: Writer,
        crowd: Crowd,
        organisations: Sequence[Person] = (),
    ) -> None:
        self.design, self.rng, self.items = design, rng, list[Item]()
        self._writer, self._crowd, self._organisations = writer, crowd, organisations
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

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        raise NotImplementedError

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
        raise NotImplementedError

    def _edit_id(self, item: Item, at: datetime) -> str:
        raise NotImplementedError


def _with_mood(shares: PhaseDesign, mood: float) -> dict[str, float]:
    """The phase's label shares, the negative one times 1 + mood, the others making up for it."""
    negative = shares.labels["neg"] * (1 + mood)
    rest = (1 - negative) / (1 - shares.labels["neg"])
    return {
        name: negative if name == "neg" else share * rest for name, share in shares.labels.items()
    }


@dataclass(frozen=True, slots=True)
class _Link:
    kind: str
    root: Item | None = None


class XMaker(Maker):
    """Posts on X: originals, replies within threads, quotes; organisations post each day."""

    languages = LANGUAGES

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        author = self._author(day, wish)
        link = self._link(moment, wish, author)
        identity = self._snowflake(moment)
        root = link.root
        return Item(
            platform="x",
            versions=(Version(identity, moment.replace(microsecond=0), written.text),),
            author=author,
            kind=link.kind,
            scope=_scope(wish),
            language=wish.language,
            base=written.base,
            topic=wish.topic,
            label=wish.label,
            offensive=wish.offensive,
            signposted=wish.signposted,
            disclosure=written.disclosure,
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
        for place in self.rng.sample(todays, incident.viral):
            views = self.rng.randint(180_000, 640_000)
            self.items[place] = replace(
                self.items[place], reactions=_spread(self.rng, views), deleted_at=None
            )

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
        return _spread(self.rng, int(15 + (author.followers + 60) * min(seen, 4.0)))

    def _snowflake(self, moment: datetime) -> str:
        milliseconds = int(moment.timestamp() * 1000) - X_EPOCH_MS
        return str((milliseconds << 22) | self.rng.getrandbits(22))

    def _edit_delay(self) -> timedelta:
        return timedelta(minutes=self.rng.randint(5, 55))

    def _edit_id(self, item: Item, at: datetime) -> str:
        return self._snowflake(at)


class RedditMaker(Maker):
    """Submissions and comments of a few subreddits."""

    languages = REDDIT_LANGUAGES

    def _item(self, day: Day, moment: datetime, wish: Wish, written: Written) -> Item:
        answers = self.rng.random() < 0.62
        root = self._recent(moment, 48, wish.topic != "") if answers else None
        parent = self._parent(root) if root else None
        identity = self._number(moment, "t1_" if root else "t3_")
        title, body = ("", written.text) if root else self._split(written.text)
        place = root.place if root else self._subreddit()
        votes = int(math.exp(self.rng.gauss(1.6, 1.1)))
        return Item(
            platform="reddit",
            versions=(Version(identity, moment.replace(microsecond=0), body),),
            author=self._crowd.pick(self.rng),
            kind="reply" if root else "original",
            scope=_scope(wish),
            language=wish.language,
            base=written.base,
            topic=wish.topic,
            label=wish.label,
            offensive=wish.offensive,
            signposted=wish.signposted,
            disclosure=written.disclosure,
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

    def _edit_delay(self) -> timedelta:
        return timedelta(minutes=self.rng.randint(20, 400))

    def _edit_id(self, item: Item, at: datetime) -> str:
        return item.id


def _scope(wish: Wish) -> str:
    if wish.topic == "":
        return "none"
    return "campaign" if wish.campaign else "topic"


def _spread(rng: Random, views: int) -> Reactions:
    """Interactions in proportion to `views`, each with its own luck."""

    def part(rate: float) -> int:
        return int(views * rate * math.exp(rng.gauss(0, 0.6)))

    return Reactions(part(0.022), part(0.006), part(0.004), part(0.0012), part(0.002), views)
