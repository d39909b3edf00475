"""Honest probabilities: temperatures and cuts, chosen on rows that the weights never saw."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from nlp.numbers import softmax
from nlp.training.learn import Head

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BINS: Final = 15


def temperature(scores: Floats, truth: Ints) -> float:
    """The T for which softmax(scores / T) gives the least cross-entropy (Guo et al. 2017)."""

    def loss(log_t: float) -> float:
        chances = softmax((scores / np.exp(log_t)).astype(np.float32))
        return -float(np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-9)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def cooled(head: Head, degrees: float) -> Head:
    """The head with scores divided by a temperature."""
    return Head(head.weights / np.float32(degrees), head.intercept / np.float32(degrees))


def as_logit(head: Head, shift: float = 0.0) -> Head:
    """Two columns (not, off) to the one column of their difference, plus a shift."""
    weights = head.weights[:, 1:] - head.weights[:, :1]
    intercept = head.intercept[1:] - head.intercept[:1] + np.float32(shift)
    return Head(weights, intercept)


def calibration_error(chances: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error of the chosen label's probability, `BINS` bins of equal width
    (Guo et al. 2017)."""
    edges = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        abs(chances[edges == edge].mean() - right[edges == edge].mean()) * (edges == edge).mean()
        for edge in np.unique(edges)
    ]
    return float(np.sum(gaps))
