"""Regression on a daily series whose errors are AR(1) plus white noise, both unknown.

The error covariance is σ²((1−w)·R(ρ) + w·D): R(ρ) has ρ^|days apart|, so missing days are simply
not there, and D is diagonal (the identity unless some days are noisier than others). ρ and w are
integrated out over a grid: at each point generalised least squares with partly flat, partly normal
priors gives a Student-t for the effect, and its marginal likelihood as weight.

R(ρ)⁻¹ is tridiagonal, also at irregular days (Ornstein-Uhlenbeck), and with R = T⁻¹
(aR + wI)⁻¹ = T(aI + wT)⁻¹. So all grid points together are one tridiagonal system, solved in time
proportional to the number of days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpttrf, dpttrs
from scipy.special import stdtr

Array = NDArray[np.float64]

CORRELATIONS = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98])
PRIORS = np.array([0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.075, 0.04, 0.035])
"""Of the correlations: how much of 0 to 1 lies nearest to each, so that all are as likely."""
NOISE_SHARES = np.array([0, 0.25, 0.5, 0.75])
_HALF_STEP = 0.125


@dataclass(frozen=True, slots=True)
class Series:
    """What is fitted: `y` (n) on the `days` (n, increasing day numbers) by `design` (n × p).

    `precisions` (p) are 1/τ² of the coefficients' normal priors in the unit of y, 0 for flat.
    `noise` (n) is each day's white noise relative to the others (mean about 1). `floor` is the
    variance that counting alone makes (Poisson or binomial), all of it white noise.
    """

    y: Array
    days: Array
    design: Array
    precisions: Array
    noise: Array
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class Mixture:
    """The posterior of one coefficient: Student-t's with their degrees of freedom, weighted."""

    weights: Array
    means: Array
    scales: Array
    freedoms: Array

    def below(self, value: float) -> float:
        """Probability that the coefficient is under `value`."""
        return float(self.weights @ stdtr(self.freedoms, (value - self.means) / self.scales))

    def quantile(self, probability: float) -> float:
        """By bisection, to 1e-9 of the bracket."""
        low = float(np.min(self.means - 60 * self.scales))
        high = float(np.max(self.means + 60 * self.scales))
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < probability else (low, middle)
        return (low + high) / 2


@dataclass(frozen=True, slots=True)
class Posterior:
    """All coefficients at every grid point: `weights` (grid), `coefficients` (grid × p),
    `inverses` (grid × p × p, in units of σ²), `variances` σ² and `freedoms` (grid)."""

    weights: Array
    coefficients: Array
    inverses: Array
    variances: Array
    freedoms: Array

    def of(self, column: int) -> Mixture:
        """The posterior of one coefficient."""
        spreads = self.variances * self.inverses[:, column, column]
        return Mixture(
            weights=self.weights,
            means=self.coefficients[:, column],
            scales=np.sqrt(np.maximum(spreads, 1e-300)),
            freedoms=self.freedoms,
        )

    def error_variance(self, series: Series, combination: Array) -> float:
        """Expected variance of the errors' linear `combination` (n): Σ over the grid a'Va."""
        apart = np.abs(series.days[:, None] - series.days)
        outer = np.outer(combination, combination)
        white = float(np.sum(combination**2 * series.noise))
        echoes = np.array([np.sum(outer * np.where(apart == 0, 1, r**apart)) for r in CORRELATIONS])
        mixed = (1 - NOISE_SHARES) * echoes[:, None] + NOISE_SHARES * white
        return float(self.weights @ (self.variances * mixed.ravel()))


