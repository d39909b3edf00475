"""Offensive or not: one linear head for the European languages, one for Darija and Arabic."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from nlp.sentiment import EUROPEAN

Floats = NDArray[np.float32]

NETWORK_SHARE: Final = 0.35
"""Of the network in a text of Darija or Arabic."""
OTHER_SCRIPT_SHARE: Final = 0.15
"""Of what the network says of the same text in its other script."""
NOTHING_READ: Final = 0.02
"""Probability for a text that holds no feature at all."""


def linear_probabilities(scores: Mapping[str, Floats], languages: Sequence[str]) -> Floats:
    """Probability that each text is offensive, shape (n,)."""
    european = np.array([language in EUROPEAN for language in languages], dtype=bool)
    logits = np.where(
        european, scores["offensive_european"][:, 0], scores["offensive_arabic"][:, 0]
    )
    return np.asarray(expit(logits), dtype=np.float32)
