"""Two campaigns, or two waves of one, side by side: did the one change things more?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from config.campaign import Campaign
from measures.change import Change, Period
from measures.summary import Summary

RATIOS = frozenset({"originals"})
"""Metrics whose change is a ratio; that of all others is a difference."""

ContrastVerdict = Literal["higher", "lower", "not_detectable", "not_enough_data"]


@dataclass(frozen=True, slots=True)
class Contrast:
    """How the change of one campaign compares with that of the other.

    `effect` is the ratio of two ratios (1: the same change) or the difference of two differences
    (0: the same), with its 95 % interval. `higher` and `lower` are said of the first campaign's
    change where the interval leaves the same change out. With `not_enough_data` for either one,
    effect and interval are for information only. `corrected`: both changes are those that hand
    labels have corrected.
    """

    effect: float | None
    low: float | None
    high: float | None
    verdict: ContrastVerdict
    corrected: bool = False


def contrast(first: Change, other: Change, *, ratio: bool, corrected: bool = False) -> Contrast:
    """`first` against `other`, which must come from different posts.

    The two intervals are combined by the standard error that each half of them shows, on the log
    scale for a `ratio` (MOVER: Zou and Donner 2008, doi:10.1002/sim.3095); for intervals that are
    symmetric this is the root of the sum of squared standard errors. Independence is assumed: what
    moved both campaigns at once (a law, a holiday) makes the interval wider than need be or, if it
    moved them in different ways, narrower.
    """
    one, two = _interval(first, ratio), _interval(other, ratio)
    if one is None or two is None:
        return Contrast(None, None, None, "not_enough_data", corrected)
    (low_1, mid_1, high_1), (low_2, mid_2, high_2) = one, two
    middle = mid_1 - mid_2
    low = middle - math.hypot(mid_1 - low_1, high_2 - mid_2)
    high = middle + math.hypot(high_1 - mid_1, mid_2 - low_2)
    verdict = _verdict(low, high)
    if "not_enough_data" in (first.verdict, other.verdict):
        verdict = "not_enough_data"
    if ratio:
        low, middle, high = (math.exp(min(value, 700.0)) for value in (low, middle, high))
    return Contrast(middle, low, high, verdict, corrected)


def compare_campaigns(first: Summary, other: Summary) -> Mapping[str, Mapping[Period, Contrast]]:
    """The contrast of every change that both campaigns have, by metric and period.

    Changes that hand labels have corrected are compared where both are; else the models' own.
    """
    found: dict[str, dict[Period, Contrast]] = {}
    for key, periods in first.changes.items():
        for period, own in periods.items():
            theirs = other.changes.get(key, {}).get(period)
            if theirs is None:
                continue
            told = first.corrected_change(key, period) and other.corrected_change(key, period)
            pair = (own, theirs)
            if told:
                pair = (first.told_changes[key][period], other.told_changes[key][period])
            one = contrast(*pair, ratio=key in RATIOS, corrected=told)
            found.setdefault(key, {})[period] = one
    return found


def shared_days(first: Campaign, other: Campaign) -> int | None:
    """How many days both campaigns look at, where the changes may have a cause in common; `None`
    while neither has an end."""
    begin = max(first.first_day, other.first_day)
    ends = [day for day in (first.last_day, other.last_day) if day is not None]
    if not ends:
        return None
    return max((min(ends) - begin).days + 1, 0)


def _interval(change: Change, ratio: bool) -> tuple[float, float, float] | None:
    """Low, middle and high on the scale on which errors are added up."""
    values = (change.low, change.effect, change.high)
    if None in values or (ratio and min(value or 0.0 for value in values) <= 0):
        return None
    low, middle, high = (math.log(v or 1.0) if ratio else float(v or 0.0) for v in values)
    return low, middle, high


def _verdict(low: float, high: float) -> ContrastVerdict:
    if low > 0:
        return "higher"
    return "lower" if high < 0 else "not_detectable"
