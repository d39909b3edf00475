"""Sada's intervals and those of methods in common use, on the same simulated campaigns.

Each takes a campaign and gives the interval's ends: of the log ratio for volumes, of the
difference for shares.
"""

import warnings
from collections.abc import Callable, Mapping

import numpy as np
from scipy.stats import norm, ttest_ind

from bench.coverage.generators import Array, Simulated
from bench.coverage.labelling import Labelled
from measures.change import Change, share_change, volume_change
from measures.corrected import PeriodPosts, corrected_share

Bounds = tuple[float, float]
Method = Callable[[Simulated], Bounds]
Z = float(norm.ppf(0.975))


def sada_volume(campaign: Simulated) -> Bounds:
    low, high = _ends(
        volume_change(campaign.counts.tolist(), campaign.dates, campaign.start, campaign.end)
    )
    return float(np.log(low)), float(np.log(high))


def sada_share(campaign: Simulated) -> Bounds:
    return _ends(
        share_change(
            campaign.chosen.tolist(),
            campaign.counts.tolist(),
            campaign.dates,
            campaign.start,
            campaign.end,
        )
    )


def sada_corrected(posts: Labelled) -> Bounds:
    return _ends(corrected_share(posts.before, posts.period).change)


def _ends(change: Change) -> Bounds:
    """Also where the verdict is that there is not enough data: the interval is judged by itself."""
    if change.low is None or change.high is None:
        return -np.inf, np.inf
    return change.low, change.high


def poisson(campaign: Simulated) -> Bounds:
    """The Poisson rate ratio, as if every post came on its own."""
    during, before = campaign.counts[campaign.during], campaign.counts[campaign.before]
    ratio = np.log((during.mean() + 1e-9) / (before.mean() + 1e-9))
    half = Z * np.sqrt(1 / max(during.sum(), 1) + 1 / max(before.sum(), 1))
    return float(ratio - half), float(ratio + half)


def welch(campaign: Simulated) -> Bounds:
    """Welch's t interval on log days."""
    logs = np.log(campaign.counts + 0.5)
    found = ttest_ind(logs[campaign.during], logs[campaign.before], equal_var=False)
    low, high = found.confidence_interval(0.95)
    return float(low), float(high)


def negative_binomial(campaign: Simulated) -> Bounds:
    """statsmodels' negative-binomial regression with weekdays, dispersion estimated."""
    from statsmodels.discrete.discrete_model import NegativeBinomial  # type: ignore[import-untyped]

    known, design = _design(campaign)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = NegativeBinomial(campaign.counts[known], design[known])
        ends = np.asarray(model.fit(disp=0, maxiter=200, method="bfgs").conf_int())[1]
    return float(ends[0]), float(ends[1])


def sarimax(campaign: Simulated) -> Bounds:
    """statsmodels' SARIMAX(1, 0, 0) of log days with weekdays; it can take gaps."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX  # type: ignore[import-untyped]

    _, design = _design(campaign)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = SARIMAX(np.log(campaign.counts + 0.5), exog=design, order=(1, 0, 0))
        ends = np.asarray(model.fit(disp=0).conf_int())[1]
    return float(ends[0]), float(ends[1])


def _design(campaign: Simulated) -> tuple[Array, Array]:
    """Known days, and level, during, after and six weekdays for all of them."""
    day = np.arange(len(campaign.dates))
    inside = np.array([campaign.start <= when <= campaign.end for when in campaign.dates])
    later = np.array([when > campaign.end for when in campaign.dates])
    terms = [np.ones(len(day)), inside, *([later] if later.any() else [])]
    weekdays = day[:, None] % 7 == np.arange(6)
    return ~np.isnan(campaign.counts), np.column_stack([*terms, weekdays]).astype(float)


def two_proportions(campaign: Simulated) -> Bounds:
    """The two-proportion z interval, as if every post were an independent opinion."""
    (x1, n1), (x0, n0) = (
        (float(campaign.chosen[days].sum()), float(campaign.counts[days].sum()))
        for days in (campaign.during, campaign.before)
    )
    return _difference(x1 / n1, n1, x0 / n0, n0)


def classify_and_count(posts: Labelled) -> Bounds:
    """Two proportions of the classifier's answers, its errors forgotten."""
    (p1, n1), (p0, n0) = (
        (float(np.mean(side.predictions)), float(len(side.predictions)))
        for side in (posts.period, posts.before)
    )
    return _difference(p1, n1, p0, n0)


def labels_alone(posts: Labelled) -> Bounds:
    """Two proportions of the hand labels, as if every post were an independent opinion."""

    def share(side: PeriodPosts) -> tuple[float, float]:
        return float(np.mean(side.labels)), float(len(side.labels))

    return _difference(*share(posts.period), *share(posts.before))


def _difference(p1: float, n1: float, p0: float, n0: float) -> Bounds:
    half = Z * np.sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0)
    return float(p1 - p0 - half), float(p1 - p0 + half)


OTHER_VOLUME: Mapping[str, Method] = {
    "Poisson ratio": poisson,
    "Welch": welch,
    "negative binomial": negative_binomial,
    "SARIMAX": sarimax,
}
OTHER_CORRECTED: Mapping[str, Callable[[Labelled], Bounds]] = {
    "classify and count": classify_and_count,
    "labels alone, z": labels_alone,
}
