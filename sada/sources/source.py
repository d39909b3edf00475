"""What Sada knows of a live source: how to build its collector and what to ask it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collectors.base import Collector, Query
from config.campaign import Campaign
from sada.bootstrap import Sada


@dataclass(frozen=True)
class Source:
    """One live source.

    `build` makes the collector of a campaign from the settings; it raises `Refused` where the key
    is not set. `queries`: the families in the source's syntax, then the conversation; one that
    comes twice is asked once.
    """

    build: Callable[[Sada, Campaign], Collector]
    queries: Callable[[Sada, Campaign], Sequence[Query]]
