"""Outside figures go through the change method, and say when they are too few."""

from datetime import date, timedelta

import numpy as np

from config.campaign import Campaign
from measures.indicators import indicator_changes

START, END = date(2026, 3, 2), date(2026, 3, 22)


def _campaign(values: dict[date, float]) -> Campaign:
    name = {"fr": "Appels", "ar": "مكالمات", "en": "Calls"}
    return Campaign.model_validate(
        {
            "slug": "calls",
            "title": name,
            "start": START,
            "end": END,
            "families": [{"concept": "calls", "hashtags": ["calls"]}],
            "indicators": [{"name": name, "unit": "calls", "source": "line", "values": values}],
        }
    )


def _daily(during: float) -> dict[date, float]:
    rng = np.random.default_rng(4)
    days = [START + timedelta(days=n) for n in range(-28, 35)]
    return {day: float(rng.poisson(during if START <= day <= END else 20)) for day in days}


def test_a_help_line_that_rings_twice_as_often_rose() -> None:
    (found,) = indicator_changes(_campaign(_daily(40)), date(2026, 4, 30))
    change = found.changes["during"]
    assert change.verdict == "rose"
    assert change.low is not None
    assert change.high is not None
    assert change.low < 2 < change.high
    assert found.changes["after"].verdict == "not_detectable"
    assert found.values == 63


def test_a_survey_in_two_waves_is_not_enough() -> None:
    waves = {START - timedelta(days=10): 41.0, END + timedelta(days=3): 47.0}
    (found,) = indicator_changes(_campaign(waves), date(2026, 4, 30))
    assert {change.verdict for change in found.changes.values()} == {"not_enough_data"}
    assert found.values == 2


def test_figures_to_come_change_nothing_yet() -> None:
    (found,) = indicator_changes(_campaign(_daily(40)), START - timedelta(days=1))
    assert found.changes == {}
    assert indicator_changes(_campaign(_daily(40)), START - timedelta(days=90))[0].values == 0
