"""What is known of a regression's coefficients when the errors' covariance is not: mixtures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measures.periods import Array

_STEPS = 60


@dataclass(frozen=True, slots=True)
class Mixture:
    """The posterior of one coefficient: Student-t's with their degrees of freedom, weighted."""

    weights: Array
    means: Array
    scales: Array
    freedoms: Array

    def below(self, value: float) -> float:
        """Probability that the coefficient is under `value`."""
        return float(self.below_each(np.array([value]))[0])

    def below_each(self, values: Array) -> Array:
        """The same of many `values`."""
        from scipy.special import stdtr

        z = (values[:, None] - self.means) / self.scales
        return np.asarray(stdtr(self.freedoms, z) @ self.weights)

    def quantiles(self, probabilities: Sequence[float]) -> list[float]:
        """By Newton's method within a shrinking bracket, to 1e-10 of the widest scale."""
        wanted = np.asarray(probabilities, dtype=float)
        widest = float(np.max(self.scales))
        low = np.full(wanted.shape, float(np.min(self.means - 60 * self.scales)))
        high = np.full(wanted.shape, float(np.max(self.means + 60 * self.scales)))
        here = np.full(wanted.shape, float(self.weights @ self.means))
        for _ in range(_STEPS):
            over = self.below_each(here) - wanted
            low, high = np.where(over < 0, here, low), np.where(over < 0, high, here)
            aimed = here - over / np.maximum(self._density(here), 1e-300)
            inside = (aimed > low) & (aimed < high)
            there = np.where(inside, aimed, (low + high) / 2)
            moved, here = float(np.max(np.abs(there - here))), there
            if moved < 1e-10 * widest:
                break
        return [float(value) for value in here]

    def _density(self, values: Array) -> Array:
        from scipy.special import gammaln

        z, free = (values[:, None] - self.means) / self.scales, self.freedoms
        logs = gammaln((free + 1) / 2) - gammaln(free / 2) - 0.5 * np.log(np.pi * free)
        return np.asarray(
            np.exp(logs - (free + 1) / 2 * np.log1p(z**2 / free)) / self.scales @ self.weights
        )


@dataclass(frozen=True, slots=True)
class Posterior:
    """All coefficients at every grid point: `log_weights` (grid), `coefficients` (grid × p),
    `inverses` (grid × p × p, in units of σ²), `variances` σ² and `freedoms` (grid)."""

    log_weights: Array
    coefficients: Array
    inverses: Array
    variances: Array
    freedoms: Array

    @property
    def weights(self) -> Array:
        """Of the grid points, adding up to 1."""
        return normalised(self.log_weights)

    @property
    def evidence(self) -> float:
        """The logarithm of the marginal likelihood, to compare fits of the same design."""
        return float(np.logaddexp.reduce(self.log_weights))

    def of(self, column: int) -> Mixture:
        """The posterior of one coefficient."""
        spreads = self.variances * self.inverses[:, column, column]
        return Mixture(
            weights=self.weights,
            means=self.coefficients[:, column],
            scales=np.sqrt(np.maximum(spreads, 1e-300)),
            freedoms=self.freedoms,
        )


def normalised(log_weights: Array) -> Array:
    """Weights that add up to 1."""
    weights = np.exp(log_weights - np.max(log_weights))
    return np.asarray(weights / np.sum(weights))
