"""A bridge between the two scripts of Darija: consonant skeletons.

Arabizi writes by ear and varies in its vowels; Arabic script mostly leaves them out. What both
share is the order of consonants, so `mezyan`, `mzyaan` and `مزيان` all become `mzn`. French and
Amazigh words get a skeleton too, which forgives missing accents.
"""

import re
from functools import lru_cache
from typing import Final

_ARABIC: Final = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "χ", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "ʃ", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "ʕ",
    "غ": "ɣ", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w",
    "ي": "y", "ڭ": "g",
}  # fmt: skip
_LATIN_GROUPS: Final = (
    ("tch", "tʃ"),
    ("dj", "j"),
    ("ch", "ʃ"),
    ("sh", "ʃ"),
    ("kh", "χ"),
    ("gh", "ɣ"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("3'", "ɣ"),
    ("qu", "k"),
    ("ou", "w"),
)
_LATIN: Final = {
    "2": "", "3": "ʕ", "5": "χ", "6": "t", "7": "h", "8": "h", "9": "q", "p": "b", "v": "f",
    "ç": "s", "c": "k", "x": "ks", "ḥ": "h", "ṛ": "r", "ḍ": "d", "ṭ": "t", "ṣ": "s", "ẓ": "z",
    "č": "ʃ", "ɛ": "ʕ", "o": "w", "u": "w", "i": "y", "e": "a", "é": "a", "è": "a", "ê": "a",
    "ë": "a", "à": "a", "â": "a", "î": "y", "ï": "y", "ô": "w", "û": "w", "ù": "w",
}  # fmt: skip
_TO_SOUNDS: Final = str.maketrans(_ARABIC | _LATIN)
_SOFT_C = re.compile(r"c(?=[eiyéèêî])")
_SOFT_G = re.compile(r"g(?=[eiéèêî])")
_INNER_VOWELS = re.compile(r"(?<=\S)[awy]+|(?<!\S)a(?=\S)")
_LAST_HA = re.compile(r"(?<=\S)ه(?!\S)")
_REPEATED = re.compile(r"(\S)\1+")
_DIGITS = re.compile(r"(?<!\S)\d+(?!\S)")


KNOWN_WORDS: Final = 1 << 15
"""Words whose skeleton is remembered: posts repeat few words often."""


def skeleton(normalized: str) -> str:
    """Consonant skeleton of each word of a normalised text, words kept apart by one space.

    Vowels, and w and y inside words, are dropped; a first w or y stays (`wlad` and `ولاد`); a
    last ه goes, since Arabic script ends feminine words with it and Arabizi does not.
    """
    return " ".join(map(bones_of, normalized.split(" ")))


@lru_cache(maxsize=KNOWN_WORDS)
def bones_of(word: str) -> str:
    """`skeleton` of one word; empty for a word of vowels."""
    text = _LAST_HA.sub("", _DIGITS.sub("0", word))
    text = _SOFT_G.sub("j", _SOFT_C.sub("s", text))
    for letters, sound in _LATIN_GROUPS:
        text = text.replace(letters, sound)
    return _REPEATED.sub(r"\1", _INNER_VOWELS.sub("", text.translate(_TO_SOUNDS)))
