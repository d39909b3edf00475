"""Makes the synthetic world: every post of a campaign with its truth, from a day and a seed."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from random import Random

from sada.sandbox.campaign import anchors
from sada.sandbox.design import LANGUAGES, REDDIT_LANGUAGES, Design
from sada.sandbox.item import Item
from sada.sandbox.makers import Maker, RedditMaker, XMaker
from sada.sandbox.people import Crowd, organisations
from sada.sandbox.rhythm import Day, count, moments, plan
from sada.sandbox.writer import Writer

X_AUTHORS = 1400
REDDIT_AUTHORS = 320


@dataclass(frozen=True)
class World:
    """Everything that is and will be posted, in order of time. The same design, the same world."""

    design: Design
    items: Sequence[Item]

    @cached_property
    def _times(self) -> list[datetime]:
        return [item.created_at for item in self.items]

    def published(self, now: datetime) -> Sequence[Item]:
        """What was posted until `now`, since deleted or not."""
        return self.items[: bisect_right(self._times, now)]


def make_world(today: date, seed: int = 1, *, design: Design | None = None) -> World:
    """The world in which `today` lies in the campaign's second week (about 0.3 s)."""
    design = design or Design(today=today, seed=seed)
    days = plan(design)
    items = [*_posts(_x_maker(design), days, "x"), *_posts(_reddit_maker(design), days, "reddit")]
    return World(design, sorted(items, key=lambda item: (item.created_at, item.id)))


def _x_maker(design: Design) -> Maker:
    rng = Random(f"sada-x-{design.seed}")
    crowd = Crowd(rng, X_AUTHORS, exponent=0.75, prefix="")
    return XMaker(design, rng, Writer(rng, LANGUAGES, anchors()), crowd, organisations(rng))


def _reddit_maker(design: Design) -> Maker:
    rng = Random(f"sada-reddit-{design.seed}")
    crowd = Crowd(rng, REDDIT_AUTHORS, exponent=0.7, prefix="t2_")
    return RedditMaker(design, rng, Writer(rng, REDDIT_LANGUAGES, anchors()), crowd)


def _posts(maker: Maker, days: Sequence[Day], platform: str) -> list[Item]:
    design = maker.design
    mean = design.x_per_day if platform == "x" else design.reddit_per_day
    for day in days:
        about = count(maker.rng, mean * day.factor)
        other = count(maker.rng, design.noise[platform])
        kinds = [True] * about + [False] * other
        maker.rng.shuffle(kinds)
        for moment, on_topic in zip(moments(maker.rng, day.date, len(kinds)), kinds, strict=True):
            maker.add(day, moment, on_topic)
        maker.close_day(day)
    return maker.items
