"""How a daily series changed with a campaign, with a 95 % interval and a careful verdict.

The method and its measured coverage are told in docs/explanation/change.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from scipy.special import expit, logit

from measures.reach import FEW_AUTHORS
from measures.regression import Array, Mixture, Series, fit

Period = Literal["during", "after"]
Verdict = Literal["rose", "fell", "not_detectable", "not_enough_data"]
Reason = Literal[
    "",
    "baseline_too_short",
    "too_few_authors",
    "too_many_days_missing",
    "period_without_data",
    "too_few_days",
]

BASELINE_DAYS = 14
"""Under this many baseline days no change is claimed."""
MISSING_DAYS = 0.1
"""Over this share of days missing no change is claimed."""
TREND = 0.01
"""Standard deviation of the linear trend's prior, a day, on the log or logit scale."""
WEEKDAY = 1.0
"""Standard deviation of the weekday effects' prior: weak, but it holds unseen weekdays."""
POWER = (1.959964 + 0.841621) / 1.959964
"""Half-widths of a 95 % interval that a true effect must have to be found four times in five."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a metric between the baseline and `period`, with its 95 % interval.

    `effect`, `low` and `high` are ratios to the baseline for volumes (1 is no change) and
    differences for shares (−1 to 1, 0 is no change). They are `None` where nothing could be
    fitted, and given for information only when the verdict is `not_enough_data`.
    `smallest_detectable` is, in the same unit, the rise that would have been found in four cases
    of five. `reason` is a code that says why there is not enough data, else empty.
    `baseline` and `level` are what was observed: mean a day for volumes, pooled share for shares.
    """

    effect: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    smallest_detectable: float | None
    reason: Reason
    baseline: float | None
    level: float | None


def volume_change(
    counts: Sequence[float | None],
    dates: Sequence[date],
    start: date,
    end: date | None,
    period: Period = "during",
    *,
    effective_authors: float | None = None,
) -> Change:
    """The ratio of a daily count in `period` to its baseline, all else (weekday, trend) equal.

    `counts` are daily, `None` or nan on days that were not collected; `dates` are their days, in
    any order, all days before `start` being the baseline. The campaign runs from `start` to `end`
    (`None`: still open), both included. Raises `ValueError` for unequal lengths, a repeated day or
    a negative count.
    """
    values = _numbers(counts)
    _check(values, dates)
    days = _Days(dates, ~np.isnan(values), start, end, period)
    baseline, level = _mean(values[days.before]), _mean(values[days.within])
    known = values[days.known]
    series = _series(days, np.log(known + 0.5), 1 / (known + 0.5))
    return _change(
        days, series, effective_authors, baseline, level, lambda x: float(np.exp(x)), neutral=1.0
    )


def share_change(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    dates: Sequence[date],
    start: date,
    end: date | None,
    period: Period = "during",
    *,
    effective_authors: float | None = None,
) -> Change:
    """The difference of a share in `period` from its baseline, −1 to 1.

    `numerators` / `denominators` is the daily share; `None` or nan in either means not collected.
    A day whose denominator is 0 was collected but says nothing of the share. Otherwise as
    `volume_change`; also raises `ValueError` for a numerator above its denominator.
    """
    tops, bottoms = _numbers(numerators), _numbers(denominators)
    _check(tops, dates)
    _check(bottoms, dates)
    if np.any(tops > bottoms):
        raise ValueError("a numerator is above its denominator")
    collected = ~np.isnan(tops) & ~np.isnan(bottoms)
    days = _Days(dates, collected, start, end, period, collected & (np.nan_to_num(bottoms) > 0))
    baseline = _pooled(tops, bottoms, days.before)
    level = _pooled(tops, bottoms, days.within)
    x, rest = tops[days.known], (bottoms - tops)[days.known]
    variances = 1 / (x + 0.5) + 1 / (rest + 0.5)
    series = _series(days, np.log((x + 0.5) / (rest + 0.5)), variances, bottoms[days.known])
    middle = _middle(tops, bottoms, days)

    def difference(effect: float) -> float:
        return float(expit(middle + effect / 2) - expit(middle - effect / 2))

    return _change(days, series, effective_authors, baseline, level, difference, neutral=0.0)


