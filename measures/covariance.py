"""Inverses of the covariances of daily errors: AR(1) moods plus white noise, at days with gaps.

At each point of a grid the covariance is echo · R(ρ) + white · D. R(ρ) has ρ^|days apart|, so days
that were not collected are simply not there; D is diagonal. R(ρ)⁻¹ = T is tridiagonal, also at
irregular days (Ornstein-Uhlenbeck), and with T' = D^½TD^½ the inverse is
D^−½ T' (echo · I + white · T')⁻¹ D^−½. So all grid points together are one tridiagonal system,
solved in time proportional to the number of days.
"""

from dataclasses import dataclass

import numpy as np

from measures.periods import Array


@dataclass(frozen=True, slots=True)
class Errors:
    """The grid: `correlations` ρ, `echo`, `white` and `log_prior` (grid); the diagonals D in
    `noise` (grid × n, or 1 × n where all are the same), greater than 0."""

    correlations: Array
    echo: Array
    white: Array
    noise: Array
    log_prior: Array

    def variance(self, days: Array, combination: Array) -> Array:
        """a'Va (grid) of the errors' linear `combination` a (n)."""
        apart = np.abs(days[:, None] - days)
        outer = np.outer(combination, combination)
        known, places = np.unique(self.correlations, return_inverse=True)
        echoes = np.array([np.sum(outer * np.where(apart == 0, 1, r**apart)) for r in known])
        return np.asarray(self.echo * echoes[places] + self.white * (self.noise @ combination**2))


def whitened_grams(columns: Array, days: Array, errors: Errors) -> tuple[Array, Array]:
    """Z'V⁻¹Z (grid × k × k) for `columns` Z (n × k) on `days` (n, increasing), and log|V| (grid).

    |V| = |R| |echo · I + white · T'|.
    """
    from scipy.linalg.lapack import dpttrf, dpttrs

    roots = np.sqrt(np.broadcast_to(errors.noise, (len(errors.echo), len(days))))
    main, side, log_determinants = _tridiagonal(errors.correlations[:, None], days, roots)
    grid, n, k = *roots.shape, columns.shape[1]
    diagonal = errors.echo[:, None] + errors.white[:, None] * main
    links = np.zeros((grid, n))  # the last link of a block stays 0: blocks do not touch
    links[:, :-1] = errors.white[:, None] * side
    pivots, factors, _ = dpttrf(diagonal.ravel(), links.ravel()[:-1])
    scaled = columns / roots[..., None]
    solved = dpttrs(pivots, factors, scaled.reshape(grid * n, k))[0].reshape(grid, n, k)
    weighted = main[..., None] * solved
    weighted[:, :-1] += side[..., None] * solved[:, 1:]
    weighted[:, 1:] += side[..., None] * solved[:, :-1]
    grams = scaled.transpose(0, 2, 1) @ weighted
    return grams, log_determinants + np.sum(np.log(pivots.reshape(grid, n)), axis=1)


def _tridiagonal(correlations: Array, days: Array, roots: Array) -> tuple[Array, Array, Array]:
    """Diagonal (grid × n) and off-diagonal (grid × n−1) of D^½R⁻¹D^½, and log|R| (grid)."""
    steps = correlations ** np.diff(days)
    rest = 1 - steps**2
    main = np.ones(roots.shape)
    main[:, :-1] += steps**2 / rest
    main[:, 1:] += steps**2 / rest
    side = -steps / rest * roots[:, :-1] * roots[:, 1:]
    return main * roots**2, side, np.sum(np.log(rest), axis=1)
