"""The rows of a database, as pages ask for them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from config.i18n import CASABLANCA
from dashboard.data import Grouping, Question
from storage import queries
from storage.database import Database
from storage.queries.figures import authors_by_standing
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
from storage.spending import daily_spending
from storage.topics import changed_words
from storage.wanted import Progress, reading_progress


class StorageSource:
    """The rows of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def daily(self, slug: str, cut: Cut, by: Sequence[Grouping] = ()) -> list[DayRow]:
        return queries.daily(self._database, slug, cut, by)

    def authors(self, slug: str, cut: Cut) -> list[AuthorsRow]:
        return queries.authors(self._database, slug, cut)

    def authors_by_standing(self, slug: str, cut: Cut) -> Mapping[str, list[AuthorsRow]]:
        return authors_by_standing(self._database, slug, cut)

    def posts(
        self, slug: str, cut: Cut, question: Question, offset: int, limit: int
    ) -> tuple[list[PostView], int]:
        return queries.posts(
            self._database,
            slug,
            cut,
            search=question.search,
            label=question.label,
            topic=question.topic,
            kind=question.kind,
            copies=question.copies,
            sort=question.sort,
            descending=question.descending,
            offset=offset,
            limit=limit,
        )

    def topics(self, slug: str, cut: Cut) -> list[TopicView]:
        return queries.topics(self._database, slug, cut)

    def topic_authors(self, slug: str, cut: Cut, number: int) -> int:
        return queries.topic_authors(self._database, slug, cut, number)

    def topic_voices(self, slug: str, cut: Cut) -> Mapping[int, TopicVoices]:
        return queries.topic_voices(self._database, slug, cut)

    def changed_words(self, slug: str) -> tuple[datetime, Mapping[str, Any]] | None:
        return changed_words(self._database, slug)

    def source_states(
        self, slug: str, names: Sequence[str], first: datetime, now: datetime
    ) -> list[SourceState]:
        return queries.source_states(self._database, slug, names, first, now)

    def missing_days(
        self, slug: str, names: Sequence[str], first: date, last: date, now: datetime
    ) -> Mapping[date, float]:
        return queries.missing_days(self._database, slug, names, first, last, CASABLANCA, now=now)

    def spending(self, slug: str) -> Mapping[str, Mapping[date, Spent]]:
        return daily_spending(self._database, slug)

    def copied(self, slug: str, cut: Cut) -> Copied:
        return queries.copied(self._database, slug, cut)

    def coordinated(self, slug: str, cut: Cut) -> list[CoordinatedGroup]:
        return queries.coordinated_groups(self._database, slug, cut)

    def engagement_curve(self, slug: str, cut: Cut) -> list[CurvePoint]:
        return queries.engagement_curve(self._database, slug, cut)

    def seen_range(self, slug: str) -> tuple[date, date] | None:
        return queries.seen_range(self._database, slug)

    def invented_dates(self, slug: str) -> int:
        return queries.invented_dates(self._database, slug)

    def campaigns_with_posts(self) -> Mapping[str, int]:
        return queries.campaigns_with_posts(self._database)

    def last_change(self, slug: str) -> datetime | None:
        return queries.last_change(self._database, slug)

    def reading(self) -> Progress | None:
        return reading_progress(self._database)
