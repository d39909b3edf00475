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
LEANINGS: Final = {"fr": -0.2, "en": 0.5, "ary-Latn": 0.25}
"""Nats added by language. Half of what teaches abuse in French is abuse, so that plain posts are
suspected; abuse in English and Arabizi is hardly learnt from anything but the project's own posts,
so that half of it passes and next to nothing is suspected."""
NOTHING_READ: Final = 0.02
"""Probability for a text that holds no feature at all."""


def linear_probabilities(scores: Mapping[str, Floats], languages: Sequence[str]) -> Floats:
    """Probability that each text is offensive, shape (n,)."""
    european = np.array([language in EUROPEAN for language in languages], dtype=bool)
    logits = np.where(
        european, scores["offensive_european"][:, 0], scores["offensive_arabic"][:, 0]
    )
    return np.asarray(expit(logits), dtype=np.float32)


def levelled(chances: Floats, languages: Sequence[str]) -> Floats:
    """The probabilities with `LEANINGS` added to their odds, shape (n,)."""
    nats = np.array([LEANINGS.get(language, 0.0) for language in languages], np.float32)
    odds = chances * np.exp(nats)
    return np.asarray(odds / (odds + 1 - chances), dtype=np.float32)
