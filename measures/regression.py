"""Regression on a daily series whose errors are AR(1) plus white noise, both unknown.

The errors' correlation and how much of them is white are integrated out over a grid: at each point
generalised least squares with partly flat, partly normal priors gives a Student-t (or, where the
scale is part of the grid, a normal) for the effect, and its marginal likelihood as weight.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from measures.covariance import Errors, whitened_grams
from measures.periods import Array
from measures.posterior import Posterior

CORRELATIONS = np.array([0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98])
PRIORS = np.array([0.42, 0.02, 0.04, 0.05, 0.08, 0.13, 0.14, 0.09, 0.02, 0.01])
"""Of the correlations. Not equal, because a few weeks hardly tell them apart: with most weight at
the two ends, none or strong, intervals hold the truth about as often at all (decision 0032)."""
NOISE_SHARES = np.array([0, 0.25, 0.5, 0.75])
NOISE_PRIORS = np.array([0.8, 0.15, 0.04, 0.01])
"""Of the noise shares. A few weeks do not tell them well: where days are independent, much white
noise leaves room for a tie beneath it and makes the interval too long; where they are tied, ups and
downs that are taken for white noise are taken to average out, and it is too short (decision 0034).
"""
_HALF_STEP = 0.125
MOODS = np.array([0, 0.08, 0.16, 0.25, 0.35, 0.5, 0.7, 1.0, 1.5])
"""Standard deviations of days' moods, in the unit of the scale."""
MOOD_PRIORS = np.array([0.09, 0.18, 0.18, 0.16, 0.14, 0.12, 0.07, 0.04, 0.02])
"""About a half-t with three degrees of freedom and scale 0.35."""
MOOD_NOISE_SHARES = np.array([0, 0.4])
MOOD_NOISE_PRIORS = np.array([0.85, 0.15])
"""Likewise; what counting makes is not in them."""
_NORMAL = 1e7
"""Degrees of freedom at which a Student-t is a normal distribution."""


@dataclass(frozen=True, slots=True)
class Series:
    """What is fitted: `y` (n) on the `days` (n, increasing day numbers) by `design` (n × p).

    `precisions` (p) are 1/τ² of the coefficients' normal priors in the unit of y, 0 for flat.
    `counting` (n) is the variance that counting alone makes each day, in the unit of y².
    """

    y: Array
    days: Array
    design: Array
    precisions: Array
    counting: Array

    @property
    def flat(self) -> int:
        """How many coefficients have a flat prior."""
        return int(np.sum(self.precisions == 0))


def fit(series: Series) -> Posterior:
    """The posterior of the design's coefficients, the errors' scale unknown.

    The covariance is σ²((1−w)·R(ρ) + w·I); wσ² is held above the mean variance of counting, which
    is white. Degrees of freedom are the days less the effective number of coefficients,
    tr(A⁻¹X'V⁻¹X): one that its prior barely holds counts nearly whole. Needs more days than
    coefficients with flat priors; raises `ValueError` otherwise.
    """
    moments, projections, squares, log_determinants = _grams(series, _scaled_errors(len(series.y)))
    least = _least_variances(float(np.mean(series.counting)))
    variances = np.maximum(np.var(series.y), least)
    for _ in range(4):  # the prior is in the unit of y, so it needs σ², which needs the prior
        systems = moments + variances[:, None, None] * np.diag(series.precisions)
        inverses = np.linalg.inv(systems)
        coefficients = (inverses @ projections[..., None])[..., 0]
        fitted = np.sum(projections * coefficients, axis=1)
        shrinkage = variances * (coefficients**2 @ series.precisions)
        freedoms = np.maximum(len(series.y) - np.sum(inverses * moments, axis=(1, 2)), 1.0)
        variances = np.maximum((squares - fitted - shrinkage) / freedoms, least)
    log_weights = _scaled_errors(len(series.y)).log_prior - 0.5 * (
        log_determinants
        + np.linalg.slogdet(systems)[1]
        + (len(series.y) - len(series.precisions)) * np.log(variances)
        + (squares - fitted) / variances
    )
    return Posterior(log_weights, coefficients, inverses, variances, freedoms)


