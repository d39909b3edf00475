"""Yesterday's unusual counts: which are told, and what is said to drive them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from measures.alerts import Alert
from measures.daily import Calendar
from measures.unusual import Driver, Talk, Unusual, driving, unusual_counts, with_new_topics
from storage.rows import AuthorsRow, DayRow

YESTERDAY = date(2025, 10, 20)
FIRST = YESTERDAY - timedelta(days=28)
CALENDAR = Calendar(FIRST, YESTERDAY, {})
Row = Callable[..., DayRow]
Crowd = Callable[..., AuthorsRow]


@dataclass(frozen=True)
class Topic:
    number: int
    by_day: Mapping[date, int]
    label: str = "loi"
    words: Sequence[str] = ("loi", "prison")


def talk(*topics: Topic, authors: int = 50) -> Talk:
    return Talk(lambda platform: topics, lambda platform, number: authors)


def rows(row: Row, last: int, platform: str = "x", usual: int = 40) -> list[DayRow]:
    counts = [usual + 3 * (n % 5) for n in range(28)] + [last]
    return [
        row(FIRST + timedelta(days=n), platform, originals=count) for n, count in enumerate(counts)
    ]


def test_a_loud_day_is_told_with_its_topic(row: Row, crowd: Crowd) -> None:
    law = Topic(1, {FIRST: 200, YESTERDAY: 150})
    line = Topic(2, {FIRST: 600, YESTERDAY: 60}, "ligne")
    found = unusual_counts(rows(row, 250), CALENDAR, [crowd(posts=(1,) * 90)], talk(law, line))
    assert [one.platform for one in found] == [""]
    (one,) = found
    assert one.alert.count == 250 > one.alert.high
    assert one.topic is not None
    assert (one.topic.number, one.topic.originals) == (1, 150)
    assert one.topic.share == pytest.approx(150 / 210)
    assert one.topic.usual == pytest.approx(200 / 800)
    assert one.subject == "unusual originals all 2025-10-20"


def test_a_usual_day_is_not_told(row: Row, crowd: Crowd) -> None:
    assert unusual_counts(rows(row, 45), CALENDAR, [crowd(posts=(1,) * 90)], talk()) == ()


@pytest.mark.parametrize(("authors", "told"), [(9, 0), (10, 1)])
def test_fewer_than_ten_authors_are_not_told_of(
    row: Row, crowd: Crowd, authors: int, told: int
) -> None:
    crowds = [crowd(posts=(25,) * authors), crowd("reddit", (1,) * 9)]
    assert len(unusual_counts(rows(row, 250), CALENDAR, crowds, talk())) == told


def test_a_topic_of_fewer_than_ten_authors_is_not_told_of(row: Row, crowd: Crowd) -> None:
    law = Topic(1, {FIRST: 200, YESTERDAY: 150})
    line = Topic(2, {FIRST: 600, YESTERDAY: 60}, "ligne")
    few = talk(law, line, authors=9)
    (one,) = unusual_counts(rows(row, 250), CALENDAR, [crowd(posts=(1,) * 90)], few)
    assert one.topic is None


def test_each_platform_is_judged_alone(row: Row, crowd: Crowd) -> None:
    days = rows(row, 3006, "x", usual=3000) + rows(row, 60, "reddit", usual=6)
    crowds = [crowd(posts=(1,) * 500), crowd("reddit", (1,) * 40)]
    found = unusual_counts(days, CALENDAR, crowds, talk())
    assert [one.platform for one in found] == ["reddit"]
    crowds = [crowd(posts=(1,) * 500), crowd("reddit", (8,) * 8)]
    assert unusual_counts(days, CALENDAR, crowds, talk()) == ()


def test_silence_is_told_without_a_topic(row: Row) -> None:
    (one,) = unusual_counts(rows(row, 0), CALENDAR, [], talk(Topic(1, {YESTERDAY: 40})))
    assert one.alert.count == 0
    assert one.topic is None


def test_a_day_that_was_not_collected_is_not_judged(row: Row, crowd: Crowd) -> None:
    holes = Calendar(FIRST, YESTERDAY, {YESTERDAY: 0.5})
    assert unusual_counts(rows(row, 250), holes, [crowd(posts=(1,) * 90)], talk()) == ()


def test_under_fourteen_days_nothing_is_judged(row: Row, crowd: Crowd) -> None:
    short = Calendar(YESTERDAY - timedelta(days=13), YESTERDAY, {})
    days = rows(row, 250)[-14:]
    assert unusual_counts(days, short, [crowd(posts=(1,) * 90)], talk()) == ()


def test_readers_are_told_the_same_topic_once() -> None:
    alert = Alert(YESTERDAY, 9, 3, 1, 8, 0.001)
    law, line = (Driver(n, "", (), 20, 0.5, 0.1) for n in (1, 2))
    found = [Unusual("originals", p, alert, t) for p, t in (("", law), ("x", law), ("y", line))]
    assert [one.topic for one in with_new_topics(found)] == [law, None, line]
    assert with_new_topics([]) == []


def test_what_fits_no_topic_counts_but_drives_nothing() -> None:
    stray, law = Topic(-1, {FIRST: 10, YESTERDAY: 90}, ""), Topic(1, {FIRST: 10, YESTERDAY: 10})
    assert driving([stray, law], YESTERDAY) == []


def test_how_rare_is_said_in_round_numbers() -> None:
    def one_in(chance: float) -> int:
        return Unusual("originals", "", Alert(YESTERDAY, 9, 3, 1, 8, chance)).one_in

    assert [one_in(chance) for chance in (0.0083, 1 / 456, 1e-9, 0.0)] == [120, 460, 1000, 1000]
