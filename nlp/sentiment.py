"""Sentiment: four linear heads, blended by the language that each text seems to be in, and the
shares of the networks beside them.

Foreign corpora hurt French, and Gulf tweets are no Darija, so each family of languages has its
own head; a text between two families gets the mean of their answers, weighted by the language
model's doubt.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.language import ARABIC
from nlp.numbers import softmax

Floats = NDArray[np.float32]

SENTIMENT_HEADS: Final = (
    "sentiment_french",
    "sentiment_en_es",
    "sentiment_darija",
    "sentiment_arabic",
)
EUROPEAN: Final = frozenset({"fr", "en", "es"})
DARIJA_SHARE: Final = 0.75
"""Least share of the Darija head for Arabic script: two heads err less than one, and news in
standard Arabic that Moroccans post is what it has learnt too."""
NOTHING_READ: Final = (0.1, 0.8, 0.1)
"""neg, neu, pos of a text that holds no feature at all."""


FRENCH_NETS_SHARE: Final = 0.65
"""Of the nets over word vectors in a French text; the linear head keeps the rest."""
NETWORK_SHARE: Final = 0.4
"""Of the network in a text of Darija or Arabic."""
OTHER_SCRIPT_SHARE: Final = 0.25
"""Of what the network says of the same text in its other script. More would make both scripts
agree more often and read both a little worse."""

SHARPNESS: Final = 1.15
"""Power of the mixed probabilities: a mean of opinions is less sure than it is right. Found on
the dev files of afrisenti_ary and umsab_ar."""
ONE_OPINION: Final = frozenset({"en", "es"})
"""Languages that one head alone reads: as sure as it was made by its temperature."""


def linear_probabilities(scores: Mapping[str, Floats], shares: Floats) -> Floats:
    """Probabilities in the order of `annotation.LABELS`, shape (n, 3); `shares`: `head_shares`."""
    answers = np.stack([softmax(scores[head]) for head in SENTIMENT_HEADS], axis=1)
    blended: Floats = np.einsum("nh,nhl->nl", shares, answers)
    return blended


def head_shares(arabic: Floats, languages: Sequence[str]) -> Floats:
    """How much each sentiment head says about each text, shape (n, 4), rows sum to 1."""
    darija = softmax(arabic)[:, ARABIC.index("ary-Arab")]
    shares = np.zeros((len(languages), len(SENTIMENT_HEADS)), np.float32)
    for row, language in enumerate(languages):
        if language == "fr":
            shares[row, 0] = 1
        elif language in EUROPEAN:
            shares[row, 1] = 1
        elif language in ("ary-Arab", "arb", "other"):
            own = DARIJA_SHARE + (1 - DARIJA_SHARE) * darija[row]
            shares[row, 2:] = own, 1 - own
        elif language == "mixed":
            shares[row, 0] = shares[row, 2] = 0.5
        else:
            shares[row, 2] = 1
    return shares
