"""How a daily series changed with a campaign, with a 95 % interval and a careful verdict.

The method and its measured coverage are told in docs/explanation/change.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from scipy.special import expit, logit

from measures.periods import Array, Days, Mask, Period, Reason, days_of, numbers_of
from measures.regression import Mixture, Series, fit

__all__ = ["Change", "Period", "Reason", "Verdict", "score_change", "share_change", "volume_change"]

Verdict = Literal["rose", "fell", "not_detectable", "not_enough_data"]

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
    values = numbers_of(counts, dates)
    collected = ~np.isnan(values)
    days = days_of(dates, collected, collected, start, end, period)
    baseline, level = _mean(values[days.before]), _mean(values[days.within])
    known = values[days.known]
    counting = np.full(len(known), 1 / (known.mean() + 0.5)) if len(known) else known
    series = _series(days, np.log(known + 0.5), counting)

    def ratio(effect: float) -> float:
        return float(np.exp(min(effect, 700.0)))  # what a float can still hold

    return _change(days, series, effective_authors, baseline, level, ratio)


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
    x, rest = tops[days.known], (bottoms - tops)[days.known]
    counting = spread * _logit_variances(x, rest)
    series = _series(days, np.log((x + 0.5) / (rest + 0.5)), counting)
    middle, factor = _middle(tops, bottoms, days), _undamped(bottoms, days)

    def difference(effect: float) -> float:
        read = factor * float(expit(middle + effect / 2) - expit(middle - effect / 2))
        return max(-1.0, min(1.0, read))

    return _change(days, series, effective_authors, baseline, level, difference)


def _series(days: Days, y: Array, counting: Array) -> Series:
    """The regression of `y` on level, period, the other period, trend and weekdays.

    `counting` are the variances by day that counting alone makes: a floor under the error's
    variance, and how noisy the days are relative to each other.
    """
    number = days.number[days.known]
    terms = [np.ones(len(y)), days.chosen[days.known].astype(float)]
    other = days.other[days.known].astype(float)
    if other.any():
        terms.append(other)
    flat = len(terms)
    terms.append(number - days.first)
    weekdays = (number[:, None].astype(int) + 6) % 7 == np.arange(7)
    design = np.column_stack([*terms, weekdays.astype(float) - 1 / 7])
    precisions = np.array([0.0] * flat + [TREND**-2] + [WEEKDAY**-2] * 7)
    floor = float(np.mean(counting)) if len(y) else 0.0
    noise = counting / floor if floor else counting
    return Series(y, number, design, precisions, noise, floor)


def _change(
    days: Days,
    series: Series,
    effective_authors: float | None,
    baseline: float | None,
    level: float | None,
    shown: Callable[[float], float],
) -> Change:
    """The change, with effects `shown` in the unit of the metric (increasing)."""
    reason = days.obstacle(effective_authors)
    mixture = _fitted(days, series)
    if mixture is None:
        why: Reason = reason or "too_few_days"
        return Change(None, None, None, "not_enough_data", None, why, baseline, level)
    low, middle, high = (mixture.quantile(p) for p in (0.025, 0.5, 0.975))
    return Change(
        effect=shown(middle),
        low=shown(low),
        high=shown(high),
        verdict="not_enough_data" if reason else _verdict(low, high),
        smallest_detectable=shown((high - low) / 2 * POWER),
        reason=reason,
        baseline=baseline,
        level=level,
    )


def _logit_variances(x: Array, rest: Array) -> Array:
    """Variance of each day's empirical logit if every post chose by itself (delta method)."""
    sizes = x + rest
    share = (x.sum() + 0.5) / (sizes.sum() + 1)
    tops, bottoms = sizes * share, sizes * (1 - share)
    slopes = 1 / (tops + 0.5) + 1 / (bottoms + 0.5)
    return np.asarray(sizes * share * (1 - share) * slopes**2)


def _verdict(low: float, high: float) -> Verdict:
    if low > 0:
        return "rose"
    return "fell" if high < 0 else "not_detectable"


def _fitted(days: Days, series: Series) -> Mixture | None:
    """The effect's posterior, `None` where there is nothing to compare or too little to fit."""
    flat = int(np.sum(series.precisions == 0))
    if not days.before.any() or not days.within.any() or len(series.y) < flat + 3:
        return None
    return fit(series).of(1)


def _mean(values: Array) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _pooled(tops: Array, bottoms: Array, chosen: Mask) -> float | None:
    return float(tops[chosen].sum() / bottoms[chosen].sum()) if chosen.any() else None


def _middle(tops: Array, bottoms: Array, days: Days) -> float:
    """Half way, on the logit scale, between the shares of the two periods: there a difference is
    read. Each day brings the half post that its empirical logit has, so that both speak of the
    same shares, also where a share is 0 (a campaign's name before it began)."""
    ends = [
        logit((tops[chosen].sum() + days_in / 2) / (bottoms[chosen].sum() + days_in))
        for chosen in (days.before, days.within)
        if (days_in := int(chosen.sum()))
    ]
    return float(np.mean(ends)) if ends else 0.0


def _undamped(bottoms: Array, days: Days) -> float:
    """What the half posts take from a difference of shares, as a factor to give it back."""
    seen = days.before | days.within
    total = float(bottoms[seen].sum())
    return 1 + int(seen.sum()) / total if total else 1.0
