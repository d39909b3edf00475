"""Multinomial logistic regression on sparse features, as the recipes need it.

Three things that scikit-learn's does not offer: labels that a corpus never uses are left out of
its own normalisation (a two-class corpus says nothing about neutral), every corpus has its own
intercept (so that its class shares do not leak into the weights), and the penalty can pull
towards weights that were trained before (adaptation) instead of towards zero.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from nlp.numbers import softmax

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

_INTERCEPT_PENALTY = 1e-4


@dataclass(frozen=True, slots=True)
class Problem:
    """What to learn from: n rows, k classes, c corpora."""

    features: sparse.csr_matrix
    labels: Ints
    """Class of each row, shape (n,)."""
    weights: Doubles
    """Positive weight of each row, shape (n,)."""
    corpora: Ints
    """Corpus of each row, shape (n,), 0 to c-1."""
    allowed: NDArray[np.bool_]
    """Which classes each corpus uses, shape (c, k)."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Weights (columns of features, k) and one intercept a corpus (c, k)."""

    weights: Floats
    intercepts: Floats


def solve(
    problem: Problem,
    penalty: float,
    steps: int,
    start: Floats | None = None,
    scale: Floats | None = None,
) -> Solution:
    """Minimise the weighted mean cross-entropy + penalty/2 · |(W - start) / scale|² by L-BFGS.

    `scale` (columns of features,) lets some columns move more than others at the same price; the
    weights that are returned are for unscaled features.
    """
    objective = _Objective(problem, penalty, start, scale)
    found = minimize(
        objective,
        np.zeros(objective.size),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": steps, "maxcor": 6, "ftol": 2e-7, "gtol": 1e-7},
    )
    moved, intercepts = objective.split(found.x)
    weights = np.zeros((problem.features.shape[1], moved.shape[1]), np.float32)
    if start is not None:
        weights += start
    weights[objective.used] += moved * objective.scale
    return Solution(weights, intercepts)


class _Objective:
    """Loss and gradient over the columns that are learnt: those of two and more rows, or, when
    adapting to a smaller corpus, all that occur."""

    def __init__(
        self, problem: Problem, penalty: float, start: Floats | None, scale: Floats | None
    ) -> None:
        counts = np.bincount(problem.features.indices, minlength=problem.features.shape[1])
        self.used = np.flatnonzero(counts >= (2 if start is None else 1))
        if scale is not None:
            self.used = self.used[scale[self.used] > 0]
        self.scale = np.ones((len(self.used), 1), np.float32)
        if scale is not None:
            self.scale = scale[self.used][:, None]
        self._features = problem.features[:, self.used] @ sparse.diags_array(self.scale[:, 0])
        self._features = sparse.csr_matrix(self._features)
        self._transposed = self._features.T.tocsr()
        self._penalty = penalty
        self._corpora = problem.corpora
        self._rows = np.arange(len(problem.labels))
        self._labels = problem.labels
        self._weights = (problem.weights / problem.weights.sum()).astype(np.float32)
        self._shape = (len(self.used), problem.allowed.shape[1])
        self._fixed = np.where(problem.allowed, 0, -1e9).astype(np.float32)[problem.corpora]
        if start is not None:
            self._fixed = self._fixed + problem.features @ start
        self._intercepts = problem.allowed.shape
        self.size = self._shape[0] * self._shape[1] + problem.allowed.size

    def split(self, vector: Doubles) -> tuple[Floats, Floats]:
        cut = self._shape[0] * self._shape[1]
        weights = vector[:cut].reshape(self._shape).astype(np.float32)
        return weights, vector[cut:].reshape(self._intercepts).astype(np.float32)

    def __call__(self, vector: Doubles) -> tuple[float, Doubles]:
        weights, intercepts = self.split(vector)
        scores = self._features @ weights + self._fixed + intercepts[self._corpora]
        wrong = softmax(scores)
        likely = np.maximum(wrong[self._rows, self._labels], 1e-12)
        loss = -float(np.dot(self._weights, np.log(likely)))
        loss += self._penalty / 2 * float(np.vdot(weights, weights))
        loss += _INTERCEPT_PENALTY / 2 * float(np.vdot(intercepts, intercepts))
        wrong[self._rows, self._labels] -= 1
        wrong *= self._weights[:, None]
        slope = self._transposed @ wrong + np.float32(self._penalty) * weights
        tilt = _INTERCEPT_PENALTY * intercepts.astype(np.float64)
        np.add.at(tilt, self._corpora, wrong)
        return loss, np.concatenate([slope.ravel().astype(np.float64), tilt.ravel()])
