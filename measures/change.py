"""How a daily series changed with a campaign, with a 95 % interval and a careful verdict.

The method and its measured coverage are told in docs/explanation/change.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from measures.periods import Array, Days, Mask, Period, Reason, days_of, numbers_of
from measures.posterior import Mixture, Posterior
from measures.regression import Series, fit, fit_counted, mood_errors

__all__ = ["Change", "Period", "Reason", "Verdict", "score_change", "share_change", "volume_change"]

Verdict = Literal["rose", "fell", "not_detectable", "not_enough_data"]

TREND = 0.01
"""Standard deviation of the linear trend's prior, a day, on the log or logit scale (decision 0034).
"""
WEEKDAY = 0.3
"""Standard deviation of the weekday effects' prior, on the same scale."""
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
    `chance` is the two-sided probability that the change is the other way, as a p-value is read;
    several changes that are judged together are held against it by `measures.several.holm`.
    """

    effect: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    smallest_detectable: float | None
    reason: Reason
    baseline: float | None
    level: float | None
    chance: float | None = None


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
    values = numbers_of(counts, dates)
    collected = ~np.isnan(values)
    days = days_of(dates, collected, collected, start, end, period)
    baseline, level = _mean(values[days.before]), _mean(values[days.within])
    known = values[days.known]
    counting = np.full(len(known), 1 / (known.mean() + 0.5)) if len(known) else known
    series = _series(days, np.log(known + 0.5), counting, np.ones(len(known)))

    def ratio(effect: float) -> float:
        return float(np.exp(min(effect, 700.0)))  # what a float can still hold

    return _change(days, series, fit, effective_authors, baseline, level, ratio)


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
    return score_change(
        numerators,
        denominators,
        dates,
        start,
        end,
        period,
        effective_authors=effective_authors,
    )


def score_change(
    totals: Sequence[float | None],
    numbers: Sequence[float | None],
    dates: Sequence[date],
    start: date,
    end: date | None,
    period: Period = "during",
    *,
    spread: float = 1.0,
    effective_authors: float | None = None,
) -> Change:
    """The difference of a mean score between 0 and 1; `share_change` is that of zeros and ones.

    `totals` are the day's scores added up, `numbers` how many posts have one. `spread` is the
    variance of a post's score relative to that of zeros and ones with the same mean.
    """
    tops, bottoms = numbers_of(totals, dates), numbers_of(numbers, dates)
    if np.any(tops > bottoms):
        raise ValueError("a numerator is above its denominator")
    collected = ~np.isnan(tops) & ~np.isnan(bottoms)
    usable = collected & (np.nan_to_num(bottoms) > 0)
    days = days_of(dates, collected, usable, start, end, period)
    baseline = _pooled(tops, bottoms, days.before)
    level = _pooled(tops, bottoms, days.within)
    slopes = _slopes(tops, bottoms, days)[days.known]
    counting = spread / (bottoms[days.known] * slopes)
    series = _series(days, tops[days.known] / bottoms[days.known] / slopes, counting, slopes)

    def counted(one: Series) -> Posterior:
        return fit_counted(one, mood_errors(one.counting))

    def difference(effect: float) -> float:
        return max(-1.0, min(1.0, effect))

    return _change(days, series, counted, effective_authors, baseline, level, difference)


def _series(days: Days, y: Array, counting: Array, slopes: Array) -> Series:
    """The regression of `y` on level, period, the other period, trend and weekdays.

    The first three are in the unit of the metric, of which `slopes` (n) of a unit make one of y;
    the others are in the unit of y. `counting` (n) are the variances that counting alone makes.
    """
    number = days.number[days.known]
    terms = [1 / slopes, days.chosen[days.known] / slopes]
    other = days.other[days.known]
    if other.any():
        terms.append(other / slopes)
    flat = len(terms)
    weekdays = (number[:, None].astype(int) + 6) % 7 == np.arange(7)
    design = np.column_stack([*terms, number - days.first, weekdays.astype(float) - 1 / 7])
    precisions = np.array([0.0] * flat + [TREND**-2] + [WEEKDAY**-2] * 7)
    return Series(y, number, design, precisions, counting)


def _slopes(tops: Array, bottoms: Array, days: Days) -> Array:
    """How much a share moves with its logit, p(1−p), by day: p is the period's pooled share.

    A post of each kind is added to every period, so that none is 0.
    """
    slopes = np.ones(len(tops))
    for inside in (days.early, days.chosen, ~days.early & ~days.chosen):
        chosen = inside & days.usable
        share = (tops[chosen].sum() + 1) / (bottoms[chosen].sum() + 2)
        slopes[inside] = share * (1 - share)
    return slopes


def _change(
    days: Days,
    series: Series,
    fitting: Callable[[Series], Posterior],
    effective_authors: float | None,
    baseline: float | None,
    level: float | None,
    shown: Callable[[float], float],
) -> Change:
    """The change, with effects `shown` in the unit of the metric (increasing)."""
    reason = days.obstacle(effective_authors)
    mixture = _fitted(days, series, fitting)
    if mixture is None:
        why: Reason = reason or "too_few_days"
        return Change(None, None, None, "not_enough_data", None, why, baseline, level)
    low, middle, high = mixture.quantiles((0.025, 0.5, 0.975))
    return Change(
        effect=shown(middle),
        low=shown(low),
        high=shown(high),
        verdict="not_enough_data" if reason else _verdict(low, high),
        smallest_detectable=shown((high - low) / 2 * POWER),
        reason=reason,
        baseline=baseline,
        level=level,
        chance=min(2 * min(mixture.below(0.0), 1 - mixture.below(0.0)), 1.0),
    )


def _verdict(low: float, high: float) -> Verdict:
    if low > 0:
        return "rose"
    return "fell" if high < 0 else "not_detectable"


def _fitted(days: Days, series: Series, fitting: Callable[[Series], Posterior]) -> Mixture | None:
    """The effect's posterior, `None` where there is nothing to compare or too little to fit."""
    if not days.before.any() or not days.within.any() or len(series.y) < series.flat + 3:
        return None
    return fitting(series).of(1)


def _mean(values: Array) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _pooled(tops: Array, bottoms: Array, chosen: Mask) -> float | None:
    return float(tops[chosen].sum() / bottoms[chosen].sum()) if chosen.any() else None
