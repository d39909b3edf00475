"""One spelling for the many ways in which people write the same word.

What `normalise` folds: case, Latin accents, presentation forms and fancy alphabets; alef with
any hamza to bare alef, hamza on its seat to the seat, lone hamza dropped; taa marbuta to haa, alef
maqsura to yaa; Persian and Moroccan letters (گ ڭ ݣ to ك, ڤ to ف, پ to ب); diacritics, tatweel,
zero-width and direction marks dropped; Arabic-Indic digits to 0-9. Arabizi digits stay: they are
letters of their word, and `spelled_without_digits` tells which letters stand for them.
"""

import re
import unicodedata
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")
"""A word of a normalised text: letters and digits; everything else separates."""

_LETTERS: Final = {
    "ء": "", "ة": "ه", "ى": "ي", "ی": "ي", "ٱ": "ا", "ک": "ك", "گ": "ك", "ڭ": "ك", "ݣ": "ك",
    "ڤ": "ف", "پ": "ب", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l",
    "đ": "d", "ı": "i", "ʼ": "'", "’": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
    "−": "-", "ـ": "",
}  # fmt: skip
_DROPPED: Final = frozenset({"Mn", "Me", "Cf"})
_RUN: Final = re.compile(r"([^\W\d_])\1\1")
_ARABIZI: Final = {"5": "kh", "6": "t", "7": "h", "8": "h", "9": "q"}
_LONE_DIGIT: Final = re.compile(r"(?<![0-9])[56789](?![0-9])")
_FEWEST_LETTERS: Final = 3
_DOUBLE: Final = re.compile(r"([^\W\d_])\1+")


class _Folding(dict[int, str]):
    """A `str.translate` table that learns each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        return folded


def _fold(character: str) -> str:
    """The folded form, itself unchanged by folding."""
    text = character
    while True:
        folded = "".join(map(_fold_once, unicodedata.normalize("NFKD", text.casefold())))
        if folded == text:
            return text
        text = folded


def _fold_once(character: str) -> str:
    known = _LETTERS.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    if category == "Cs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character


_TABLE: Final = _Folding()


def normalise(text: str) -> str:
    """`text` folded as the module says; any string is accepted. Idempotent, linear."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


def is_elongated(word: str) -> bool:
    """Whether a letter stands three times or more in a row (`maaamhkoumch`, `لااااا`)."""
    return _RUN.search(word) is not None


def squeeze(word: str) -> str:
    """`word` with every run of one letter written once; digits are left alone."""
    return _DOUBLE.sub(r"\1", word)


def spelled_without_digits(word: str) -> str:
    """A normalised Arabizi word with letters for its digits (`m7koumch` is `mhkoumch`).

    5 is kh, 6 t, 7 and 8 h, 9 q; 2 and 3 have no letter that everybody writes and stay. Numbers
    (`2025`, `16jours`, `8350`), short words (`5g`, `7h30`) and other scripts come back as they are.
    """
    if word.isalpha() or not word.isascii():
        return word
    if sum(sign.isalpha() for sign in word) < _FEWEST_LETTERS:
        return word
    return _LONE_DIGIT.sub(lambda digit: _ARABIZI[digit[0]], word)


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, normalised."""
    return tuple(WORD.findall(normalise(text)))
