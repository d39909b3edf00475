"""What named queries answer: plain frozen rows, so that no other room meets SQLAlchemy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Cut:
    """Which posts a figure is about; empty means all. `scope`: `campaign`, or `all` with the topic.

    `first` and `last` are days, both included.
    """

    scope: str = "all"
    platforms: Sequence[str] = ()
    languages: Sequence[str] = ()
    standings: Sequence[str] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class DayRow:
    """Sums of one day (and one platform and language, where grouped by them; else empty text).

    Interaction sums are over posts that state them; `viewed` counts the posts that state views.
    Label counts are over annotated originals.
    """

    day: date
    platform: str
    language: str
    posts: int
    originals: int
    reposts_made: int
    replies_made: int
    quotes_made: int
    likes: int
    reposts: int
    replies: int
    quotes: int
    saves: int
    views: int
    viewed: int
    annotated: int
    neg: int
    neu: int
    pos: int
    offensive: int
    signposted: int


@dataclass(frozen=True, slots=True)
class AuthorsRow:
    """Authors on one platform within a cut; never added across platforms.

    `posts_per_author` feeds effective authors; `followers` are of the authors whose count is
    known, and `potential_impressions` is the sum of followers over all their posts.
    """

    platform: str
    authors: int
    posts_per_author: Sequence[int]
    followers: Sequence[int]
    potential_impressions: int


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as a page may show it: masked text, no handle but a listed account's."""

    id: int
    platform: str
    platform_id: str
    created_at: datetime
    day: date
    author: str
    """A short pseudonym that is the same within the database, or a listed account's handle."""
    standing: str
    scope: str
    kind: str
    text: str
    language: str | None
    label: str | None
    neg: float | None
    neu: float | None
    pos: float | None
    offensive: float | None
    topic: str | None
    matched: Sequence[str]
    likes: int | None
    reposts: int | None
    replies: int | None
    views: int | None
    quotes: int | None = None
    saves: int | None = None
    signposted: bool = False
    copied: bool = False
    """Whether it repeats an earlier post's text."""
    coordinated: bool = False
    """Whether many accounts posted its text within minutes."""
    author_id: int | None = None
    """Tells authors apart within this database, for the pseudonyms of an export; never shown."""


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic of the newest run with its posts per day within the cut (originals)."""

    number: int
    label: str
    words: Sequence[str]
    size: int
    by_day: Mapping[date, int] = field(default_factory=dict)
    neg: int = 0
    neu: int = 0
    pos: int = 0


@dataclass(frozen=True, slots=True)
class Original:
    """An original post, for what is counted over its words. `language` is empty where unknown;
    `offensive`: above the shown model's threshold."""

    text_id: int
    day: date
    platform: str
    author_id: int | None
    language: str
    offensive: bool


@dataclass(frozen=True, slots=True)
class TopicVoices:
    """Who wrote a topic's originals: `authors` on the platform that has most of them, `effective`
    the voices of equal weight over all platforms, (Σn)² / Σn²."""

    authors: int
    effective: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of hours, UTC, `end` not included, that a source did not collect, and why.

    `state`: failed, budget, partial, or missing (never asked). `lost`: the platform no longer gives
    it, so that no later pass fills it. `code`: what `why` says, for readers of other languages;
    `said`: the platform's own words.
    """

    source: str
    start: datetime
    end: datetime
    state: str
    why: str
    lost: bool = False
    code: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class SourceState:
    """How one source of a campaign is doing."""

    name: str
    state: str
    """`ok`, `failed`, `budget`, `running`, `stopped` or `never`."""
    last_run: datetime | None
    last_success: datetime | None
    posts: int
    calls: int
    dollars: float
    error: str
    covered_to: datetime | None
    gaps: Sequence[Gap] = ()
    resume_at: datetime | None = None
    """Before then it is not asked again by itself: a limit, a spent budget or quota."""
    code: str = ""
    """What `error` says, for readers of other languages."""
    said: str = ""
    """The platform's own words."""
    failed_queries: int = 0
    """Those that had no answer while others had; `error` tells of the last."""

    @property
    def why(self) -> str:
        return self.error

    def gives_later(self, start: datetime, end: datetime, least: float) -> bool:
        """Whether more than the share `least` of the hours from `start` to `end` is still to come:
        the source was asked since, and these hours wait for a later pass; none failed."""
        if self.last_success is None or self.last_success < end:
            return False
        inside = [gap for gap in self.gaps if gap.start < end and gap.end > start]
        if any(gap.state != "missing" or gap.lost for gap in inside):
            return False
        waiting = sum((min(g.end, end) - max(g.start, start) for g in inside), timedelta())
        return waiting > least * (end - start)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a source cost: API calls, posts that count against a quota, dollars."""

    calls: int
    posts: int
    dollars: float


@dataclass(frozen=True, slots=True)
class LastRun:
    """When a source was last started and how that pass ended.

    `resume_at`: before then it is not to be asked again, whatever its rhythm.
    """

    at: datetime
    state: str
    resume_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Copied:
    """What of a cut was copied. `copies` are originals that repeat an earlier post, `coordinated`
    posts of any kind that many accounts posted within minutes: `groups` texts by `accounts`.

    `waiting` posts were not compared yet. `annotated` to `signposted` are over originals without
    copies.
    """

    originals: int
    copies: int
    coordinated: int
    groups: int
    accounts: int
    waiting: int
    annotated: int
    neg: int
    neu: int
    pos: int
    signposted: int


@dataclass(frozen=True, slots=True)
class CoordinatedGroup:
    """One text that `accounts` accounts posted `posts` times within minutes. `text` is masked."""

    text: str
    posts: int
    accounts: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Young:
    """A post whose interactions still grow, and when its platform last showed it."""

    platform_id: str
    created_at: datetime
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """When a post was written, and when its platform last showed it."""

    created_at: datetime
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Interactions of `posts` posts `hours` after they were written: their quartiles."""

    hours: float
    posts: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """One digest to one recipient. `state`: claimed, sent or failed."""

    campaign: str
    day: date
    recipient: str
    message_id: str
    state: str
    tries: int
    changed_at: datetime
    error: str
