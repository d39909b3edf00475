"""Hours and days of a source as its gaps leave them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from measures.coverage import HourState, completeness, days, hours

ZONE = ZoneInfo("Africa/Casablanca")


@dataclass
class Gap:
    start: datetime
    end: datetime
    state: str = "failed"
    why: str = "503"
    lost: bool = False
    code: str = ""
    said: str = ""


def at(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


def test_hours_are_those_of_casablanca_also_in_ramadan() -> None:
    autumn = hours([Gap(at(10, 5, 23), at(10, 6, 1))], at(10, 5), at(10, 7), ZONE)
    failed = {key for key, one in autumn.items() if one.state == "failed"}
    assert failed == {(date(2025, 10, 6), 0), (date(2025, 10, 6), 1)}, "UTC+1"
    ramadan = hours([Gap(at(3, 10, 5), at(3, 10, 6))], at(3, 10), at(3, 11), ZONE)
    assert [key for key, one in ramadan.items() if one.why] == [(date(2025, 3, 10), 5)]


def test_an_unknown_state_was_never_asked_and_a_loss_is_kept() -> None:
    gaps = [Gap(at(10, 5), at(10, 5, 2), "strange", ""), Gap(at(10, 5, 3), at(10, 5, 4), lost=True)]
    found = hours(gaps, at(10, 5), at(10, 5, 5), ZoneInfo("UTC"))
    assert [one.state for one in found.values()] == [
        "missing", "missing", "complete", "failed", "complete",
    ]  # fmt: skip
    assert found[date(2025, 10, 5), 3] == HourState("failed", "503", True)


def test_a_day_is_as_good_as_its_worst_hour() -> None:
    gaps = [Gap(at(10, 5, 2), at(10, 5, 5), "partial", ""), Gap(at(10, 5, 9), at(10, 5, 10))]
    found = days(hours(gaps, at(10, 5), at(10, 7), ZoneInfo("UTC")))
    worst, whole = found[date(2025, 10, 5)], found[date(2025, 10, 6)]
    assert (worst.state, worst.reason.why, worst.hours) == ("failed", "503", 24)
    assert worst.complete == pytest.approx(20 / 24)
    assert (whole.state, whole.complete, whole.lost) == ("complete", 1, False)


def test_the_reason_of_a_day_is_that_of_most_hours_with_code_and_words() -> None:
    gaps = [
        Gap(at(10, 5, 2), at(10, 5, 5), why="x: 503", code="unreachable", said="HTTP 503"),
        Gap(at(10, 5, 9), at(10, 5, 10), why="spent", code="budget_spent"),
        Gap(at(10, 5, 11), at(10, 5, 20), "missing", why=""),
    ]
    found = days(hours(gaps, at(10, 5), at(10, 7), ZoneInfo("UTC")))
    reason = found[date(2025, 10, 5)].reason
    assert reason is not None
    assert (reason.code, reason.said) == ("unreachable", "HTTP 503")
    assert found[date(2025, 10, 6)].reason is None


def test_completeness_counts_whole_hours() -> None:
    now = datetime(2025, 10, 6, 9, 30, tzinfo=UTC)
    first = at(10, 4, 23)
    gap = Gap(first, first + timedelta(hours=2), "strange")
    assert completeness([gap], first, now) == pytest.approx(32 / 34)
    assert completeness([], now, now) is None
