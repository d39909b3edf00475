"""What may be told of how the topics changed: each that has authors enough, and the whole mix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from measures.change import Change
from measures.daily import Calendar
from measures.periods import Period
from measures.reach import LEAST_AUTHORS
from measures.topics import Shift, topic_changes, topic_shift

__all__ = ["Shift", "TopicMix", "topic_mix"]


class Topic(Protocol):
    """A topic with its originals by day; −1 is what fits none."""

    @property
    def number(self) -> int: ...
    @property
    def by_day(self) -> Mapping[date, int]: ...


class Voices(Protocol):
    """Who wrote a topic's originals within some days: authors on the platform that has most of
    them, and voices of equal weight."""

    @property
    def authors(self) -> int: ...
    @property
    def effective(self) -> float: ...


@dataclass(frozen=True, slots=True)
class TopicMix:
    """`changes` of the topics' shares between baseline and period, by topic number, judged
    together; `withheld` are the topics whose cells rest on too few authors; `shift` is that of all
    topics together, what fits none included, `None` where a period has no posts."""

    changes: Mapping[int, Change]
    withheld: frozenset[int]
    shift: Shift | None


def topic_mix(
    topics: Sequence[Topic],
    calendar: Calendar,
    start: date,
    end: date | None,
    period: Period = "during",
    *,
    sides: Sequence[Mapping[int, Voices]],
    both: Mapping[int, Voices],
    effective_authors: float | None,
    chance: np.random.Generator,
) -> TopicMix:
    """The changes of `topics`, whose originals are those of the calendar's days.

    Shares are among all originals that a topic model has read. `sides` are the voices of baseline
    and period, `both` those of the two together, by topic number; a topic that one to nine authors
    make in either is withheld, and takes no part in the judgement. `effective_authors` are those
    of the whole conversation, in the period that has fewer.
    """
    counts = {topic.number: _daily(topic, calendar) for topic in topics}
    withheld = frozenset(
        number
        for number in counts
        if any(0 < side[number].authors < LEAST_AUTHORS for side in sides if number in side)
    )
    told = [
        number for number in counts if number >= 0 and number in both and number not in withheld
    ]
    everyone = float("inf") if effective_authors is None else effective_authors
    voices = {str(number): min(both[number].effective, everyone) for number in told}
    changes = topic_changes(
        {str(number): counts[number] for number in told},
        _totals(list(counts.values()), calendar),
        calendar.dates,
        start,
        end,
        period,
        effective_authors=voices,
    )
    named = {str(number): daily for number, daily in counts.items()}
    shift = topic_shift(named, calendar.dates, start, end, period, chance=chance)
    return TopicMix({int(key): change for key, change in changes.items()}, withheld, shift)


def _daily(topic: Topic, calendar: Calendar) -> list[float | None]:
    return [
        float(topic.by_day.get(day, 0)) if calendar.collected(day) else None
        for day in calendar.dates
    ]


def _totals(counts: Sequence[Sequence[float | None]], calendar: Calendar) -> list[float | None]:
    """All topics' originals by day; `None` on a day that was not collected."""
    return [
        sum(daily[n] or 0.0 for daily in counts) if calendar.collected(day) else None
        for n, day in enumerate(calendar.dates)
    ]
