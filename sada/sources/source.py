"""What Sada knows of a live source: how to build its collector and what to ask it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collectors.base import Collector, Query
from config.campaign import Campaign
from sada.bootstrap import Sada


@dataclass(frozen=True, slots=True)
class Rates:
    """What asking costs, to foresee a campaign's expense before anything was spent.

    `dollars_per_look`: of a stored post that is looked up by its id. `calls_per_day`: the most that
    the platform (or the settings) give; `None` for no such limit.
    """

    posts_per_call: int = 100
    dollars_per_post: float = 0.0
    dollars_per_look: float = 0.0
    calls_per_day: int | None = None


def free(sada: Sada) -> Rates:
    """A platform that bills nothing and hardly limits calls."""
    return Rates()


@dataclass(frozen=True)
class Source:
    """One live source.

    `build` makes the collector of a campaign from the settings; it raises `Refused` where the key
    is not set. `queries`: the families in the source's syntax, then the conversation; one that
    comes twice is asked once. `rates`: what that costs.
    """

    build: Callable[[Sada, Campaign], Collector]
    queries: Callable[[Sada, Campaign], Sequence[Query]]
    rates: Callable[[Sada], Rates] = free
