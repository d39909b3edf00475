"""Writes Darija in its other script: known counterparts of words, else letter by letter.

So that a post means the same in either script, the model reads it in both. What the counterparts
are is learnt by `nlp.training.respell`.
"""

import gzip
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

_SPELT: Final = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "7", "خ": "kh", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "ch", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "3",
    "غ": "gh", "ف": "f", "ق": "9", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "ou",
    "ي": "i", "ڭ": "g",
}  # fmt: skip
_GROUPS: Final = (("ch", "ش"), ("sh", "ش"), ("kh", "خ"), ("gh", "غ"), ("ou", "و"), ("dj", "ج"))
_LETTERS: Final = str.maketrans(
    {
        "a": "ا", "b": "ب", "t": "ت", "j": "ج", "7": "ح", "5": "خ", "d": "د", "r": "ر", "z": "ز",
        "s": "س", "3": "ع", "f": "ف", "v": "ف", "9": "ق", "q": "ق", "k": "ك", "c": "ك", "l": "ل",
        "m": "م", "n": "ن", "h": "ه", "8": "ه", "w": "و", "o": "و", "u": "و", "y": "ي", "i": "ي",
        "g": "ڭ", "p": "ب", "x": "كس", "e": "", "é": "ي", "è": "ي", "2": "ا", "6": "ط", "'": "",
    }
)  # fmt: skip
_VOICED: Final = frozenset({"a", "ou", "i"})
_ARTICLE: Final = re.compile(r"^([وبفك]?)ال(?=\w{3})")


class Respeller:
    """`respeller.other("zwina")` is `زوينه`."""

    def __init__(self, counterparts: Mapping[str, str]) -> None:
        self._known = counterparts

    def other(self, normalized: str) -> str:
        """The text with every word of letters in the script that it was not in; emoji, numbers
        and signs stay."""
        return " ".join(map(self.word, normalized.split()))

    def word(self, word: str) -> str:
        """One word in the other script."""
        return self._known.get(word) or spelt(word)


def load_respeller(path: Path) -> Respeller:
    """Read what `save_counterparts` wrote. Raises `OSError` or `ValueError` for a broken file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return Respeller(dict(line.split() for line in file))


def save_counterparts(path: Path, counterparts: Mapping[str, str]) -> None:
    """Write words and counterparts, a pair a line, the same bytes for the same pairs."""
    lines = "".join(f"{word} {other}\n" for word, other in sorted(counterparts.items()))
    path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))


def is_arab(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u077f"


def is_latin(word: str) -> bool:
    return word[0].isascii() and any(char.isalpha() for char in word)


@lru_cache(maxsize=1 << 15)
def spelt(word: str) -> str:
    """One word letter by letter in the other script; what is no word stays as it is."""
    if is_arab(word):
        return _latin(word) or word
    return (_arab(word) or word) if is_latin(word) else word


def _latin(word: str) -> str:
    """Three consonants in a row are not spoken: the first gets an `e`."""
    sounds = [_SPELT[char] for char in _ARTICLE.sub(r"\1ل", word) if char in _SPELT]
    spelling = ""
    for place, sound in enumerate(sounds):
        rest = sounds[place : place + 3]
        heard = len(rest) == 3 and not any(one in _VOICED for one in rest)
        spelling += f"{sound}e" if heard else sound
    return spelling


def _arab(word: str) -> str:
    for letters, sign in _GROUPS:
        word = word.replace(letters, sign)
    return word.translate(_LETTERS)
