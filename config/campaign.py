"""A campaign as its file tells it: what to follow, when, where, and what it hopes for.

Times of day and dates are those of Africa/Casablanca. The form of the file is described in
docs/reference/campaign-file.md, made from these models.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from config.expression import parse

Language = Literal["fr", "ar", "en"]
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOUR = re.compile(r"([01]?[0-9]|2[0-3])(?:[:hH]([0-5][0-9])?(?::00)?)?")


class Part(BaseModel):
    """A piece of a campaign file; an unknown field in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Part):
    """One text in the three languages of the dashboard."""

    fr: str = Field(min_length=1)
    ar: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, language: Language) -> str:
        return {"fr": self.fr, "ar": self.ar, "en": self.en}[language]


def _tag(value: str) -> str:
    bare = value.removeprefix("#")
    if not bare or not re.fullmatch(r"\w+", bare):
        raise ValueError("a hashtag is letters, digits and _ only, with or without its #")
    return bare


def _query(value: str) -> str:
    parse(value)
    return value


Tag = Annotated[str, AfterValidator(_tag)]
Words = tuple[Annotated[str, Field(min_length=2)], ...]


class Family(Part):
    """One concept with everything people write for it; any of its terms matches.

    `words` are single words, `phrases` are several words side by side, `query` joins terms by AND,
    OR, NOT and NEAR; `exclusions` veto a match. Spelling variants (case, accents, hamza,
    elongation, Arabizi digits …) need not be listed.
    """

    concept: str = Field(min_length=1)
    hashtags: tuple[Tag, ...] = ()
    words: Words = ()
    phrases: Words = ()
    query: Annotated[str, AfterValidator(_query)] | None = Field(
        default=None,
        description='Terms joined by AND, OR, NOT, NEAR/n and parentheses: `("ma m7koumch" OR'
        " mamhkoumch) AND NOT football`. It matches beside the lists.",
    )
    exclusions: Words = ()
    context: Words = Field(
        default=(),
        description="One of these must stand in the post too; ties words of the whole world to a"
        " country.",
    )

    @model_validator(mode="after")
    def _has_terms(self) -> Self:
        if not (self.hashtags or self.words or self.phrases or self.query):
            raise ValueError("needs at least one hashtag, word or phrase, or a query")
        return self


class Signpost(Part):
    """A help line or reporting channel that posts can point to."""

    name: str = Field(min_length=1)
    numbers: tuple[Annotated[str, Field(pattern=r"^\+?[0-9]{2,15}$")], ...] = ()
    sites: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Standing(StrEnum):
    """Whose account it is: the campaign's own, a partner's, an institution's, or anybody's."""

    OWNED = "owned"
    PARTNER = "partner"
    INSTITUTION = "institution"
    EARNED = "earned"


class Account(Part):
    """A public account of an organisation; the only authors that are stored by name."""

    platform: str
    handle: str = Field(min_length=1)
    standing: Standing
    name: str = ""


class SourcePlan(Part):
    """How one source is used for a campaign."""

    name: str = Field(description="Folder of the collector: x, reddit …")
    every_minutes: int = Field(default=30, ge=1, le=1440)
    calls_per_day: int | None = Field(default=None, ge=1, description="API calls a local day.")
    calls_in_all: int | None = Field(default=None, ge=1)
    posts_per_day: int | None = Field(
        default=None, ge=1, description="Posts that the platform bills or counts, a local day."
    )
    posts_in_all: int | None = Field(default=None, ge=1)
    dollars_per_day: float | None = Field(default=None, gt=0)
    dollars_in_all: float | None = Field(default=None, gt=0)
    recheck: bool | None = Field(
        default=None,
        description="Whether deletions and edits are asked for daily. By default only where that"
        " costs nothing; elsewhere `sada recheck` asks when you say so. X's compliance jobs cost"
        " nothing; looking edited posts up does.",
    )
    refresh: bool | None = Field(
        default=None,
        description="Whether interactions are read again an hour, a day, three days and a week"
        " after a post. By default only where that costs nothing; elsewhere it takes at most a"
        " quarter of the budget.",
    )


class Target(Part):
    """An announced goal, with where it was announced."""

    metric: str
    value: float
    source: str


class Event(Part):
    """Something on a day that charts should mark."""

    date: date
    title: Texts