class _Days:
    """Which days are what; all arrays are over the given days, in the order of the calendar."""

    def __init__(
        self,
        dates: Sequence[date],
        collected: np.ndarray,
        start: date,
        end: date | None,
        period: Period,
        known: np.ndarray | None = None,
    ) -> None:
        number = np.array([day.toordinal() for day in dates], dtype=float)
        first = start.toordinal()
        last = np.inf if end is None else end.toordinal()
        self.number, self.first, self.period = number, first, period
        self.collected = collected
        self.usable = collected if known is None else known
        self.order = np.argsort(number)
        self.known = self.order[self.usable[self.order]]
        self.during = (number >= first) & (number <= last)
        self.after = number > last
        self.before = (number < first) & self.usable
        chosen = self.during if period == "during" else self.after
        self.within = chosen & self.usable
        self.chosen = chosen

    @property
    def baseline_days(self) -> int:
        """Calendar days from the first collected one to the campaign's start."""
        collected = self.number[self.collected & (self.number < self.first)]
        return int(self.first - collected.min()) if len(collected) else 0

    @property
    def missing_share(self) -> float:
        """Share of the baseline's and the period's calendar days that were not collected."""
        chosen = self.number[self.chosen]
        length = self.baseline_days + (chosen.max() - chosen.min() + 1 if len(chosen) else 0)
        present = np.sum(self.collected & ((self.number < self.first) | self.chosen))
        return float(1 - present / length) if length else 0.0

    def obstacle(self, effective_authors: float | None) -> Reason:
        """Why there is not enough data for a verdict, empty if there is."""
        if not np.any(self.within):
            return "period_without_data"
        if self.baseline_days < BASELINE_DAYS:
            return "baseline_too_short"
        if self.missing_share > MISSING_DAYS + 1e-9:
            return "too_many_days_missing"
        if effective_authors is not None and effective_authors < FEW_AUTHORS:
            return "too_few_authors"
        return ""


def _series(days: _Days, y: Array, variances: Array, sizes: Array | None = None) -> Series:
    """The regression of `y` on level, period, the other period, trend and weekdays.

    `variances` are the sampling variances of counting alone, a floor under the error's variance;
    `sizes` (denominators) make days with many posts less noisy than others.
    """
    number = days.number[days.known]
    terms = [np.ones(len(y)), days.chosen[days.known].astype(float)]
    other = (days.during if days.period == "after" else days.after)[days.known].astype(float)
    if other.any():
        terms.append(other)
    flat = len(terms)
    terms.append(number - days.first)
    weekdays = (number[:, None].astype(int) + 6) % 7 == np.arange(7)
    design = np.column_stack([*terms, weekdays.astype(float) - 1 / 7])
    precisions = np.array([0.0] * flat + [TREND**-2] + [WEEKDAY**-2] * 7)
    noise = np.ones(len(y))
    if sizes is not None and len(y):
        noise = 1 / sizes
        noise = noise / np.mean(noise)
    floor = float(np.mean(variances)) if len(y) else 0.0
    return Series(y, number, design, precisions, noise, floor)


def _change(
    days: _Days,
    series: Series,
    effective_authors: float | None,
    baseline: float | None,
    level: float | None,
    shown: Callable[[float], float],
    neutral: float,
) -> Change:
    reason = days.obstacle(effective_authors)
    mixture = _fitted(days, series)
    if mixture is None:
        why: Reason = reason or "too_few_days"
        return Change(None, None, None, "not_enough_data", None, why, baseline, level)
    low, effect, high = (shown(mixture.quantile(p)) for p in (0.025, 0.5, 0.975))
    half = (mixture.quantile(0.975) - mixture.quantile(0.025)) / 2
    verdict = _verdict(low, high, neutral) if not reason else "not_enough_data"
    return Change(effect, low, high, verdict, shown(half * POWER), reason, baseline, level)


def _verdict(low: float, high: float, neutral: float) -> Verdict:
    if low > neutral:
        return "rose"
    return "fell" if high < neutral else "not_detectable"


def _fitted(days: _Days, series: Series) -> Mixture | None:
    """The effect's posterior, `None` where there is nothing to compare or too little to fit."""
    flat = int(np.sum(series.precisions == 0))
    if not days.before.any() or not days.within.any() or len(series.y) < flat + 3:
        return None
    return fit(series, column=1)


def _numbers(values: Sequence[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _check(values: Array, dates: Sequence[date]) -> None:
    if len(values) != len(dates):
        raise ValueError(f"{len(values)} values for {len(dates)} dates")
    if len(set(dates)) != len(dates):
        raise ValueError("a date is given twice")
    if np.any(values < 0) or np.any(np.isinf(values)):
        raise ValueError("a count is negative or infinite")


def _mean(values: Array) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _pooled(tops: Array, bottoms: Array, chosen: np.ndarray) -> float | None:
    return float(tops[chosen].sum() / bottoms[chosen].sum()) if chosen.any() else None


def _middle(tops: Array, bottoms: Array, days: _Days) -> float:
    """Half way, on the logit scale, between the two pooled shares: there a difference is read."""
    ends = [
        logit((tops[chosen].sum() + 0.5) / (bottoms[chosen].sum() + 1.0))
        for chosen in (days.before, days.within)
    ]
    return float(np.mean(ends))