def fit_counted(series: Series, errors: Errors) -> Posterior:
    """The same where counting makes much of the noise and is known: `errors` with their scale.

    At each grid point the covariance is known, so the coefficients are normal. Raises as `fit`.
    """
    moments, projections, squares, log_determinants = _grams(series, errors)
    systems = moments + np.diag(series.precisions)
    inverses = np.asarray(np.linalg.inv(systems), dtype=np.float64)
    coefficients = (inverses @ projections[..., None])[..., 0]
    fitted = np.sum(projections * coefficients, axis=1)
    log_weights = errors.log_prior - 0.5 * (
        log_determinants + np.linalg.slogdet(systems)[1] + squares - fitted
    )
    ones = np.ones(len(fitted))
    return Posterior(log_weights, coefficients, inverses, ones, _NORMAL * ones)


def mood_errors(counting: Array, scale: float = 1.0) -> Errors:
    """Counting, known, plus moods τ²((1−w)·R(ρ) + w·I) with τ in `MOODS` · `scale`."""
    correlations, priors, moods, shares = _mood_grid()
    squares = (scale * moods) ** 2
    return Errors(
        correlations=correlations,
        echo=squares * (1 - shares),
        white=np.ones(len(moods)),
        noise=np.maximum(counting + (squares * shares)[:, None], 1e-12),
        log_prior=np.log(priors),
    )


def _grams(series: Series, errors: Errors) -> tuple[Array, Array, Array, Array]:
    """X'V⁻¹X, X'V⁻¹y, y'V⁻¹y and log|V| at every grid point."""
    if len(series.y) <= series.flat:
        raise ValueError(f"{len(series.y)} days for {series.flat} free coefficients: too few")
    columns = np.column_stack([series.design, series.y])
    grams, log_determinants = whitened_grams(columns, series.days, errors)
    return grams[:, :-1, :-1], grams[:, :-1, -1], grams[:, -1, -1], log_determinants


def _scaled_errors(n: int) -> Errors:
    """R and I mixed, in units of σ²."""
    shares = np.tile(NOISE_SHARES, len(CORRELATIONS))
    return Errors(
        correlations=np.repeat(CORRELATIONS, len(NOISE_SHARES)),
        echo=1 - shares,
        white=shares,
        noise=np.ones((1, n)),
        log_prior=np.log(np.outer(PRIORS, NOISE_PRIORS).ravel()),
    )


@cache
def _mood_grid() -> tuple[Array, Array, Array, Array]:
    """Correlations, priors, moods and white shares. Without moods or correlation there is nothing
    to share out, so those points stand once."""
    points = [
        (rho, prior * often * weight, mood, share)
        for rho, prior in zip(CORRELATIONS, PRIORS, strict=True)
        for mood, often in zip(MOODS, MOOD_PRIORS, strict=True)
        for share, weight in zip(MOOD_NOISE_SHARES, MOOD_NOISE_PRIORS, strict=True)
    ]
    once: dict[tuple[float, float, float], float] = {}
    for rho, prior, mood, share in points:
        key = (0.0, 0.0, 0.0) if mood == 0 else (0.0, mood, 0.0) if rho == 0 else (rho, mood, share)
        once[key] = once.get(key, 0.0) + prior
    grid = np.array([(*key, prior) for key, prior in once.items()])
    return grid[:, 0], grid[:, 3], grid[:, 1], grid[:, 2]


def _least_variances(floor: float) -> Array:
    """The least σ² at each grid point (grid).

    Counting noise is white, so the white part wσ² must hold it; a grid point stands for the noise
    shares half way to its neighbours. Without correlation all of σ² is white.
    """
    shares = np.minimum(NOISE_SHARES + _HALF_STEP, 1.0)
    least = np.where(CORRELATIONS[:, None] == 0, floor, floor / shares)
    return np.maximum(least.ravel(), 1e-12)
