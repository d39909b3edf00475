"""Comparisons of the last days with those before."""

from datetime import date, timedelta

import pytest

from measures.compare import COMPARED, compare

LAST = date(2025, 10, 20)


def days_back(row, count: int, **sums: int) -> list:
    return [row(LAST - timedelta(days=n), **sums) for n in range(count)]


def test_counts_are_relative_and_shares_a_difference(row) -> None:
    rows = days_back(row, 7, originals=12, annotated=10, neg=5, pos=1)
    rows += [
        row(LAST - timedelta(days=n), originals=10, annotated=10, neg=2, pos=1)
        for n in range(7, 14)
    ]
    found = compare(rows, {}, LAST)
    assert set(found) == set(COMPARED)
    week = found["originals"][7]
    assert (week.now, week.before, week.change) == (84, 70, pytest.approx(0.2))
    assert found["originals"][1].change == 0
    mood = found["negative_share"][7]
    assert (mood.now, mood.before, mood.change) == (0.5, 0.2, pytest.approx(0.3))
    assert found["net_sentiment"][7].change == pytest.approx(-0.3)
    assert found["views"][7].now is None
    assert found["views"][7].change is None


def test_a_missing_day_makes_its_stretch_unknown(row) -> None:
    rows = days_back(row, 60, originals=5)
    found = compare(rows, {LAST - timedelta(days=1): 1.0}, LAST)["originals"]
    assert (found[1].now, found[1].before, found[1].change) == (5, None, None)
    assert (found[7].now, found[7].before, found[7].missing) == (None, 35, 1)
    assert found[30].now is None


def test_a_lost_hour_does_not(row) -> None:
    rows = days_back(row, 4, originals=5)
    found = compare(rows, {LAST: 1 / 24}, LAST)["originals"][1]
    assert (found.now, found.change) == (5, 0)
    assert found.missing == pytest.approx(1 / 24)


def test_silence_before_gives_no_percentage(row) -> None:
    found = compare(days_back(row, 1, originals=5), {}, LAST)["originals"][1]
    assert (found.now, found.before, found.change) == (5, 0, None)


def test_days_before_an_import_are_unknown(row) -> None:
    rows = days_back(row, 3, originals=5)
    found = compare(rows, {}, LAST, seen=(LAST - timedelta(days=2), LAST))["originals"]
    assert found[1].change == 0
    assert (found[7].now, found[7].before) == (None, None)


def test_spans_can_be_chosen(row) -> None:
    found = compare(days_back(row, 4, originals=2), {}, LAST, spans=(2,))
    assert list(found["originals"]) == [2]
    assert found["originals"][2].change == 0


def test_what_may_be_claimed_is_tested(row) -> None:
    rows = [
        row(LAST - timedelta(days=n), posts=90, originals=(60 if n < 30 else 20) + n % 3)
        for n in range(60)
    ]
    found = compare(rows, {}, LAST)
    month = found["originals"][30].tested
    assert month is not None
    assert month.verdict == "rose"
    assert month.low is not None
    assert 2 < month.low < 3 < (month.high or 0)
    week = found["originals"][7].tested
    assert week is not None
    assert (week.verdict, week.reason) == ("not_enough_data", "baseline_too_short")
    assert found["posts"][30].tested is None


def test_few_authors_claim_nothing(row) -> None:
    rows = [
        row(LAST - timedelta(days=n), originals=60 if n < 30 else 20, annotated=10, neg=n % 4)
        for n in range(60)
    ]
    found = compare(rows, {}, LAST, effective_authors={30: 12.0})
    for key in ("originals", "negative_share"):
        tested = found[key][30].tested
        assert tested is not None
        assert tested.reason == "too_few_authors"
