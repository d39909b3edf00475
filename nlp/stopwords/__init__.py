"""Words that say nothing about a topic, in every language and spelling of the discussion.

One text file a language: words by spaces, `#` starts a comment. Files are named as languages of
annotations are (`ary-Latn.txt` is Arabizi).
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "arb", "ary-Arab", "ary-Latn", "en", "es")


@cache
def load(language: str) -> frozenset[str]:
    """The words of one list as they are written there. Raises `FileNotFoundError`."""
    text = (files("nlp.stopwords") / f"{language}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.split())


class StopWords:
    """Tells stop words, forgiving what spellings differ in.

    `fold` is the form in which words are compared; Arabizi is compared by sound besides.
    """

    def __init__(self, fold: Callable[[str], str]) -> None:
        self._words = {fold(word) for language in LANGUAGES for word in load(language)}
        self._sounds = {by_sound(fold(word)) for word in load("ary-Latn")}

    def __contains__(self, folded: str) -> bool:
        return folded in self._words or by_sound(folded) in self._sounds


_SOUNDS = (
    (re.compile(r"tch|ch|sh|x"), "š"),
    (re.compile(r"kh|5"), "ḫ"),
    (re.compile(r"gh|4"), "ġ"),
    (re.compile(r"[9qk]"), "q"),
    (re.compile(r"[7h]"), "h"),
    (re.compile(r"ou|[uow]"), "w"),
    (re.compile(r"[iy]"), "y"),
    (re.compile(r"e(?!$)"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def by_sound(word: str) -> str:
    """An Arabizi word by what its spellings share: `kayen`, `kayn` and `kain` are one.

    Unlike the consonant skeleton it keeps full vowels, so that `bnat` (girls) is not `bant`
    (appeared).
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
