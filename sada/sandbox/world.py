"""Makes the synthetic world: every post of a campaign with its truth, from a day and a seed."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sada.sandbox.design import Design
from sada.sandbox.item import Item
from sada.sandbox.maker import Maker
from sada.sandbox.platforms import PLATFORMS
from sada.sandbox.rhythm import Day, count, moments, plan


@dataclass(frozen=True)
class World:
    """Everything that is and will be posted, in order of time. The same design, the same world."""

    design: Design
    items: Sequence[Item]

    @cached_property
    def _times(self) -> list[datetime]:
        return [item.created_at for item in self.items]

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        """Those on which something is said, in the order of `PLATFORMS`."""
        there = {item.platform for item in self.items}
        return tuple(name for name in PLATFORMS if name in there)

    def of(self, platform: str) -> list[Item]:
        """Everything that is and will be posted on one platform."""
        return [item for item in self.items if item.platform == platform]

    def published(self, now: datetime) -> Sequence[Item]:
        """What was posted until `now`, since deleted or not."""
        return self.items[: bisect_right(self._times, now)]


def make_world(
    today: date,
    seed: int = 1,
    *,
    design: Design | None = None,
    platforms: Collection[str] = tuple(PLATFORMS),
) -> World:
    """The world in which `today` lies in the campaign's second week (about 0.3 s).

    What is said on one platform does not depend on which others there are.
    """
    design = design or Design(today=today, seed=seed)
    days = plan(design)
    items = [item for name in platforms for item in _posts(PLATFORMS[name].maker(design), days)]
    return World(design, sorted(items, key=lambda item: (item.created_at, item.id)))


def _posts(maker: Maker, days: Sequence[Day]) -> list[Item]:
    design = maker.design
    for day in days:
        about = count(maker.rng, design.per_day[maker.platform] * day.factor)
        other = count(maker.rng, design.noise[maker.platform])
        kinds = [True] * about + [False] * other
        maker.rng.shuffle(kinds)
        for moment, on_topic in zip(moments(maker.rng, day.date, len(kinds)), kinds, strict=True):
            maker.add(day, moment, on_topic)
        maker.close_day(day)
    return [*maker.items, *maker.concerts()]