def fit(series: Series) -> Posterior:
    """The posterior of the design's coefficients.

    Degrees of freedom are the days less the effective number of coefficients, tr(A⁻¹X'V⁻¹X): one
    that its prior barely holds counts nearly whole. Needs more days than coefficients with flat
    priors; raises `ValueError` otherwise.
    """
    flat = int(np.sum(series.precisions == 0))
    if len(series.y) <= flat:
        raise ValueError(f"{len(series.y)} days for {flat} free coefficients: too few")
    grams, log_determinants = _whitened_grams(series)
    moments, projections, squares = grams[:, :-1, :-1], grams[:, :-1, -1], grams[:, -1, -1]
    least = _least_variances(series.floor)
    variances = np.maximum(np.var(series.y), least)
    for _ in range(4):  # the prior is in the unit of y, so it needs σ², which needs the prior
        systems = moments + variances[:, None, None] * np.diag(series.precisions)
        inverses = np.linalg.inv(systems)
        coefficients = (inverses @ projections[..., None])[..., 0]
        fitted = np.sum(projections * coefficients, axis=1)
        shrinkage = variances * (coefficients**2 @ series.precisions)
        freedoms = np.maximum(len(series.y) - np.sum(inverses * moments, axis=(1, 2)), 1.0)
        variances = np.maximum((squares - fitted - shrinkage) / freedoms, least)
    log_weights = np.repeat(np.log(PRIORS), len(NOISE_SHARES)) - 0.5 * (
        log_determinants
        + np.linalg.slogdet(systems)[1]
        + (len(series.y) - len(series.precisions)) * np.log(variances)
        + (squares - fitted) / variances
    )
    weights = np.exp(log_weights - np.max(log_weights))
    return Posterior(weights / np.sum(weights), coefficients, inverses, variances, freedoms)


def _least_variances(floor: float) -> Array:
    """The least σ² at each grid point (grid).

    Counting noise is white, so the white part wσ² must hold it; a grid point stands for the noise
    shares half way to its neighbours. Without correlation all of σ² is white.
    """
    shares = np.minimum(NOISE_SHARES + _HALF_STEP, 1.0)
    least = np.where(CORRELATIONS[:, None] == 0, floor, floor / shares)
    return np.maximum(least.ravel(), 1e-12)


def _whitened_grams(series: Series) -> tuple[Array, Array]:
    """Z'V⁻¹Z (grid × (p+1) × (p+1)) for Z = [design, y], and log|V| (grid)."""
    correlations = np.repeat(CORRELATIONS, len(NOISE_SHARES))[:, None]
    shares = np.tile(NOISE_SHARES, len(CORRELATIONS))[:, None]
    main, side, log_determinants = _ar_precision(correlations, series)
    columns = np.column_stack([series.design, series.y]) / np.sqrt(series.noise)[:, None]
    grid, n, k = len(shares), len(series.y), columns.shape[1]
    diagonal = (1 - shares) + shares * main
    links = np.zeros((grid, n))  # the last link of a block stays 0: blocks do not touch
    links[:, :-1] = shares * side
    pivots, factors, _ = dpttrf(diagonal.ravel(), links.ravel()[:-1])
    stacked = np.broadcast_to(columns, (grid, n, k)).reshape(grid * n, k)
    solved = dpttrs(pivots, factors, stacked)[0].reshape(grid, n, k)
    weighted = main[..., None] * solved
    weighted[:, :-1] += side[..., None] * solved[:, 1:]
    weighted[:, 1:] += side[..., None] * solved[:, :-1]
    grams = columns.T @ weighted
    log_determinants = log_determinants + np.sum(np.log(pivots.reshape(grid, n)), axis=1)
    return grams, log_determinants


def _ar_precision(correlations: Array, series: Series) -> tuple[Array, Array, Array]:
    """Diagonal and off-diagonal of D^½R⁻¹D^½ (grid × n, grid × n−1), and log|R| (grid)."""
    steps = correlations ** np.diff(series.days)
    rest = 1 - steps**2
    main = np.ones((len(correlations), len(series.days)))
    main[:, :-1] += steps**2 / rest
    main[:, 1:] += steps**2 / rest
    side = -steps / rest * np.sqrt(series.noise[:-1] * series.noise[1:])
    return main * series.noise, side, np.sum(np.log(rest), axis=1)
