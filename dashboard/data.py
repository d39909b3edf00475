"""Where pages get their rows: named queries of storage, behind a protocol that tests can fake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from storage.rows import (
    AuthorsRow,
    CoordinatedGroup,
    Copied,
    CurvePoint,
    Cut,
    DayRow,
    PostView,
    SourceState,
    Spent,
    TopicView,
    TopicVoices,
)
from storage.wanted import Progress

Grouping = Literal["platform", "language"]
SORTS = ("created_at", "engagement", "offensive", "neg", "pos", "likes", "reposts", "views")


@dataclass(frozen=True, slots=True)
class Question:
    """Which posts of a cut are listed, and in which order."""

    search: str = ""
    label: str = ""
    topic: int | None = None
    kind: str = ""
    copies: str = ""
    sort: str = "created_at"
    descending: bool = True


class Source(Protocol):
    """What the pages ask. Slugs are those of campaign files; days are those of Casablanca."""

    def daily(self, slug: str, cut: Cut, by: Sequence[Grouping] = ()) -> list[DayRow]: ...

    def authors(self, slug: str, cut: Cut) -> list[AuthorsRow]: ...

    def authors_by_standing(self, slug: str, cut: Cut) -> Mapping[str, list[AuthorsRow]]: ...

    def posts(
        self, slug: str, cut: Cut, question: Question, offset: int, limit: int
    ) -> tuple[list[PostView], int]: ...

    def topics(self, slug: str, cut: Cut) -> list[TopicView]: ...

    def topic_authors(self, slug: str, cut: Cut, number: int) -> int: ...

    def topic_voices(self, slug: str, cut: Cut) -> Mapping[int, TopicVoices]: ...

    def changed_words(self, slug: str) -> tuple[datetime, Mapping[str, Any]] | None: ...

    def source_states(
        self, slug: str, names: Sequence[str], first: datetime, now: datetime
    ) -> list[SourceState]: ...

    def missing_days(
        self, slug: str, names: Sequence[str], first: date, last: date, now: datetime
    ) -> Mapping[date, float]: ...

    def spending(self, slug: str) -> Mapping[str, Mapping[date, Spent]]: ...

    def copied(self, slug: str, cut: Cut) -> Copied: ...

    def coordinated(self, slug: str, cut: Cut) -> list[CoordinatedGroup]: ...

    def engagement_curve(self, slug: str, cut: Cut) -> list[CurvePoint]: ...

    def seen_range(self, slug: str) -> tuple[date, date] | None: ...

    def invented_dates(self, slug: str) -> int: ...

    def campaigns_with_posts(self) -> Mapping[str, int]: ...

    def last_change(self, slug: str) -> datetime | None: ...

    def reading(self) -> Progress | None: ...
