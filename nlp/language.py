"""Which language a text is in: its script first, then a linear model among that script's own.

Tifinagh needs no model. Arabic script holds Darija, standard Arabic and the other Arabic
dialects; Latin script holds French, English, Spanish, Arabizi and Amazigh.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.numbers import softmax

Floats = NDArray[np.float32]

ARABIC: Final = ("ary-Arab", "arb", "other")
"""What the Arabic-script scores tell apart, in column order."""
LATIN: Final = ("fr", "en", "es", "ary-Latn", "ber-Latn")
"""What the Latin-script scores tell apart, in column order."""

FOREIGN_LETTERS: Final = frozenset("ٹڈڑںےۓټډړږښڼۇۈۆېەڵۋ")
"""Letters of Urdu, Pashto, Kurdish and Uyghur that no Arabic text uses."""

MIXED_SHARE: Final = 0.25
"""Two scripts share a text when each has at least this share of the letters, and two words."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """Letters of a text by script."""

    arab: int
    latn: int
    tfng: int
    other: int

    @property
    def letters(self) -> int:
        return self.arab + self.latn + self.tfng + self.other


@dataclass(frozen=True, slots=True)
class Cuts:
    """Decision boundaries, chosen on held-out rows by the training."""

    darija: float
    """Arabic script: least P(Darija) / (P(Darija) + P(standard Arabic)) to be called Darija."""
    latin: float
    """Latin script: least probability of the best language; below it the answer is `other`."""


def count_scripts(normalized: str) -> Scripts:
    """Count letters by script (digits, emoji and punctuation are none)."""
    if normalized.isascii():
        return Scripts(0, sum(map(str.isalpha, normalized)), 0, 0)
    arab = latn = tfng = other = 0
    for char in normalized:
        if not char.isalpha():
            continue
        if char in FOREIGN_LETTERS:
            other += 1
        elif "\u0600" <= char <= "\u077f" or "\u08a0" <= char <= "\u08ff":
            arab += 1
        elif char <= "\u02af" or "\u1e00" <= char <= "\u1eff":
            latn += 1
        elif "\u2d30" <= char <= "\u2d7f":
            tfng += 1
        elif char in "ɣɛƐƔ":
            latn += 1
        else:
            other += 1
    return Scripts(arab, latn, tfng, other)


def name_languages(
    normalized: Sequence[str], latin: Floats, arabic: Floats, cuts: Cuts
) -> list[str]:
    """Name each text's language.

    `latin` has shape (n, len(LATIN)), `arabic` (n, len(ARABIC)): scores before softmax.
    """
    return [
        _name(text, latin_row, arabic_row, cuts)
        for text, latin_row, arabic_row in zip(
            normalized, softmax(latin), softmax(arabic), strict=True
        )
    ]


def _name(text: str, latin: Floats, arabic: Floats, cuts: Cuts) -> str:
    scripts = count_scripts(text)
    if not scripts.letters:
        return "other"
    if _is_shared(text, scripts):
        return "mixed"
    most = max(scripts.arab, scripts.latn, scripts.tfng, scripts.other)
    if most == scripts.other or 10 * scripts.other > scripts.letters:
        return "other"
    if most == scripts.tfng:
        return "ber-Tfng"
    if most == scripts.arab:
        return _name_arabic(arabic, cuts)
    return LATIN[int(latin.argmax())] if latin.max() >= cuts.latin else "other"


def _name_arabic(arabic: Floats, cuts: Cuts) -> str:
    darija, standard, dialect = (float(value) for value in arabic)
    if darija >= cuts.darija * (darija + standard) and darija >= dialect:
        return "ary-Arab"
    return "arb" if standard >= dialect else "other"


def _is_shared(text: str, scripts: Scripts) -> bool:
    if min(scripts.arab, scripts.latn) < MIXED_SHARE * scripts.letters:
        return False
    arab_words = latin_words = 0
    for word in text.split():
        arab_words += "\u0600" <= word[0] <= "\u077f"
        latin_words += "a" <= word[0] <= "\u02af"
    return min(arab_words, latin_words) >= 2
