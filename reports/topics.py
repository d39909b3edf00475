"""What people talked about, counted over stretches of days, with small groups kept back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from measures.suppress import LEAST_AUTHORS
from storage import queries
from storage.database import Database
from storage.rows import Cut, TopicView

IDENTIFYING = re.compile(r"[@/\\]|https?|www\.|\d{5,}|[٠-٩]{5,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TopicCount:
    """One topic over named stretches.

    `originals` counts them by stretch, `None` where they come from fewer than ten authors.
    Sentiment counts are of the last stretch and 0 where that one is kept back.
    """

    number: int
    label: str
    words: tuple[str, ...]
    originals: Mapping[str, int | None]
    neg: int = 0
    neu: int = 0
    pos: int = 0

    @property
    def negative_share(self) -> float | None:
        read = self.neg + self.neu + self.pos
        return self.neg / read if read else None

    @property
    def positive_share(self) -> float | None:
        read = self.neg + self.neu + self.pos
        return self.pos / read if read else None


def topic_counts(
    database: Database, slug: str, spans: Mapping[str, tuple[date, date]]
) -> list[TopicCount]:
    """The topics of the newest run over `spans` (name to first and last day), biggest first.

    What fits no topic is left out, and so is a topic that no stretch may show. The first span is
    the one that sentiment is told of.
    """
    views: dict[int, dict[str, TopicView]] = {}
    for name, (first, last) in spans.items():
        for view in queries.topics(database, slug, Cut(first=first, last=last)):
            if view.number >= 0:
                views.setdefault(view.number, {})[name] = view
    counted = [_counted(database, slug, spans, by_span) for by_span in views.values()]
    shown = [topic for topic in counted if any(n is not None for n in topic.originals.values())]
    return sorted(shown, key=lambda topic: (-_most(topic), topic.number))


def safe_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` without what could lead to a person: handles, links, long numbers."""
    return tuple(word for word in words if not IDENTIFYING.search(word))


def _most(topic: TopicCount) -> int:
    return max((n for n in topic.originals.values() if n is not None), default=0)


def _counted(
    database: Database,
    slug: str,
    spans: Mapping[str, tuple[date, date]],
    views: Mapping[str, TopicView],
) -> TopicCount:
    view = next(iter(views.values()))
    originals = {
        name: _shown(database, slug, span, views.get(name)) for name, span in spans.items()
    }
    first = next(iter(spans))
    told = views[first] if originals[first] is not None else None
    words = safe_words(tuple(view.words))
    return TopicCount(
        view.number,
        safe_label(view.label, words),
        words,
        originals,
        neg=told.neg if told else 0,
        neu=told.neu if told else 0,
        pos=told.pos if told else 0,
    )


def _shown(
    database: Database, slug: str, span: tuple[date, date], view: TopicView | None
) -> int | None:
    count = sum(view.by_day.values()) if view else 0
    if view is None or count < LEAST_AUTHORS:
        return None
    cut = Cut(first=span[0], last=span[1])
    authors = queries.topic_authors(database, slug, cut, view.number)
    return count if authors >= LEAST_AUTHORS else None


def safe_label(label: str, words: tuple[str, ...]) -> str:
    """`label`, or the first of the `words` (safe ones) where it could lead to a person."""
    if label and not IDENTIFYING.search(label):
        return label
    return ", ".join(words[:4])
