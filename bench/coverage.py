"""How often the 95 % intervals hold the truth, on simulated campaigns: `python bench/coverage.py`.

Every scenario is a campaign whose truth is known: negative-binomial daily originals with weekday
and AR(1) noise, and a share of them with moods of its own. Printed are coverage, false alarms
(where nothing changed) and the median width, beside methods in common use on the same data.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import norm, ttest_ind

from measures.change import share_change, volume_change

Array = NDArray[np.float64]
Bounds = tuple[float, float]
FIRST = date(2025, 1, 6)


@dataclass(frozen=True)
class Scenario:
    """A kind of campaign. Days, originals a day, lift (0.5 is +50 %), trend a day, share moved."""

    name: str
    baseline: int = 28
    during: int = 10
    after: int = 14
    level: float = 200
    lift: float = 0.0
    correlation: float = 0.4
    viral: bool = False
    trend: float = 0.0
    missing: float = 0.0
    share: float = 0.25
    shift: float = 0.0
    volatility: float = field(default=0.35, repr=False)
    mood: float = field(default=0.3, repr=False)
    dispersion: float = field(default=20.0, repr=False)


SCENARIOS = (
    Scenario("28 days, 200 a day"),
    Scenario("baseline of 14", baseline=14),
    Scenario("baseline of 56", baseline=56),
    Scenario("+50 %, share +5", lift=0.5, shift=0.05),
    Scenario("+100 %, share +10", lift=1.0, shift=0.10),
    Scenario("+100 %, baseline 14", lift=1.0, shift=-0.10, baseline=14),
    Scenario("no autocorrelation", correlation=0.0),
    Scenario("autocorrelation 0.7", correlation=0.7),
    Scenario("0.7, baseline 14", correlation=0.7, baseline=14),
    Scenario("20 a day", level=20),
    Scenario("20 a day, base. 14", level=20, baseline=14),
    Scenario("20 a day, +100 %", level=20, lift=1.0, shift=0.10),
    Scenario("one viral day", viral=True),
    Scenario("trend +1 % a day", trend=0.01),
    Scenario("trend -1 % a day", trend=-0.01),
    Scenario("10 % of days missing", missing=0.10),
    Scenario("no days after", after=0),
)


@dataclass(frozen=True)
class Simulated:
    """One campaign: originals a day, those of a kind among them (nan: not collected), dates."""

    counts: Array
    chosen: Array
    dates: Sequence[date]
    start: date
    end: date

    @property
    def before(self) -> NDArray[np.bool_]:
        return np.array([day < self.start for day in self.dates]) & ~np.isnan(self.counts)

    @property
    def during(self) -> NDArray[np.bool_]:
        inside = [self.start <= day <= self.end for day in self.dates]
        return np.array(inside) & ~np.isnan(self.counts)


def simulate(scenario: Scenario, chance: np.random.Generator) -> Simulated:
    """A campaign of the scenario."""
    days = scenario.baseline + scenario.during + scenario.after
    t = np.arange(days)
    inside = (t >= scenario.baseline) & (t < scenario.baseline + scenario.during)
    weekday = chance.normal(0, 0.2, 7)[t % 7]
    noise = scenario.volatility * _autoregressive(days, scenario.correlation, chance)
    log_mean = np.log(scenario.level) + weekday + noise + scenario.trend * (t - scenario.baseline)
    log_mean += np.log1p(scenario.lift) * inside
    if scenario.viral:
        log_mean[chance.integers(scenario.baseline)] += np.log(6)
    gamma = chance.gamma(scenario.dispersion, 1 / scenario.dispersion, days)
    counts = chance.poisson(np.exp(log_mean) * gamma).astype(float)
    mood = scenario.mood * _autoregressive(days, scenario.correlation, chance)
    shares = np.where(inside, scenario.share + scenario.shift, scenario.share)
    chosen = chance.binomial(counts.astype(int), expit(logit(shares) + mood)).astype(float)
    lost = chance.choice(days, round(scenario.missing * days), replace=False)
    counts[lost] = chosen[lost] = np.nan
    dates = [FIRST + timedelta(days=int(n)) for n in t]
    last = scenario.baseline + scenario.during - 1
    return Simulated(counts, chosen, dates, dates[scenario.baseline], dates[last])


def _autoregressive(days: int, correlation: float, chance: np.random.Generator) -> Array:
    steps = chance.normal(size=days)
    values = np.empty(days)
    values[0] = steps[0]
    for day in range(1, days):
        innovation = np.sqrt(1 - correlation**2) * steps[day]
        values[day] = correlation * values[day - 1] + innovation
    return values


def this_volume(campaign: Simulated) -> Bounds:
    """The log ratio's interval by `measures.change`."""
    change = volume_change(list(campaign.counts), campaign.dates, campaign.start, campaign.end)
    assert change.low is not None
    assert change.high is not None
    return float(np.log(change.low)), float(np.log(change.high))


