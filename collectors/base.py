"""What all collectors share: the `Post`, the page, the `Collector` protocol, the errors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from config.errors import SadaError

Cursor = Mapping[str, str]
"""Where a source was left for one query; text keys and values of the collector's own choosing."""


class Kind(StrEnum):
    """What a post is to the discussion. Inference counts originals only."""

    ORIGINAL = "original"
    REPOST = "repost"
    REPLY = "reply"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a post, as the platform says. `id` is stable on the platform; `None` is unknown."""

    id: str
    handle: str | None = None
    followers: int | None = None
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Metrics:
    """Interaction counts at one moment. `None`: the platform did not say, which is not 0."""

    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    saves: int | None = None
    views: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One post, comment or video as published; text unmasked.

    `created_at` is aware and in UTC. `root_id` and `parent_id` are platform ids of the thread's
    first post and of the post that this one answers, reposts or quotes.
    """

    platform: str
    platform_id: str
    created_at: datetime
    text: str
    kind: Kind = Kind.ORIGINAL
    author: Author | None = None
    metrics: Metrics = Metrics()
    root_id: str | None = None
    parent_id: str | None = None
    language_hint: str | None = None
    edited: bool = False
    date_invented: bool = False
    """Whether `created_at` was made up by Sada for an archive without dates."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, UTC, `start` included and `end` not."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Query:
    """One query in a platform's own syntax; `key` tells it from the others of its campaign.

    `scope` is `campaign` for the families, `topic` for the whole conversation. `in_context`: what
    it gives has the context that families may ask for, by where it was posted. `strict`: it asks
    for more than is wanted, so a post that matches nothing locally is none of the campaign's.
    `concepts`: the families that it asks for, for people; of a listing none are told. `sampled`: it
    can only ever bring a sample, so its gaps, though recorded, leave the source's hours complete.
    """

    key: str
    text: str
    scope: str = "campaign"
    in_context: bool = False
    strict: bool = False
    concepts: tuple[str, ...] = ()
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """A stretch that was not read, and will not be by itself.

    `state` is what the coverage ledger records: failed (it can no longer be read) or budget.
    `code`, `said`: see `CollectorError`.
    """

    window: Window
    state: str
    why: str
    code: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is stored in one transaction.

    `cursor` resumes after this page. `covered` is the time now known to be complete for the query
    (usually only on the last page of a pass). `calls`, `billed` (posts) and `dollars` are what the
    page cost. `missed` are stretches found to be out of reach. `threaded`: the posts stand below
    one that was found and belong to it, whatever they say.
    """

    posts: Sequence[Post]
    cursor: Cursor
    covered: Window | None = None
    calls: int = 1
    billed: int = 0
    dollars: float = 0.0
    warnings: Sequence[str] = ()
    missed: Sequence[Missed] = ()
    threaded: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a platform says today of posts that were stored earlier.

    `missing` are the ids that the platform says it no longer shows; an id in neither list is one
    of which it said nothing. `calls`, `billed` and `dollars` as in `Page`.
    """

    found: Sequence[Post]
    missing: Sequence[str] = field(default=())
    calls: int = 1
    billed: int = 0
    dollars: float = 0.0


class Collector(Protocol):
    """One live source. Its folder has `client.py` (talks) and `parse.py` (bytes to posts, pure)."""

    name: str
    """The source as campaign files name it, e.g. `x`."""
    platform: str
    bills: bool
    """Whether the platform bills what is read."""

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        """Pages of posts created in `window` that `cursor` says were not fetched yet.

        Raises `CollectorError`; pages yielded before it stay valid.
        """
        ...

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        """The present state of stored posts. Raises `CollectorError`."""
        ...

    def check(self) -> str:
        """Tries the credentials without spending; a line that says what was found.

        Raises `CollectorError`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back a source can still be read by a later pass; `why` says so to people.

    `back` 0: a listing of newest posts, of which every pass gets what it still shows. `code`: see
    `CollectorError`.
    """

    back: timedelta
    why: str
    code: str = ""


def reach_of(collector: Collector) -> Reach | None:
    """What a collector says of its reach by an attribute `reach`; `None`: without limit."""
    reach: Reach | None = getattr(collector, "reach", None)
    return reach


def owed_by(collector: Collector, cursor: Cursor) -> datetime | None:
    """Since when the next pass reads again what the last one could not, by a method `owes`."""
    owes: Callable[[Cursor], datetime | None] | None = getattr(collector, "owes", None)
    return owes(cursor) if owes is not None else None


class CollectorError(SadaError):
    """A source did not give what was asked. `retry_after` (seconds) is set where waiting helps.

    `one_query`: only the query in hand is concerned (one feed of many is down, say); the others
    of the source can still be asked. `said`: what the platform itself said, in its own words.
    """

    state = "failed"
    """What the coverage ledger records."""
    code = "failed"
    """By which the dashboard says in the reader's language what happened (`why.<code>` there)."""

    def __init__(
        self,
        source: str,
        message: str,
        retry_after: float | None = None,
        *,
        one_query: bool = False,
        said: str = "",
    ) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.retry_after = retry_after
        self.one_query = one_query
        self.said = said


class Unreachable(CollectorError):
    """Time-out, broken connection, 5xx or an answer that cannot be read; try again later."""

    code = "unreachable"


class RateLimited(CollectorError):
    """Too many calls for now; `retry_after` says how long to wait when the platform told."""

    code = "rate_limited"


class Refused(CollectorError):
    """Key missing, wrong or without the right; a person must act."""

    code = "refused"


class Keyless(Refused):
    """No key is set for this source."""

    code = "no_key"


class Exhausted(CollectorError):
    """The month's quota, the credits or the campaign's own budget are spent; do not retry."""

    state = "budget"
    code = "exhausted"
