"""What the synthetic campaign is made to show: sizes, shares and the effect that was put in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

LIFT = 2.0
"""Factor by which the campaign multiplies the expected daily volume of the conversation."""

TOPICS = ("schools", "law", "sextortion", "platforms", "sceptics", "support", "help")

LANGUAGES: Mapping[str, float] = {
    "fr": 0.30,
    "ary-Arab": 0.27,
    "ary-Latn": 0.17,
    "arb": 0.11,
    "mixed": 0.08,
    "en": 0.07,
}
"""Share of the languages on X; the names are those of `nlp.annotation.LANGUAGES`."""

REDDIT_LANGUAGES: Mapping[str, float] = {
    "fr": 0.30,
    "ary-Arab": 0.08,
    "ary-Latn": 0.22,
    "arb": 0.03,
    "mixed": 0.12,
    "en": 0.25,
}

WEEKDAYS = (1.02, 1.0, 1.03, 1.06, 0.97, 0.88, 0.98)
"""Factors from Monday to Sunday."""

HOURS = (
    *(3.0, 1.5, 0.8, 0.5, 0.4, 0.6, 1.2, 2.4, 3.6, 4.2, 4.5, 4.8),
    *(5.6, 5.8, 4.9, 4.4, 4.5, 5.0, 5.4, 5.9, 6.8, 7.4, 7.0, 5.2),
)
"""Weights of the 24 local hours."""


@dataclass(frozen=True)
class PhaseDesign:
    """What posts of one phase are drawn from; `labels` and each topic row sum to 1."""

    labels: Mapping[str, float]
    offensive: float
    signposting: float
    campaign: float
    topics: Mapping[str, tuple[float, ...]]
    """Weights of `TOPICS` by label."""


BEFORE = PhaseDesign(
    labels={"neg": 0.45, "neu": 0.35, "pos": 0.20},
    offensive=0.12,
    signposting=0.04,
    campaign=0.0,
    topics={
        "neg": (12, 17, 23, 20, 18, 4, 6),
        "neu": (19, 22, 18, 18, 7, 6, 10),
        "pos": (16, 16, 9, 10, 4, 33, 12),
    },
)
DURING = PhaseDesign(
    labels={"neg": 0.35, "neu": 0.40, "pos": 0.25},
    offensive=0.09,
    signposting=0.14,
    campaign=0.45,
    topics={
        "neg": (13, 18, 17, 15, 24, 5, 8),
        "neu": (23, 21, 12, 12, 7, 9, 16),
        "pos": (18, 15, 6, 6, 4, 35, 16),
    },
)

OFFENSIVE_BY_LABEL: Mapping[str, float] = {"neg": 1.0, "neu": 0.08, "pos": 0.0}
"""How often a post insults, relative to a negative one."""


@dataclass(frozen=True)
class Incident:
    """A day on which something happened: `factor` multiplies that day's volume."""

    offset: int
    """Days from the campaign's start."""
    factor: float
    key: str
    viral: int = 0
    """Posts of that day that went round the country."""


PER_DAY: Mapping[str, float] = {
    "x": 62.0,
    "reddit": 12.0,
    "youtube": 6.0,
    "tiktok": 6.0,
    "bluesky": 4.0,
    "mastodon": 3.0,
    "news": 6.0,
}
NOISE: Mapping[str, float] = {
    "x": 3.0,
    "reddit": 5.0,
    "youtube": 1.0,
    "tiktok": 1.0,
    "bluesky": 1.0,
    "mastodon": 0.5,
    "news": 4.0,
}

INCIDENTS = (
    Incident(-12, 1.8, "tv_debate", viral=1),
    Incident(0, 1.25, "launch", viral=2),
    Incident(4, 1.3, "video", viral=2),
)


@dataclass(frozen=True)
class Concert:
    """One text that `accounts` accounts post on X, from `hour` (local) on and within `minutes`.

    `key` names it in `texts/concerts.yaml`. `in_concert`: whether that is called posting in
    concert; a text that goes from hand to hand for days is not.
    """

    key: str
    offset: int
    """Days from the campaign's start."""
    hour: int
    accounts: int
    minutes: float
    in_concert: bool = True


CONCERTS = (
    Concert("against", offset=3, hour=21, accounts=30, minutes=20),
    Concert("for", offset=6, hour=18, accounts=16, minutes=8),
    Concert("answer", offset=7, hour=22, accounts=7, minutes=6),
    Concert("chain", offset=2, hour=9, accounts=24, minutes=3 * 24 * 60, in_concert=False),
)
"""A large one against the campaign, a middling one for it, a small one, and a chain letter."""


@dataclass(frozen=True)
class Design:
    """The plan of one world. Days are those of Africa/Casablanca."""

    today: date
    seed: int = 1
    per_day: Mapping[str, float] = field(default_factory=lambda: dict(PER_DAY))
    """Posts of the conversation on a day of the baseline, by platform."""
    noise: Mapping[str, float] = field(default_factory=lambda: dict(NOISE))
    """Posts a day about other things; no query of the campaign matches them."""
    lift: float = LIFT
    concerts: tuple[Concert, ...] = ()

    @property
    def start(self) -> date:
        return self.today - timedelta(days=10)

    @property
    def end(self) -> date:
        return self.today + timedelta(days=7)

    @property
    def first_day(self) -> date:
        return self.start - timedelta(days=28)

    @property
    def last_day(self) -> date:
        return self.end + timedelta(days=14)

    def days(self) -> list[date]:
        count = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=n) for n in range(count)]

    def phase(self, day: date) -> str:
        if day < self.start:
            return "before"
        return "during" if day <= self.end else "after"

    def shares(self, day: date) -> PhaseDesign:
        """After the campaign people write as they did before it."""
        return DURING if self.phase(day) == "during" else BEFORE

    def incident(self, day: date) -> Incident | None:
        offset = (day - self.start).days
        return next((one for one in INCIDENTS if one.offset == offset), None)
