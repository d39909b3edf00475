from datetime import date, timedelta

from reports.usual import usual

DAY = date(2025, 10, 9)


def series(*values: float) -> dict[date, float]:
    """Values of the days up to DAY, oldest first."""
    return {DAY - timedelta(days=len(values) - 1 - n): value for n, value in enumerate(values)}


def test_above_everything_before() -> None:
    found = usual(series(*range(10, 38), 60), DAY, {})
    assert found is not None
    assert (found.standing, found.low, found.high, found.days) == ("above", 10, 37, 28)
    assert found.difference == 60 / 23.5 - 1


def test_within_what_was_seen_and_below() -> None:
    within, below = (usual(series(*[5.0, 9.0] * 10, last), DAY, {}) for last in (9, 4))
    assert within is not None
    assert below is not None
    assert within.standing == "within"
    assert below.standing == "below"


def test_days_that_were_not_collected_say_nothing() -> None:
    holes = {DAY - timedelta(days=n): 0.5 for n in range(1, 15)}
    assert usual(series(*[5.0] * 27, 9), DAY, holes) is None
    found = usual(series(*[5.0] * 29), DAY, {DAY - timedelta(days=1): 0.05})
    assert found is not None
    assert found.days == 28


def test_too_few_days_or_none_today() -> None:
    assert usual(series(*[5.0] * 13), DAY, {}) is None
    assert usual({}, DAY, {}) is None


def test_an_ordinary_day_of_zero_has_no_relative_difference() -> None:
    found = usual(series(*[0.0] * 20, 5), DAY, {})
    assert found is not None
    assert found.difference is None
