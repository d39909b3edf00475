"""Small numerical pieces that heads and training share."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis; never overflows."""
    raised: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True, initial=-np.inf))
    raised /= raised.sum(axis=-1, keepdims=True)
    return raised
