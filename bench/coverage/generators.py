"""Four makers of campaigns that differ in where the noise comes from.

They are unlike each other, and none is the model that `measures.change` fits, so that a method
which is good on all is not merely tuned to one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr
from scipy.stats import beta, gamma

from bench.coverage.scenarios import Scenario

Array = NDArray[np.float64]
Chance = np.random.Generator
FIRST = date(2025, 1, 6)
WEEKDAY = 0.2
VIRAL = 6.0
MOOD = 0.3


@dataclass(frozen=True)
class Simulated:
    """One campaign by day: originals, those of a kind among them (nan: not collected) and the
    day's own share `moods`. `truth` is the true share before and during, the trend apart;
    `periods` are the shares that the two periods are expected to have, trend and all."""

    counts: Array
    chosen: Array
    moods: Array
    truth: tuple[float, float]
    periods: tuple[float, float]
    dates: list[date]
    start: date
    end: date

    @property
    def before(self) -> NDArray[np.bool_]:
        return np.array([day < self.start for day in self.dates]) & ~np.isnan(self.counts)

    @property
    def during(self) -> NDArray[np.bool_]:
        inside = [self.start <= day <= self.end for day in self.dates]
        return np.array(inside) & ~np.isnan(self.counts)


Noise = tuple[Array, Array]
"""Of one campaign by day: originals, and the day's share."""


def simulate(scenario: Scenario, generator: str, chance: Chance) -> Simulated:
    """A campaign of `scenario` by the generator of that name."""
    t = np.arange(scenario.days)
    inside = (t >= scenario.baseline) & (t < scenario.baseline + scenario.during)
    expected = scenario.level * np.exp(
        chance.normal(0, WEEKDAY, 7)[t % 7] + scenario.trend * (t - scenario.baseline)
    )
    expected *= np.where(inside, 1 + scenario.lift, 1.0)
    if scenario.viral:
        expected[chance.integers(scenario.baseline)] *= VIRAL
    shares = np.where(inside, scenario.share + scenario.shift, scenario.share)
    trended = expit(logit(shares) + scenario.trend * (t - scenario.baseline))
    counts, moods = GENERATORS[generator](scenario, expected, trended, chance)
    chosen = chance.binomial(counts.astype(int), moods).astype(float)
    lost = chance.choice(scenario.days, round(scenario.missing * scenario.days), replace=False)
    counts[lost] = chosen[lost] = np.nan
    dates = [FIRST + timedelta(days=int(n)) for n in t]
    last = scenario.baseline + scenario.during - 1
    both = np.array([scenario.share, scenario.share + scenario.shift])
    before, during = _expected(generator, both)
    usual, early = _expected(generator, trended), t < scenario.baseline
    periods = tuple(float(np.average(usual[d], weights=expected[d])) for d in (early, inside))
    return Simulated(
        counts=counts,
        chosen=chosen,
        moods=moods,
        truth=(float(before), float(during)),
        periods=(periods[0], periods[1]),
        dates=dates,
        start=dates[scenario.baseline],
        end=dates[last],
    )


def log_normal(scenario: Scenario, expected: Array, shares: Array, chance: Chance) -> Noise:
    """Negative-binomial counts on a log-normal AR(1) mood; shares move on the logit scale."""
    mood = 0.35 * _autoregressive(scenario, chance)
    rates = expected * np.exp(mood) * chance.gamma(20, 1 / 20, len(expected))
    moods = expit(logit(shares) + MOOD * _autoregressive(scenario, chance))
    return chance.poisson(rates).astype(float), moods


def gamma_days(scenario: Scenario, expected: Array, shares: Array, chance: Chance) -> Noise:
    """Gamma-Poisson days, tied by a Gaussian copula: now and then a very loud day. Beta shares."""
    mood = gamma.ppf(ndtr(_autoregressive(scenario, chance)), 8, scale=1 / 8)
    ranks = np.clip(ndtr(_autoregressive(scenario, chance)), 1e-9, 1 - 1e-9)
    tight = 1 / MOOD**2 / np.mean(shares * (1 - shares))
    moods = beta.ppf(ranks, shares * tight, (1 - shares) * tight)
    return chance.poisson(expected * mood).astype(float), np.clip(moods, 0, 1)


def feedback(scenario: Scenario, expected: Array, shares: Array, chance: Chance) -> Noise:
    """INGARCH(1, 1): each day's posts follow on those of the days before, and so do their kinds."""
    echo, memory = 0.7 * scenario.correlation, 0.3 * scenario.correlation
    counts, moods = np.empty(len(expected)), np.empty(len(expected))
    pull = tilt = 0.0
    for day in range(-20, len(expected)):  # the first twenty days only warm it up
        at = max(day, 0)
        rate = expected[at] * np.exp(pull) if pull < 0 else expected[at] * (1 + pull)
        count = chance.poisson(rate * chance.gamma(10, 1 / 10))
        pull = echo * min(count / expected[at] - 1, 10) + memory * pull
        noise = np.sqrt(1 - scenario.correlation**2) * MOOD * chance.normal()
        tilt = scenario.correlation * tilt + noise
        counts[at], moods[at] = count, expit(logit(shares[at]) + tilt)
    return counts, moods


def stories(scenario: Scenario, expected: Array, shares: Array, chance: Chance) -> Noise:
    """Cascades: a dozen stories break a day, of very unequal size, each with its own kind of
    talk, and each goes on for days. Few stories make days that are near zero."""
    stay = scenario.correlation
    counts, moods = np.empty(len(expected)), np.empty(len(expected))
    size = kind = 0.0
    for day in range(-20, len(expected)):
        at = max(day, 0)
        sizes = chance.gamma(0.8, 1 / 0.8, chance.poisson(12)) / 12
        kinds = chance.beta(4 * shares[at], 4 * (1 - shares[at]), len(sizes))
        size = stay * size + (1 - stay) * sizes.sum()
        kind = stay * kind + (1 - stay) * (sizes @ (kinds - shares[at]))
        rate = expected[at] * size
        counts[at] = chance.poisson(rate)
        moods[at] = np.clip(shares[at] + kind / max(size, 1e-9), 0, 1)
    return counts, moods


GENERATORS: Mapping[str, Callable[[Scenario, Array, Array, Chance], Noise]] = {
    "log_normal": log_normal,
    "gamma_days": gamma_days,
    "feedback": feedback,
    "stories": stories,
}


def _expected(generator: str, shares: Array) -> Array:
    """What the days' shares are on average. Moods on the logit scale move it."""
    if generator in ("gamma_days", "stories"):
        return shares
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    return np.asarray(expit(logit(shares)[:, None] + MOOD * nodes) @ weights / weights.sum())


def _autoregressive(scenario: Scenario, chance: Chance) -> Array:
    steps = chance.normal(size=scenario.days)
    rho = scenario.correlation
    values = np.empty(scenario.days)
    values[0] = steps[0]
    for day in range(1, scenario.days):
        values[day] = rho * values[day - 1] + np.sqrt(1 - rho**2) * steps[day]
    return values
