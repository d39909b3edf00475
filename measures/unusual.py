"""Which of yesterday's counts are unusual, and which topic drives them.

Judged are the originals of all platforms together and of each platform alone, every one at the
nominal rate of `measures.alerts`: a campaign on four platforms has five chances of a false alarm.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from measures.alerts import Alert, unusual_day
from measures.daily import Calendar, series
from measures.reach import LEAST_AUTHORS
from measures.rows import Authors, Day

ALL = ""
"""Stands for all platforms together."""
RAREST = 1000
"""From one day in so many on it is only said to be rarer still: the tail of a few weeks says
no more."""


class Topic(Protocol):
    """A topic and its originals by day; number −1 holds what fits none."""

    @property
    def number(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def by_day(self) -> Mapping[date, int]: ...


@dataclass(frozen=True, slots=True)
class Driver:
    """The topic whose share of the originals grew most: `share` of the day's, `usual` of those of
    the days before, 0 to 1 of the originals that the topics' model has read."""

    number: int
    label: str
    words: tuple[str, ...]
    originals: int
    share: float
    usual: float


@dataclass(frozen=True, slots=True)
class Unusual:
    """One count that is told of. `platform` is empty for all together; `topic` is `None` for a
    quiet day, without topics, and where no topic of ten authors grew."""

    metric: str
    platform: str
    alert: Alert
    topic: Driver | None = None

    @property
    def subject(self) -> str:
        """What it is known by, so that it is told once."""
        return f"unusual {self.metric} {self.platform or 'all'} {self.alert.day.isoformat()}"

    @property
    def one_in(self) -> int:
        """Of about how many usual days one is as unusual, two digits, `RAREST` at most."""
        days = min(1 / max(self.alert.chance, 1e-12), RAREST)
        return round(float(f"{days:.2g}"))


@dataclass(frozen=True, slots=True)
class Talk:
    """Asks for the topics of a platform (`ALL`: of all), with their originals by day; and for the
    authors that a topic had on its platform with most of them, on the day in question."""

    topics: Callable[[str], Sequence[Topic]]
    authors: Callable[[str, int], int]


def unusual_counts(
    days: Sequence[Day], calendar: Calendar, authors: Sequence[Authors], talk: Talk
) -> tuple[Unusual, ...]:
    """What is unusual on the calendar's last day, all platforms first.

    `days` are grouped by platform and `authors` are those of that last day. A count that rests on
    one to nine authors is not told, nor is a topic that does.
    """
    found = []
    for platform in _judged(days):
        alert = _alert(days, calendar, platform)
        if alert is not None and alert.unusual and _told(alert, authors, platform):
            topic = _driver(alert, platform, talk)
            found.append(Unusual("originals", platform, alert, topic))
    return tuple(found)


def with_new_topics(found: Sequence[Unusual]) -> list[Unusual]:
    """The same for readers: a platform's topic is left out where the first one told has it too."""
    first = found[0].topic.number if found and found[0].topic else None
    return [
        replace(one, topic=None) if n and one.topic and one.topic.number == first else one
        for n, one in enumerate(found)
    ]


def _judged(days: Sequence[Day]) -> list[str]:
    platforms = sorted({row.platform for row in days})
    return [ALL, *platforms] if len(platforms) > 1 else [ALL]


def _alert(days: Sequence[Day], calendar: Calendar, platform: str) -> Alert | None:
    own = [row for row in days if platform in (ALL, row.platform)]
    counts = series(own, calendar, lambda row: row.originals)
    return unusual_day(counts, calendar.dates, calendar.last)


def _told(alert: Alert, authors: Sequence[Authors], platform: str) -> bool:
    """Silence says nothing of anybody; other counts need ten authors on one platform."""
    most = max((row.authors for row in authors if platform in (ALL, row.platform)), default=0)
    return alert.count == 0 or most >= LEAST_AUTHORS


def _driver(alert: Alert, platform: str, talk: Talk) -> Driver | None:
    if alert.count <= alert.expected:
        return None
    for driver in driving(talk.topics(platform), alert.day):
        if driver.originals < LEAST_AUTHORS:
            continue
        if talk.authors(platform, driver.number) >= LEAST_AUTHORS:
            return driver
    return None


def driving(topics: Sequence[Topic], day: date) -> list[Driver]:
    """The topics whose share grew on `day` against the days before, those that grew most first."""
    now = sum(topic.by_day.get(day, 0) for topic in topics)
    before = sum(_earlier(topic, day) for topic in topics)
    found = [
        Driver(
            topic.number,
            topic.label,
            tuple(topic.words),
            topic.by_day.get(day, 0),
            topic.by_day.get(day, 0) / (now or 1),
            _earlier(topic, day) / (before or 1),
        )
        for topic in topics
        if topic.number >= 0
    ]
    grown = [driver for driver in found if driver.share > driver.usual]
    return sorted(grown, key=lambda one: (one.usual - one.share, one.number))


def _earlier(topic: Topic, day: date) -> int:
    return sum(count for when, count in topic.by_day.items() if when < day)
