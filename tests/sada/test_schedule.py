from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.campaign import Campaign
from config.campaigns import parse_campaign
from sada.schedule import (
    collections_due,
    digest_due,
    is_collecting,
    recheck_due,
    topics_due,
)
from storage.rows import LastRun

ZONE = ZoneInfo("Africa/Casablanca")
NOW = datetime(2025, 3, 12, 9, 0, tzinfo=UTC)


def campaign(**changes: str) -> Campaign:
    fields = {"start": "2025-03-10", "end": "2025-03-20", **changes}
    return parse_campaign(
        "slug: small\ntitle: {fr: a, ar: b, en: c}\n"
        "families: [{concept: c, words: [small]}]\n"
        "sources: [{name: x, every_minutes: 30}, {name: reddit, every_minutes: 60}]\n"
        "digest: {recipients: [a@b.ma, c@d.ma], hour: '08:00'}\n"
        + "".join(f"{name}: {value}\n" for name, value in fields.items()),
        "small.yaml",
    )


def due(last_runs: dict[tuple[str, str], LastRun], now: datetime = NOW) -> list[str]:
    return [job.source for job in collections_due([campaign()], last_runs, now, ZONE)]


def ran(minutes_ago: float, state: str = "ok", resume_at: datetime | None = None) -> LastRun:
    return LastRun(NOW - timedelta(minutes=minutes_ago), state, resume_at)


def test_a_source_never_run_is_due_at_once() -> None:
    assert due({}) == ["x", "reddit"]


def test_a_rhythm_is_kept() -> None:
    assert due({("small", "x"): ran(29), ("small", "reddit"): ran(59)}) == []
    assert due({("small", "x"): ran(30), ("small", "reddit"): ran(59)}) == ["x"]


def test_missed_rounds_make_one_run_and_the_longest_waiting_comes_first() -> None:
    assert due({("small", "x"): ran(500), ("small", "reddit"): ran(900)}) == ["reddit", "x"]


def test_an_interrupted_run_goes_on_at_once() -> None:
    assert due({("small", "x"): ran(1, "stopped"), ("small", "reddit"): ran(1)}) == ["x"]


def test_a_source_waits_as_long_as_it_was_told_and_no_longer() -> None:
    told = NOW + timedelta(hours=5)
    runs = {("small", "x"): ran(300, "budget", told), ("small", "reddit"): ran(-10_000)}
    assert due(runs) == ["reddit"]
    assert "x" not in due(runs, told - timedelta(seconds=1))
    assert "x" in due(runs, told)
    soon = {("small", "x"): ran(2, "failed", NOW - timedelta(seconds=1))}
    assert due(soon | {("small", "reddit"): ran(1)}) == ["x"], "before its rhythm, as it was told"


def test_a_clock_set_back_does_not_silence_a_source() -> None:
    assert due({("small", "x"): ran(-600), ("small", "reddit"): ran(1)}) == ["x"]


@pytest.mark.parametrize(
    ("now", "collecting"),
    [
        (datetime(2025, 2, 9, 23, tzinfo=ZONE), False),
        (datetime(2025, 2, 10, 0, tzinfo=ZONE), True),
        (datetime(2025, 4, 3, 23, 59, tzinfo=ZONE), True),
        (datetime(2025, 4, 4, 0, tzinfo=ZONE), False),
    ],
)
def test_collecting_lasts_from_baseline_to_followup(now: datetime, collecting: bool) -> None:
    assert is_collecting(campaign(), now, ZONE) is collecting


def test_topics_are_found_once_a_night() -> None:
    def local(day: int, hour: int) -> datetime:
        return datetime(2025, 3, day, hour, tzinfo=ZONE)

    assert topics_due(None, NOW, ZONE)
    assert not topics_due(local(11, 20), local(12, 3), ZONE)
    assert topics_due(local(11, 20), local(12, 4), ZONE)
    assert not topics_due(local(12, 4), local(12, 23), ZONE)


def test_rechecks_wait_for_the_quiet_hours() -> None:
    assert recheck_due(datetime(2025, 3, 12, 3, tzinfo=ZONE), ZONE)
    assert not recheck_due(datetime(2025, 3, 12, 2, 59, tzinfo=ZONE), ZONE)


@pytest.mark.parametrize("utc_hour", [7, 8])
def test_the_mail_is_due_at_its_local_hour(utc_hour: int) -> None:
    # In Ramadan (March 2025) Casablanca is on UTC: eight o'clock is 8:00 UTC, not 7:00.
    now = datetime(2025, 3, 12, utc_hour, 0, tzinfo=UTC)
    job = digest_due(campaign(), (), now, ZONE)
    assert (job is not None) == (utc_hour == 8)


def test_the_mail_goes_to_those_who_have_not_had_it() -> None:
    job = digest_due(campaign(), ["a@b.ma"], NOW, ZONE)
    assert job is not None
    assert job.day == date(2025, 3, 12)
    assert list(job.recipients) == ["c@d.ma"]
    assert digest_due(campaign(), ["a@b.ma", "c@d.ma"], NOW, ZONE) is None


def test_no_mail_outside_the_campaign() -> None:
    assert digest_due(campaign(end="2025-03-10"), (), NOW + timedelta(days=60), ZONE) is None