def welch(campaign: Simulated) -> Bounds:
    """Welch's t interval on log days."""
    logs = np.log(campaign.counts + 0.5)
    found = ttest_ind(logs[campaign.during], logs[campaign.before], equal_var=False)
    low, high = found.confidence_interval(0.95)
    return float(low), float(high)


def poisson(campaign: Simulated) -> Bounds:
    """The Poisson rate ratio, as if every post came on its own."""
    during, before = campaign.counts[campaign.during], campaign.counts[campaign.before]
    ratio = np.log((during.mean() + 1e-9) / (before.mean() + 1e-9))
    half = norm.ppf(0.975) * np.sqrt(1 / max(during.sum(), 1) + 1 / max(before.sum(), 1))
    return float(ratio - half), float(ratio + half)


def this_share(campaign: Simulated) -> Bounds:
    """The difference's interval by `measures.change`."""
    change = share_change(
        list(campaign.chosen),
        list(campaign.counts),
        campaign.dates,
        campaign.start,
        campaign.end,
    )
    assert change.low is not None
    assert change.high is not None
    return change.low, change.high


def two_proportions(campaign: Simulated) -> Bounds:
    """The two-proportion z interval, as if every post were an independent opinion."""
    sums = [
        (campaign.chosen[days].sum(), campaign.counts[days].sum())
        for days in (campaign.during, campaign.before)
    ]
    (x1, n1), (x0, n0) = sums
    p1, p0 = x1 / n1, x0 / n0
    half = norm.ppf(0.975) * np.sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0)
    return float(p1 - p0 - half), float(p1 - p0 + half)


Method = Callable[[Simulated], Bounds]
VOLUME: dict[str, Method] = {"this": this_volume, "Welch": welch, "Poisson": poisson}
SHARE: dict[str, Method] = {"this": this_share, "z": two_proportions}


@dataclass(frozen=True)
class Score:
    """Over the campaigns of a scenario; `alarms` is `None` where something did change."""

    coverage: float
    alarms: float | None
    width: float
    milliseconds: float


def score(method: Method, campaigns: Sequence[Simulated], truth: float) -> Score:
    """How `method` does on `campaigns` whose true effect is `truth`."""
    began = time.process_time()
    bounds = np.array([method(campaign) for campaign in campaigns])
    spent = (time.process_time() - began) / len(campaigns) * 1000
    low, high = bounds.T
    alarms = float(np.mean((low > 0) | (high < 0))) if truth == 0 else None
    coverage = float(np.mean((low <= truth) & (truth <= high)))
    return Score(coverage, alarms, float(np.median(high - low)), spent)


def scores(
    scenario: Scenario, campaigns: int, seed: int
) -> tuple[dict[str, Score], dict[str, Score]]:
    """Scores by method, for volume (log ratio) and for the share (difference)."""
    chance = np.random.default_rng([seed, SCENARIOS.index(scenario)])
    data = [simulate(scenario, chance) for _ in range(campaigns)]
    lift = float(np.log1p(scenario.lift))
    volume = {name: score(method, data, lift) for name, method in VOLUME.items()}
    share = {name: score(method, data, scenario.shift) for name, method in SHARE.items()}
    return volume, share


def table(campaigns: int, seed: int) -> Iterator[str]:
    """The table's lines, as they come."""
    methods = [*(f"volume {name}" for name in VOLUME), *(f"share {name}" for name in SHARE)]
    yield f"{campaigns} campaigns a scenario, nominal 95 %: coverage % / false alarms % / width"
    yield f"{'':22}" + "".join(f"{name:>20}" for name in methods)
    slowest = 0.0
    for scenario in SCENARIOS:
        volume, share = scores(scenario, campaigns, seed)
        cells = [_cell(one) for one in (*volume.values(), *share.values())]
        slowest = max(slowest, volume["this"].milliseconds, share["this"].milliseconds)
        yield f"{scenario.name:22}" + "".join(f"{cell:>20}" for cell in cells)
    yield f"slowest mean: {slowest:.1f} ms of processor time a metric"


def _cell(one: Score) -> str:
    alarms = "-" if one.alarms is None else f"{100 * one.alarms:.1f}"
    return f"{100 * one.coverage:.1f} / {alarms} / {one.width:.2f}"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--campaigns", type=int, default=300, help="simulated a scenario")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    for line in table(chosen.campaigns, chosen.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
