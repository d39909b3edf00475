"""What was spent is known by day and kind of work; warnings are told on one day."""

from datetime import UTC, date, datetime, timedelta

from storage_made import NOW, SLUG, post, store

from storage.database import Database
from storage.rows import Spent
from storage.spending import daily_spending, spent
from storage.warnings import tell_warnings, told_warnings

EVENING = datetime(2026, 10, 5, 23, 30, tzinfo=UTC)
"""Half past midnight of the 6th in Casablanca."""


def test_costs_belong_to_the_casablanca_day_of_their_page(database: Database) -> None:
    store(database, [post(1)], calls=2, billed=50, dollars=0.25)
    store(database, [], calls=1, billed=7, dollars=0.5, taken_at=EVENING)
    assert spent(database, SLUG, "x") == Spent(3, 57, 0.75)
    assert spent(database, SLUG, "x", first=date(2026, 10, 6)) == Spent(1, 7, 0.5)
    assert daily_spending(database, SLUG) == {
        "x": {date(2026, 10, 5): Spent(2, 50, 0.25), date(2026, 10, 6): Spent(1, 7, 0.5)}
    }


def test_second_looks_are_told_apart(database: Database) -> None:
    store(database, [], calls=1, billed=10, dollars=0.05)
    store(database, [], calls=2, billed=90, dollars=0.45, work="look")
    assert spent(database, SLUG, "x", work="look") == Spent(2, 90, 0.45)
    assert spent(database, SLUG, "x", work="collect") == Spent(1, 10, 0.05)
    assert spent(database, SLUG, "x") == Spent(3, 100, 0.5)
    day = NOW.date()
    assert daily_spending(database, SLUG) == {"x": {day: Spent(3, 100, 0.5)}}
    assert daily_spending(database, SLUG, "collect") == {"x": {day: Spent(1, 10, 0.05)}}


def test_nothing_is_spent_where_nothing_was_asked(database: Database) -> None:
    store(database, [post(1)], source="files", calls=0)
    assert daily_spending(database, SLUG) == daily_spending(database, "unknown") == {}
    assert spent(database, "unknown", "x") == Spent(0, 0, 0.0)


def test_a_warning_stays_with_the_day_that_told_it_first(database: Database) -> None:
    monday = date(2026, 10, 5)
    tell_warnings(database, SLUG, ["x 80", "x 80"], monday, NOW)
    tell_warnings(database, SLUG, ["x 80", "x 100"], monday + timedelta(days=1), NOW)
    assert told_warnings(database, SLUG) == {"x 80": monday, "x 100": monday + timedelta(days=1)}
    assert told_warnings(database, "unknown") == {}
