"""Alerts: a threefold day is seen, usual days are left alone."""

from datetime import date, timedelta

import numpy as np
import pytest

from measures import alerts
from measures.alerts import LEAST, WINDOW, unusual_day

TODAY = date(2025, 10, 20)
DATES = [TODAY - timedelta(days=n) for n in range(WINDOW, -1, -1)]


def counts(seed: int = 0, level: float = 50, last: float = 1.0) -> list[float]:
    chance = np.random.default_rng(seed)
    found = [float(n) for n in chance.poisson(level * np.exp(chance.normal(0, 0.2, len(DATES))))]
    return [*found[:-1], round(found[-1] * last)]


def test_a_sixfold_day_is_unusual() -> None:
    alert = unusual_day(counts(last=6), DATES, TODAY)
    assert alert is not None
    assert alert.unusual
    assert alert.count > alert.high > alert.expected > alert.low
    assert alert.ratio == pytest.approx(6, rel=0.4)


def test_silence_is_unusual_too() -> None:
    alert = unusual_day(counts(last=0), DATES, TODAY)
    assert alert is not None
    assert alert.unusual
    assert alert.count < alert.low


def test_usual_days_rarely_alarm() -> None:
    found = [unusual_day(counts(seed), DATES, TODAY) for seed in range(80)]
    assert sum(alert is not None and alert.unusual for alert in found) <= 4


def test_the_range_and_the_chance_agree() -> None:
    for seed in range(5):
        alert = unusual_day(counts(seed, last=2), DATES, TODAY)
        assert alert is not None
        assert alert.unusual == (not alert.low <= alert.count <= alert.high)


def test_too_little_is_no_alert() -> None:
    values: list[float | None] = list(counts())
    assert unusual_day(values[:-1], DATES[:-1], TODAY) is None
    assert unusual_day([*values[:-1], None], DATES, TODAY) is None
    assert unusual_day([], [], TODAY) is None
    lost = WINDOW - LEAST
    assert unusual_day([None] * (lost + 1) + values[lost + 1 :], DATES, TODAY) is None
    assert unusual_day([None] * lost + values[lost:], DATES, TODAY) is not None


def test_days_outside_the_window_say_nothing() -> None:
    values = counts()
    early = [DATES[0] - timedelta(days=n) for n in (1, 2, 3)]
    later = TODAY + timedelta(days=1)
    padded = unusual_day([1e6, 0, 1e6, *values, 7], [*early, *DATES, later], TODAY)
    assert padded == unusual_day(values, DATES, TODAY)


def test_most_of_the_allowed_false_alarms_are_rises() -> None:
    alert = unusual_day(counts(), DATES, TODAY)
    assert alert is not None
    above, below = np.log(alert.high / alert.expected), np.log(alert.expected / alert.low)
    assert above < below


def test_the_days_tell_on_which_scale_they_scatter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days like those of gamma noise have low ones that the logarithm takes for outliers: there a
    threefold day is found more often with all shapes, and usual days alarm no more."""
    chance = np.random.default_rng(3)
    series = [chance.poisson(40 * chance.gamma(4, 1 / 4, len(DATES))) for _ in range(40)]

    def found(factor: int) -> int:
        days = [[*(float(n) for n in one[:-1]), float(factor * one[-1])] for one in series]
        asked = [unusual_day(day, DATES, TODAY) for day in days]
        return sum(alert is not None and alert.unusual for alert in asked)

    usual, threefold = found(1), found(3)
    monkeypatch.setattr(alerts, "SHAPES", (0.0,))
    assert threefold >= found(3) + 4
    assert usual <= found(1) + 1


def test_the_range_holds_where_all_days_are_the_same() -> None:
    for level in (0.0, 7.0):
        alert = unusual_day([level] * len(DATES), DATES, TODAY)
        assert alert is not None
        assert alert.expected == pytest.approx(level)
        assert alert.low <= level < alert.high
        assert alert.chance > 0.5