def _beside(value: str) -> str:
    path = PurePosixPath(value.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        raise ValueError("must lie beside the campaign file or in a folder there")
    return value


class Indicator(Part):
    """An outside figure by date: calls to a help line, complaints filed, a survey's result."""

    name: Texts
    unit: str
    source: str
    values: dict[date, Annotated[float, Field(ge=0)]] = Field(
        default_factory=dict, description="Figures by date; for a change, one a day."
    )
    file: Annotated[str, AfterValidator(_beside)] = Field(
        default="",
        description="A CSV file beside the campaign file, or in a folder beside it, with the"
        " columns date (2026-11-21) and value, added to the values.",
    )


def _hour(value: object) -> object:
    """8, 8:30, 8h and 8h30 as people write them; the rest is left to pydantic."""
    written = _HOUR.fullmatch(str(value).strip()) if isinstance(value, int | str) else None
    if written is None or isinstance(value, bool):
        if isinstance(value, time):
            return value
        raise ValueError("is no hour of the day. Write it as 08:30")
    return f"{int(written[1]):02}:{written[2] or '00'}"


class Digest(Part):
    """Who gets the daily e-mail, when, and in which language."""

    recipients: tuple[Annotated[str, Field(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$")], ...] = ()
    hour: Annotated[time, BeforeValidator(_hour)] = Field(
        default=time(8, 0), description="Hour of the mail, as 08:30; 08:00 if not said."
    )
    language: Language = "fr"


class Phase(StrEnum):
    """The part of a campaign's life that a day belongs to."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class State(StrEnum):
    """Where a campaign stands today."""

    PENDING = "pending"
    RUNNING = "running"
    FOLLOWUP = "followup"
    CLOSED = "closed"


class Campaign(Part):
    """One campaign file."""

    slug: str = Field(max_length=60, description="Short name for commands and addresses.")
    title: Texts
    organisers: tuple[str, ...] = Field(default=(), description="Who runs the campaign.")
    about: Texts | None = Field(default=None, description="A sentence or two for the pages.")
    start: date = Field(description="First day of the campaign.")
    end: date | None = Field(default=None, description="Last day; left away while it is open.")
    baseline_days: int = Field(default=28, ge=0, le=400, description="Days before, to compare.")
    followup_days: int = Field(default=14, ge=0, le=400, description="Days after, followed too.")
    families: tuple[Family, ...] = Field(min_length=1, description="What the campaign is found by.")
    topic_query: tuple[Family, ...] = Field(
        default=(),
        description="The whole conversation it is part of: the same before, during and after.",
    )
    signposts: tuple[Signpost, ...] = Field(
        default=(), description="Help lines and reporting channels that posts can point to."
    )
    accounts: tuple[Account, ...] = Field(
        default=(), description="Accounts of organisations, told apart from the public's."
    )
    sources: tuple[SourcePlan, ...] = Field(default=(), description="Where it is followed.")
    targets: tuple[Target, ...] = Field(default=(), description="Announced goals and results.")
    digest: Digest = Field(default=Digest(), description="The daily e-mail.")
    events: tuple[Event, ...] = Field(default=(), description="Days that charts mark.")
    indicators: tuple[Indicator, ...] = Field(
        default=(), description="Outside figures that stand beside the social ones."
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if not SLUG.fullmatch(self.slug):
            raise ValueError("slug must be lower-case letters, digits and single hyphens")
        if self.end is not None and self.end < self.start:
            raise ValueError(f"end ({self.end}) is before start ({self.start})")
        names = [source.name for source in self.sources]
        if len(set(names)) != len(names):
            raise ValueError("sources: each source may be listed once")
        return self

    @property
    def first_day(self) -> date:
        """First day of the baseline."""
        return self.start - timedelta(days=self.baseline_days)

    @property
    def last_day(self) -> date | None:
        """Last day of the follow-up, `None` while the campaign's end is open."""
        return None if self.end is None else self.end + timedelta(days=self.followup_days)

    def phase(self, day: date) -> Phase | None:
        """The phase of `day`, `None` outside baseline start to follow-up end."""
        if day < self.first_day or (self.last_day is not None and day > self.last_day):
            return None
        if day < self.start:
            return Phase.BEFORE
        return Phase.DURING if self.end is None or day <= self.end else Phase.AFTER

    def phase_days(self, phase: Phase, today: date) -> tuple[date, date] | None:
        """First and last day of `phase` up to `today`; `None` before it begins or without it."""
        day = timedelta(days=1)
        if phase is Phase.BEFORE:
            first, last = self.first_day, self.start - day
        elif phase is Phase.DURING:
            first, last = self.start, self.end or today
        elif self.end is None or self.last_day is None:
            return None
        else:
            first, last = self.end + day, self.last_day
        last = min(last, today)
        return (first, last) if first <= last else None

    def state(self, today: date) -> State:
        """`pending` until the baseline starts, `closed` once the follow-up is over."""
        if today < self.first_day:
            return State.PENDING
        if self.last_day is not None and today > self.last_day:
            return State.CLOSED
        return State.FOLLOWUP if self.phase(today) is Phase.AFTER else State.RUNNING

    def followed(self, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From the first moment of the baseline to `now` or the end of the follow-up, in UTC."""
        start = datetime.combine(self.first_day, time(), zone).astimezone(UTC)
        end = now
        if self.last_day is not None:
            over = datetime.combine(self.last_day + timedelta(days=1), time(), zone)
            end = min(now, over.astimezone(UTC))
        return start, max(start, end)

    def standing(self, platform: str, handle: str | None) -> Standing:
        """Whose account `handle` on `platform` is, by the campaign's list."""
        wanted = (handle or "").removeprefix("@").casefold()
        for account in self.accounts:
            if (
                account.platform == platform
                and account.handle.removeprefix("@").casefold() == wanted
            ):
                return account.standing
        return Standing.EARNED
