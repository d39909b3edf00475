"""A post of the synthetic world with everything that is true of it."""

import math
from dataclasses import dataclass
from datetime import datetime

from sada.sandbox.people import Person

GROWTH_HOURS = 9.0
"""Interactions reach 63 % of their final number after this time."""


@dataclass(frozen=True, slots=True)
class Version:
    """The text a post had from `at` on. On X every edit gets an id of its own."""

    id: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Reactions:
    """Final interaction counts; `views` only where the platform shows them."""

    likes: int = 0
    reposts: int = 0
    replies: int = 0
    quotes: int = 0
    saves: int = 0
    views: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One post. `scope` is `campaign`, `topic`, or `none` for posts about other things.

    `language`, `label`, `offensive`, `topic`, `signposted` and `disclosure` are the truth, not a
    model's opinion. A Reddit comment's `root` is its submission, its `parent` what it answers.
    """

    platform: str
    versions: tuple[Version, ...]
    author: Person
    kind: str
    scope: str
    language: str
    base: str
    topic: str
    label: str
    offensive: bool
    signposted: bool
    disclosure: bool
    reactions: Reactions
    root: str | None = None
    parent: str | None = None
    title: str = ""
    place: str = ""
    """The subreddit."""
    deleted_at: datetime | None = None
    concert: str = ""
    """The concert that it is part of (`design.CONCERTS`); empty for what people post themselves."""

    @property
    def id(self) -> str:
        """The first version's id: what stays the same."""
        return self.versions[0].id

    @property
    def created_at(self) -> datetime:
        return self.versions[0].at

    def alive(self, now: datetime) -> bool:
        """Whether it has appeared and was not deleted."""
        return self.created_at <= now and (self.deleted_at is None or now < self.deleted_at)

    def version(self, now: datetime) -> Version:
        """The version shown at `now`."""
        return [one for one in self.versions if one.at <= now][-1]

    def reactions_at(self, now: datetime) -> Reactions:
        """The interactions gathered by `now`; they only grow."""
        hours = max(0.0, (now - self.created_at).total_seconds() / 3600)
        part = 1 - math.exp(-hours / GROWTH_HOURS)
        final = self.reactions
        return Reactions(
            *(
                int(part * count)
                for count in (
                    final.likes,
                    final.reposts,
                    final.replies,
                    final.quotes,
                    final.saves,
                    final.views,
                )
            )
        )
