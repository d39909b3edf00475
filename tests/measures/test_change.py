"""Change: verdicts on clear cases, honesty on thin ones, invariances."""

import math
import subprocess
import sys
import time
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.change import Change, share_change, volume_change

START = date(2025, 10, 1)
END = date(2025, 10, 10)


def dates(baseline: int = 28, after: int = 0) -> list[date]:
    first = START - timedelta(days=baseline)
    return [first + timedelta(days=n) for n in range(baseline + 10 + after)]


def wobbling(days: list[date], level: float, lift: float = 1.0, seed: int = 0) -> list[float]:
    chance = np.random.default_rng(seed)
    noise = np.exp(chance.normal(0, 0.1, len(days)))
    return [
        float(round(level * n * (lift if START <= day <= END else 1)))
        for day, n in zip(days, noise, strict=True)
    ]


def test_a_tripled_volume_rose_and_the_interval_holds_it() -> None:
    days = dates()
    change = volume_change(wobbling(days, 200, 3), days, START, END)
    assert change.verdict == "rose"
    assert change.reason == ""
    assert change.low is not None
    assert change.high is not None
    assert 1 < change.low < 3 < change.high
    assert change.baseline == pytest.approx(200, rel=0.05)
    assert change.level == pytest.approx(600, rel=0.1)


def test_a_volume_cut_to_a_quarter_fell() -> None:
    days = dates()
    assert volume_change(wobbling(days, 200, 0.25), days, START, END).verdict == "fell"


def test_no_change_is_not_detectable_and_says_what_would_have_been() -> None:
    days = dates()
    change = volume_change(wobbling(days, 200), days, START, END)
    assert change.verdict == "not_detectable"
    assert change.low is not None
    assert change.high is not None
    assert change.smallest_detectable is not None
    assert change.low < 1 < change.high
    half = math.sqrt(change.high / change.low)
    assert change.smallest_detectable == pytest.approx(half ** (2.8016 / 1.96), rel=1e-3)


def test_a_share_moves_by_a_difference() -> None:
    days = dates()
    tops = [60.0 if START <= day <= END else 20.0 for day in days]
    change = share_change(tops, [100.0] * len(days), days, START, END)
    assert change.verdict == "rose"
    assert change.effect == pytest.approx(0.4, abs=0.05)
    assert change.baseline == pytest.approx(0.2)
    assert change.level == pytest.approx(0.6)
    assert change.low is not None
    assert change.high is not None
    assert -1 <= change.low <= change.high <= 1


def test_the_time_after_is_compared_with_the_baseline() -> None:
    days = dates(after=14)
    counts = [
        count * (4 if day > END else 1)
        for day, count in zip(days, wobbling(days, 100), strict=True)
    ]
    assert volume_change(counts, days, START, END, "during").verdict == "not_detectable"
    after = volume_change(counts, days, START, END, "after")
    assert after.verdict == "rose"
    assert after.level == pytest.approx(400, rel=0.1)


def test_an_open_campaign_lasts_to_the_last_day() -> None:
    days = dates()
    counts = wobbling(days, 100, 3)
    assert volume_change(counts, days, START, None) == volume_change(counts, days, START, END)


@pytest.mark.parametrize(
    ("baseline", "missing", "authors", "reason"),
    [
        (13, 0, None, "baseline_too_short"),
        (14, 0, None, ""),
        (28, 3, None, ""),
        (28, 4, None, "too_many_days_missing"),
        (28, 0, 29.9, "too_few_authors"),
        (28, 0, 30.0, ""),
    ],
)
def test_not_enough_data_says_why(
    baseline: int, missing: int, authors: float | None, reason: str
) -> None:
    days = dates(baseline)
    counts: list[float | None] = list(wobbling(days, 100, 3))
    for gap in range(missing):
        counts[5 + 3 * gap] = None
    change = volume_change(counts, days, START, END, effective_authors=authors)
    assert change.reason == reason
    assert change.verdict == ("not_enough_data" if reason else "rose")


def test_a_day_absent_from_the_dates_is_missing_too() -> None:
    days = dates()
    counts = wobbling(days, 100)
    kept = [n for n in range(len(days)) if n not in {3, 9, 15, 21}]
    change = volume_change([counts[n] for n in kept], [days[n] for n in kept], START, END)
    assert change.reason == "too_many_days_missing"


