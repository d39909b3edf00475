"""Limits, accounts and forecasts."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest

from config.campaign import Campaign, SourcePlan
from config.campaigns import parse_campaign
from measures.budget import Account, Limit, account, forecast, limits_of

FIRST = date(2025, 10, 1)


@dataclass
class Cost:
    calls: int = 0
    posts: int = 0
    dollars: float = 0.0


def campaign(end: str = "2025-10-31") -> Campaign:
    return parse_campaign(
        f"slug: c\ntitle: {{fr: a, ar: b, en: c}}\nstart: 2025-10-01\n{end and f'end: {end}'}\n"
        "followup_days: 0\nfamilies: [{concept: c, words: [word]}]\n",
        "c.yaml",
    )


def days(*dollars: float) -> dict[date, Cost]:
    return {FIRST + timedelta(days=n): Cost(1, 2, one) for n, one in enumerate(dollars) if one}


def of(plan: SourcePlan, daily: dict[date, Cost], day: int, end: str = "2025-10-31") -> Account:
    return account(campaign(end), plan, daily, FIRST + timedelta(days=day))


def test_limits_are_those_of_the_file() -> None:
    plan = SourcePlan(name="x", dollars_in_all=9, posts_per_day=50)
    assert limits_of(plan) == [Limit("dollars", "campaign", 9), Limit("posts", "day", 50)]
    assert [limit.name for limit in limits_of(plan)] == ["dollars_in_all", "posts_per_day"]
    assert limits_of(SourcePlan(name="x")) == []


def test_a_limit_a_day_counts_today_alone() -> None:
    plan = SourcePlan(name="x", dollars_in_all=10, dollars_per_day=2)
    found = of(plan, days(1, 1, 1, 2), 3)
    assert [used.spent for used in found.used] == [5, 2]
    assert found.stopped is not None
    assert found.stopped.limit.per == "day"
    assert of(plan, days(1, 1, 1, 2), 4).stopped is None


def test_even_days_go_on_and_the_day_of_the_last_dollar_is_told() -> None:
    found = of(SourcePlan(name="x", dollars_in_all=20), days(*[1.0] * 10), 10)
    ahead = found.forecasts["dollars"]
    assert (ahead.middle, ahead.low, ahead.high) == (31, 31, 31)
    assert found.runs_out(found.used[0], FIRST + timedelta(days=10)) == date(2025, 10, 21)
    lasting = of(SourcePlan(name="x", dollars_in_all=40), days(*[1.0] * 10), 10)
    assert lasting.runs_out(lasting.used[0], FIRST + timedelta(days=10)) is None


def test_days_without_cost_count_as_zero() -> None:
    found = of(SourcePlan(name="x"), days(2, 0, 0, 0, 2, 0, 0, 0), 8)
    assert found.forecasts["dollars"].middle == pytest.approx(4 + 0.5 * 23)


def test_a_few_days_forecast_nothing() -> None:
    assert of(SourcePlan(name="x", dollars_in_all=5), days(1, 1, 1), 3).forecasts == {}
    assert forecast(3, [1, 1, 1], 5) is None


def test_a_forecast_is_never_under_what_is_spent() -> None:
    daily = days(0.1, 0.1, 0.1, 0.1, 0.1, 50)
    ahead = of(SourcePlan(name="x"), daily, 5).forecasts["dollars"]
    assert ahead.low >= 50.5
    assert ahead.low <= ahead.middle <= ahead.high


def test_after_the_end_nothing_is_to_come_and_an_open_end_looks_a_month_ahead() -> None:
    assert of(SourcePlan(name="x"), days(*[1.0] * 9), 60).forecasts == {}
    ahead = of(SourcePlan(name="x"), days(*[1.0] * 9), 9, end="")
    assert ahead.forecasts["dollars"].left == 31


@pytest.mark.parametrize(("likeness", "least"), [(0.0, 0.93), (0.3, 0.9)])
def test_intervals_hold_what_they_promise(likeness: float, least: float) -> None:
    chance = np.random.default_rng(4)
    held = 0
    for _ in range(400):
        level = chance.normal(size=80)
        for n in range(1, 80):
            level[n] = likeness * level[n - 1] + np.sqrt(1 - likeness**2) * level[n]
        dollars = chance.poisson(180 * np.exp(level[30:] / 2)) * 0.005
        ahead = forecast(0, list(dollars[:10]), 20)
        assert ahead is not None
        held += ahead.low <= dollars[10:30].sum() <= ahead.high
    assert held / 400 >= least
