"""Alerts: a threefold day is seen, usual days are left alone."""

from datetime import date, timedelta

import numpy as np
import pytest

from measures.alerts import unusual_day

TODAY = date(2025, 10, 20)
DATES = [TODAY - timedelta(days=n) for n in range(28, -1, -1)]


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
    assert unusual_day([None] * 15 + values[15:], DATES, TODAY) is None
    assert unusual_day([], [], TODAY) is None
    assert unusual_day([None] * 14 + values[14:], DATES, TODAY) is not None


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