@pytest.mark.parametrize("baseline", [0, 1, 2])
def test_without_a_baseline_nothing_is_claimed(baseline: int) -> None:
    days = dates(baseline)
    change = volume_change(wobbling(days, 100), days, START, END)
    assert change.verdict == "not_enough_data"
    assert change.reason == "baseline_too_short"
    if not baseline:
        assert change.effect is None
        assert change.baseline is None


def test_nothing_at_all_is_not_enough_data() -> None:
    empty = Change(None, None, None, "not_enough_data", None, "period_without_data", None, None)
    assert volume_change([], [], START, END) == empty
    days = dates()
    assert volume_change([None] * len(days), days, START, END) == empty
    assert share_change([None] * len(days), [None] * len(days), days, START, END) == empty
    nothing = [0.0] * len(days)
    assert share_change(nothing, nothing, days, START, END) == empty


def test_a_pending_campaign_has_no_period_yet() -> None:
    days = dates()[:28]
    change = volume_change(wobbling(days, 100), days, START, END)
    assert change.reason == "period_without_data"
    assert change.baseline == pytest.approx(100, rel=0.1)
    assert change.level is None


def test_silence_throughout_is_no_change() -> None:
    days = dates()
    change = volume_change([0] * len(days), days, START, END)
    assert change.verdict == "not_detectable"
    assert change.effect == pytest.approx(1)


def test_a_missing_day_is_not_a_zero() -> None:
    days = dates()
    counts: list[float | None] = list(wobbling(days, 100))
    counts[30] = None
    with_gap = volume_change(counts, days, START, END)
    counts[30] = math.nan
    assert volume_change(counts, days, START, END) == with_gap
    counts[30] = 0
    as_zero = volume_change(counts, days, START, END)
    assert with_gap.level is not None
    assert as_zero.level is not None
    assert as_zero.level < with_gap.level


def test_what_cannot_be_is_refused() -> None:
    days = dates()
    with pytest.raises(ValueError, match="37 values for 38 dates"):
        volume_change([1.0] * 37, days, START, END)
    with pytest.raises(ValueError, match="twice"):
        volume_change([1.0, 2.0], [START, START], START, END)
    with pytest.raises(ValueError, match="negative"):
        volume_change([-1.0] * 38, days, START, END)
    with pytest.raises(ValueError, match="above its denominator"):
        share_change([2.0] * 38, [1.0] * 38, days, START, END)


def test_the_order_of_the_days_does_not_matter() -> None:
    days = dates(after=5)
    counts = wobbling(days, 50, 2)
    order = np.random.default_rng(3).permutation(len(days))
    shuffled = volume_change([counts[n] for n in order], [days[n] for n in order], START, END)
    straight = volume_change(counts, days, START, END)
    assert shuffled.low == pytest.approx(straight.low)
    assert shuffled.verdict == straight.verdict


def test_the_complement_of_a_share_moves_the_other_way() -> None:
    days = dates()
    wholes = [100.0] * len(days)
    tops = [min(count, 100.0) for count in wobbling(days, 30, 1.5)]
    rests = [100 - top for top in tops]
    one = share_change(tops, wholes, days, START, END)
    other = share_change(rests, wholes, days, START, END)
    assert one.effect is not None
    assert one.low is not None
    assert other.effect == pytest.approx(-one.effect, abs=1e-6)
    assert other.high == pytest.approx(-one.low, abs=1e-6)


def test_weeks_earlier_or_later_make_no_difference() -> None:
    days = dates()
    counts = wobbling(days, 50, 2)
    weeks = timedelta(days=70)
    moved = volume_change(counts, [day + weeks for day in days], START + weeks, END + weeks)
    assert moved == volume_change(counts, days, START, END)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.integers(min_value=0, max_value=10**7)), min_size=0, max_size=45
    ),
    st.integers(min_value=-50, max_value=50),
)
def test_any_series_gets_a_coherent_answer(counts: list[int | None], shift: int) -> None:
    days = [START + timedelta(days=n - shift) for n in range(len(counts))]
    change = volume_change(counts, days, START, END)
    values = (change.low, change.effect, change.high, change.smallest_detectable)
    if change.effect is None:
        assert values == (None,) * 4
        assert change.verdict == "not_enough_data"
        return
    low, effect, high, smallest = (value for value in values if value is not None)
    assert all(math.isfinite(value) for value in (low, effect, high, smallest))
    assert 0 < low <= effect <= high
    assert smallest >= 1
    assert (change.reason != "") == (change.verdict == "not_enough_data")


