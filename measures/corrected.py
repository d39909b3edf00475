"""Shares corrected for the classifier's errors, from hand labels of a random sample.

Prediction-powered inference with power tuning (PPI++: Angelopoulos, Duchi, Zrnic 2023,
arXiv:2311.01453). What differs from the paper, and why, is told in docs/explanation/corrected.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measures.change import POWER, Change, Verdict
from measures.labelled_sample import PeriodPosts, Sample, centred, read_sample
from measures.moods import Moods, Readings, mood, moods
from measures.periods import BASELINE_DAYS, Reason

__all__ = [
    "LEAST_LABELS",
    "Corrected",
    "CorrectedShare",
    "PeriodPosts",
    "corrected_period",
    "corrected_share",
]

LEAST_LABELS = 30
"""Under this many labels in a period nothing is claimed."""
CALM = 2.0
"""Pseudo-labels that hold each stratum's spread towards that of the period."""
LEAST_SEPARATION = 0.2
"""The classifier is not taken to separate the two kinds of posts by less than this."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """One period's share, 0 to 1, with its 95 % interval (`None` under two labels).

    `uncorrected` is the classifier's own share, the mean of its predictions.
    """

    share: float | None
    low: float | None
    high: float | None
    uncorrected: float | None
    posts: int
    labels: int


@dataclass(frozen=True, slots=True)
class CorrectedShare:
    """Both periods and the change between them, as `measures.change.share_change` gives it.

    `power` is PPI++'s λ: 0 if the classifier was of no use (the labels alone speak), near 1 if
    its answers are worth as much as labels. `freedom` are Satterthwaite's degrees of freedom.
    """

    before: Corrected
    period: Corrected
    change: Change
    power: float
    freedom: float | None


def corrected_share(before: PeriodPosts, period: PeriodPosts) -> CorrectedShare:
    """The share of originals of a kind in `before` and `period`, and its change, corrected.

    Each period's share is λ · mean prediction of all originals + weighted mean of
    (label − λ · prediction) over its labelled ones: right whatever the classifier's errors are and
    however they differ between the periods, provided the labelled posts were drawn at random.
    λ makes the variance smallest. It is the change of the periods' shares, a trend that was there
    before included. The intervals hold three sources of chance: which posts were
    labelled, which authors spoke, and the moods of days, which last for days.

    A period with fewer than two labels has no share, and the other is then as `corrected_period`
    has it. The verdict is `not_enough_data` with reason `too_few_labels` under 30 labels in either
    period and `period_without_data` where a period has no originals. Raises `ValueError` for
    unequal lengths, a position twice or outside, or values outside 0 to 1.
    """
    sides = (read_sample(before), read_sample(period))
    reason = _obstacle(sides)
    if any(len(side.y) < 2 for side in sides):
        shares = [_alone(side) for side in sides]
        nothing = Change(None, None, None, "not_enough_data", None, reason, None, None)
        return CorrectedShare(shares[0], shares[1], nothing, 0.0, None)
    power = _power(sides)
    found = [_estimate(side, power) for side in sides]
    separation = _separation(sides)
    middle = _inside((found[0].share + found[1].share) / 2)
    readings = [
        _readings(side, one.share, separation, middle)
        for side, one in zip(sides, found, strict=True)
    ]
    world = moods(readings[0], readings[1], middle)
    change, freedom = _change(found, world, reason)
    shown = [
        _shown(side, one, lived, world.freedom)
        for side, one, lived in zip(sides, found, world.sides, strict=True)
    ]
    return CorrectedShare(shown[0], shown[1], change, power, freedom)


def corrected_period(posts: PeriodPosts) -> Corrected:
    """The corrected share of one period that has nothing to be compared with (yet).

    As each of the two of `corrected_share`, by this period's labels alone. The share is `None`
    under two labels; under `LEAST_LABELS` it should not be shown. Raises `ValueError` alike.
    """
    return _alone(read_sample(posts))


def _alone(side: Sample) -> Corrected:
    if len(side.y) < 2:
        own = float(side.f.mean()) if len(side.f) else None
        return Corrected(None, None, None, own, len(side.f), len(side.y))
    one = _estimate(side, _power([side]))
    middle = _inside(one.share)
    world = mood(_readings(side, one.share, _separation([side]), middle), middle)
    return _shown(side, one, world.variance, world.freedom)


def _inside(share: float) -> float:
    return min(max(share, 0.02), 0.98)


@dataclass(frozen=True, slots=True)
class _Estimate:
    """A share; the variance that drawing the labels makes, with its degrees of freedom; and the
    variance of a share counted among that many posts."""

    share: float
    drawn: float
    freedom: float
    counted: float


def _obstacle(sides: Sequence[Sample]) -> Reason:
    if any(len(side.f) == 0 for side in sides):
        return "period_without_data"
    if sides[1].days.min() - sides[0].days.min() < BASELINE_DAYS:
        return "baseline_too_short"
    return "too_few_labels" if any(len(side.y) < LEAST_LABELS for side in sides) else ""


def _power(sides: Sequence[Sample]) -> float:
    """λ: the weighted slope of label on prediction within period and stratum, at least 0."""
    product = square = 0.0
    for side in sides:
        f = centred(side.f[side.chosen], side)
        product += float(np.sum(side.weights * f * side.y)) / len(side.f)
        square += float(np.sum(side.weights * f * f)) / len(side.f)
    return max(product / square, 0.0) if square > 1e-12 else 0.0


def _separation(sides: Sequence[Sample]) -> float:
    """Mean prediction of labelled posts of the kind less that of the others, within periods."""
    product = square = 0.0
    for side in sides:
        y = centred(side.y, side)
        product += float(np.sum(side.weights * y * side.f[side.chosen])) / len(side.f)
        square += float(np.sum(side.weights * y * side.y)) / len(side.f)
    return max(product / square, LEAST_SEPARATION) if square > 1e-12 else 1.0


def _readings(side: Sample, share: float, separation: float, middle: float) -> Readings:
    """Every original read on the scale of the truth: by its label, else by its prediction."""
    values = share + (side.f - side.f.mean()) / separation
    spread = float(np.var(side.f)) / separation**2
    variances = np.full(len(values), max(spread, 1e-3))
    values[side.chosen], variances[side.chosen] = side.y, middle * (1 - middle)
    return Readings(values, variances, side.days, side.authors)


def _estimate(side: Sample, power: float) -> _Estimate:
    rests = side.y - power * side.f[side.chosen]
    size = len(side.f)
    share = power * float(side.f.mean()) + float(side.weights @ rests) / size
    inside = min(max(share, 0.0), 1.0)
    rest = centred(rests, side)
    codes = side.strata[side.chosen]
    drawn = np.bincount(codes)
    sizes = np.bincount(side.strata, minlength=len(drawn))
    squares = np.bincount(codes, rest**2)
    freedom = max(len(rests) - len(drawn) - 1, 1)  # one more for the slope λ
    common = max(float(squares.sum()) / freedom, _least(side) * (1 - _least(side)))
    spreads = (squares + CALM * common) / np.maximum(drawn - 1 + CALM, 1)
    chances = (
        (sizes / size) ** 2 * np.maximum(1 - drawn / np.maximum(sizes, 1), 0) * spreads / drawn
    )
    return _Estimate(share, float(chances.sum()), float(freedom), inside * (1 - inside) / size)


def _change(found: Sequence[_Estimate], world: Moods, reason: Reason) -> tuple[Change, float]:
    before, period = found
    lived = world.change + before.counted + period.counted
    variance, freedom = _together(
        (before.drawn, before.freedom), (period.drawn, period.freedom), (lived, world.freedom)
    )
    effect = period.share - before.share
    half = _reach(freedom) * variance**0.5
    low, high = effect - half, effect + half
    verdict: Verdict = "rose" if low > 0 else "fell" if high < 0 else "not_detectable"
    return Change(
        effect=_within(effect, -1.0),
        low=_within(low, -1.0),
        high=_within(high, -1.0),
        verdict="not_enough_data" if reason else verdict,
        smallest_detectable=min(half * POWER, 1.0),
        reason=reason,
        baseline=_within(before.share, 0.0),
        level=_within(period.share, 0.0),
        chance=_chance(effect, variance, freedom),
    ), freedom


def _shown(side: Sample, one: _Estimate, lived: float, freedom: float) -> Corrected:
    """The period's share; its interval is made on the logit scale, so that it stays within 0 to 1
    and is longer on the side of one half, as that of a rare share is. Where all labels say the
    same, its far end is Clopper and Pearson's."""
    variance, free = _together((one.drawn, one.freedom), (lived + one.counted, freedom))
    half, least = _reach(free) * variance**0.5, _least(side)
    inside = min(max(one.share, least), 1 - least)
    odds, factor = inside / (1 - inside), math.exp(min(half / (inside * (1 - inside)), 700.0))
    low, high = odds / (odds + factor), odds / (odds + 1 / factor)
    seldom = max(half, 1 - 0.025 ** (1 / len(side.y)))
    if one.share <= least:
        low, high = 0.0, min(seldom, 1.0)
    elif one.share >= 1 - least:
        low, high = max(1 - seldom, 0.0), 1.0
    return Corrected(
        share=_within(one.share, 0.0),
        low=low,
        high=high,
        uncorrected=float(side.f.mean()),
        posts=len(side.f),
        labels=len(side.y),
    )


def _least(side: Sample) -> float:
    """Half a label's share: nothing is taken to be rarer, or to spread less."""
    return 0.5 / len(side.y)


def _reach(freedom: float) -> float:
    """Half of a 95 % interval in standard deviations: the quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))


def _chance(effect: float, variance: float, freedom: float) -> float:
    """Two-sided p-value of Student's t."""
    from scipy.special import stdtr

    return 2 * float(stdtr(freedom, -abs(effect) / variance**0.5)) if variance > 0 else 1.0


def _together(*parts: tuple[float, float]) -> tuple[float, float]:
    """Sum of independent (variance, degrees of freedom), with Satterthwaite's for it."""
    variance = sum(part for part, _ in parts)
    if variance <= 0:
        return 0.0, 1.0
    return variance, variance**2 / sum(part**2 / freedom for part, freedom in parts)


def _within(value: float, least: float) -> float:
    return min(max(value, least), 1.0)
