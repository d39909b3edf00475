"""Two changes against each other: the arithmetic, what is claimed, and how often it is right."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from config.campaign import Campaign, Phase, State
from measures.change import Change, share_change, volume_change
from measures.compare_campaigns import compare_campaigns, contrast, shared_days
from measures.labelled import LabelledShares
from measures.summary import Summary

START, END = date(2025, 10, 1), date(2025, 10, 14)
DATES = [START - timedelta(days=28) + timedelta(days=n) for n in range(42)]


def change(effect: float, low: float, high: float, verdict: Any = "rose") -> Change:
    return Change(effect, low, high, verdict, 0.1, "", 1.0, 2.0, 0.01)


def test_symmetric_intervals_add_their_squared_errors() -> None:
    found = contrast(change(0.10, 0.04, 0.16), change(0.02, -0.06, 0.10), ratio=False)
    assert found.effect == pytest.approx(0.08)
    assert found.low == pytest.approx(0.08 - 0.10)
    assert found.high == pytest.approx(0.08 + 0.10)
    assert found.verdict == "not_detectable"


def test_ratios_are_combined_on_their_logarithms() -> None:
    found = contrast(change(3.0, 2.0, 4.5), change(1.5, 1.2, 1.875), ratio=True)
    spread = math.hypot(math.log(1.5), math.log(1.25))
    assert found.effect == pytest.approx(2.0)
    assert found.low == pytest.approx(2.0 * math.exp(-spread))
    assert found.high == pytest.approx(2.0 * math.exp(spread))
    assert found.verdict == "higher"


def test_each_half_of_an_interval_counts_where_it_matters() -> None:
    found = contrast(change(0.0, -0.1, 0.3), change(0.0, -0.4, 0.0), ratio=False)
    assert (found.low, found.high) == (pytest.approx(-0.1), pytest.approx(0.5))


def test_changing_the_order_turns_it_round() -> None:
    one, two = change(0.10, 0.04, 0.16), change(-0.2, -0.26, -0.11)
    there, back = (contrast(*pair, ratio=False) for pair in ((one, two), (two, one)))
    assert there.verdict == "higher"
    assert back.verdict == "lower"
    assert back.low == pytest.approx(-(there.high or 0))


@pytest.mark.parametrize("known", [True, False])
def test_without_enough_data_nothing_is_claimed(known: bool) -> None:
    poor = change(9.0, 8.0, 10.0, "not_enough_data")
    if not known:
        poor = replace(poor, effect=None, low=None, high=None)
    found = contrast(poor, change(1.0, 0.9, 1.1), ratio=True)
    assert found.verdict == "not_enough_data"
    assert (found.effect is not None) is known


def summary(changes: Any, corrected: Any = None) -> Summary:
    labelled = LabelledShares(changes=corrected or {})
    return Summary("a", END, State.RUNNING, dict.fromkeys(Phase), changes, labelled)


def test_corrected_changes_are_compared_with_corrected_ones_alone() -> None:
    own, corrected = change(0.1, 0.05, 0.15), change(0.3, 0.2, 0.4)
    plain = summary({"negative_share": {"during": own}})
    better = summary(
        {"negative_share": {"during": own}, "originals": {"after": own}},
        {"negative_share": {"during": corrected}},
    )
    assert compare_campaigns(better, plain)["negative_share"]["during"].effect == 0
    assert not compare_campaigns(better, plain)["negative_share"]["during"].corrected
    assert compare_campaigns(better, better)["negative_share"]["during"].corrected
    assert "originals" not in compare_campaigns(better, plain)


def test_days_in_common(campaign: Callable[..., Campaign]) -> None:
    first = campaign()
    assert first.last_day is not None
    whole = (first.last_day - first.first_day).days + 1
    assert shared_days(first, first) == whole
    far = campaign(start=date(2027, 1, 1), end=date(2027, 1, 10))
    assert shared_days(first, far) == shared_days(far, first) == 0
    assert shared_days(campaign(end=None), campaign(end=None)) is None


def moods(chance: np.random.Generator) -> np.ndarray:
    """AR(1) in the logarithm, ρ = 0.4."""
    found, last = [], 0.0
    for _ in DATES:
        last = 0.4 * last + chance.normal(0, 0.25)
        found.append(last)
    return np.array(found)


def volume(chance: np.random.Generator, lift: float) -> Change:
    means = np.exp(
        math.log(80) + moods(chance) + math.log(lift) * np.array([d >= START for d in DATES])
    )
    return volume_change([float(n) for n in chance.poisson(means)], DATES, START, END)


def share(chance: np.random.Generator, base: float, lift: float) -> Change:
    level = base + lift * np.array([d >= START for d in DATES])
    p = 1 / (1 + np.exp(-np.log(level / (1 - level)) - 0.5 * moods(chance)))
    return share_change(
        [float(n) for n in chance.binomial(120, p)], [120.0] * 42, DATES, START, END
    )


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """95 % nominally; under 34 of 40 would be one chance in 300."""
    chance = np.random.default_rng(11)
    held = 0
    for _ in range(40):
        found = contrast(volume(chance, 2.0), volume(chance, 1.25), ratio=True)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 2.0 / 1.25 <= found.high
    assert 34 <= held <= 40


def test_so_does_that_of_shares() -> None:
    chance = np.random.default_rng(12)
    held = 0
    for _ in range(40):
        found = contrast(share(chance, 0.4, -0.1), share(chance, 0.3, 0.05), ratio=False)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= -0.15 <= found.high
    assert 34 <= held <= 40