def test_a_metric_takes_milliseconds() -> None:
    days = [START + timedelta(days=n - 56) for n in range(56 + 10 + 14)]
    counts = wobbling(days, 100)
    volume_change(counts, days, START, END)
    began = time.perf_counter()
    for _ in range(10):
        volume_change(counts, days, START, END)
    assert (time.perf_counter() - began) / 10 < 0.2  # 0.007 s when the machine is idle


def test_a_share_that_starts_at_nothing_is_read_in_full() -> None:
    """A campaign's name is in no post before it begins; its share of voice then is its level."""
    days = [date(2026, 10, 1) + timedelta(days=n) for n in range(38)]
    during = [0] * 28 + [27] * 10
    change = share_change(during, [60] * 38, days, days[28], days[37])
    assert change.baseline == 0
    assert change.level == pytest.approx(0.45)
    assert change.effect == pytest.approx(0.45, abs=0.02)
    assert change.low is not None
    assert change.low > 0.35
    back = share_change([27] * 28 + [0] * 10, [60] * 38, days, days[28], days[37])
    assert back.effect == pytest.approx(-0.45, abs=0.02)


def test_a_rare_share_of_few_posts_is_read_without_bias() -> None:
    """Ten posts a day, 3 % then 10 %: a daily logit would see less than half of it."""
    days, chance = dates(), np.random.default_rng(4)
    truth = [0.10 if START <= day <= END else 0.03 for day in days]
    effects = []
    for _ in range(60):
        tops = chance.binomial(10, truth).astype(float).tolist()
        effect = share_change(tops, [10.0] * len(days), days, START, END).effect
        assert effect is not None
        effects.append(effect)
    assert np.mean(effects) == pytest.approx(0.07, abs=3 * np.std(effects) / 60**0.5)
    assert np.std(effects) < 0.05


def test_a_trend_of_one_percent_a_day_is_mostly_not_taken_for_the_campaigns_doing() -> None:
    """The periods lie 19 days apart: taken for it whole, the trend would make 0.19 and 0.037."""
    days, steps = dates(after=14), np.arange(-28, 24)
    ratios, differences = [], []
    for seed in range(40):
        chance, trend = np.random.default_rng([9, seed]), 0.01 * (-1) ** seed
        counts = chance.poisson(200 * np.exp(trend * steps + 0.3 * chance.normal(size=52)))
        odds = np.exp(-1 + trend * steps + 0.3 * chance.normal(size=52))
        kind = chance.binomial(200, odds / (1 + odds))
        volume = volume_change([float(n) for n in counts], days, START, END).effect
        share = share_change([float(n) for n in kind], [200.0] * 52, days, START, END).effect
        assert volume is not None
        assert share is not None
        ratios.append(np.sign(trend) * math.log(volume))
        differences.append(np.sign(trend) * share)
    assert 0 < np.mean(ratios) < 0.073
    assert 0 < np.mean(differences) < 0.0225


def test_a_day_of_many_posts_weighs_more_than_a_day_of_one() -> None:
    days = dates()
    wholes = [200.0 if n % 2 else 1.0 for n in range(len(days))]
    tops = [50.0 if n % 2 else 1.0 for n in range(len(days))]
    change = share_change(tops, wholes, days, START, END)
    assert change.low is not None
    assert change.high is not None
    assert change.high - change.low < 0.15  # as daily shares of equal weight: above 0.4


@pytest.mark.parametrize("lift", [1.0, 1.3, 1.6, 0.5])
def test_the_chance_is_under_one_in_twenty_just_when_the_interval_leaves_no_change(
    lift: float,
) -> None:
    days = dates()
    change = volume_change(wobbling(days, 200, lift, seed=5), days, START, END)
    assert change.chance is not None
    assert change.low is not None
    assert change.high is not None
    assert (change.chance < 0.05) == (not change.low <= 1 <= change.high)


def test_measures_are_imported_without_scipy() -> None:
    """The dashboard opens before the first figure is computed; scipy takes a quarter second."""
    words = "import sys, measures.summary, measures.corrected, measures.alerts, measures.topics\n"
    words += "sys.exit(any(name.startswith('scipy') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
