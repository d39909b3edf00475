"""Writes a Darija text in its other script, as people might have typed it.

Nobody publishes one text in both scripts under a licence that lets us learn from it. What can
be had are many texts in either: a word's counterpart is a word of the other script with the
same consonant skeleton whose vowels agree best, the more frequent the better; a word without
one is spelt letter by letter. The result is noisy, and teaches a model that both spellings mean
the same.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from nlp.bridge import skeleton
from nlp.respell import is_arab, is_latin, spelt

MOST: Final = 40
"""Candidates of one skeleton that are weighed."""
KEPT: Final = 3
MIN_SKELETON: Final = 2
MIN_COUNT: Final = 2

_LATIN_VOWELS: Final = re.compile(r"ou|w|[aeiouyéèêà]+")
_ARAB_VOWELS: Final = re.compile(r"[اوي]|ه(?!\w)")
_KIND: Final = {"a": "a", "e": "a", "à": "a", "i": "y", "y": "y", "é": "y", "è": "y", "o": "w",
                "u": "w", "w": "w", "ه": "a", "ا": "a", "و": "w", "ي": "y"}  # fmt: skip


@dataclass(frozen=True)
class Speller:
    """Counterparts of words, by skeleton: `speller.other(text, rng)`."""

    to_latin: Mapping[str, Sequence[tuple[str, float]]]
    to_arab: Mapping[str, Sequence[tuple[str, float]]]

    def other(self, normalized: str, rng: np.random.Generator) -> str:
        """The text with every word of letters in the script that it was not in."""
        return " ".join(self._word(word, rng) for word in normalized.split())

    def _word(self, word: str, rng: np.random.Generator) -> str:
        known = (self.to_latin if is_arab(word) else self.to_arab).get(word)
        if not known:
            return spelt(word)
        drawn = float(rng.random())
        for other, chance in known:
            drawn -= chance
            if drawn < 0:
                return other
        return known[0][0]

    def best(self) -> dict[str, str]:
        """The most likely counterpart of each word, both ways: what ships."""
        both = (*self.to_latin.items(), *self.to_arab.items())
        return {word: known[0][0] for word, known in both}


def make_speller(arab_texts: Iterable[str], latin_texts: Iterable[str]) -> Speller:
    """Learn counterparts from normalised texts of either script."""
    arab, latin = _counted(arab_texts, is_arab), _counted(latin_texts, is_latin)
    return Speller(_counterparts(arab, latin), _counterparts(latin, arab))


def _counted(texts: Iterable[str], keep: Callable[[str], bool]) -> Counter[str]:
    return Counter(word for text in texts for word in text.split() if keep(word))


def _counterparts(words: Counter[str], others: Counter[str]) -> dict[str, list[tuple[str, float]]]:
    shelves: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word, count in others.most_common():
        shelf = shelves[skeleton(word)]
        if len(shelf) < MOST:
            shelf.append((word, count))
    found = {}
    for word, count in words.items():
        if count < MIN_COUNT:
            continue  # a word seen once is spelt by rule
        bones = skeleton(word)
        if len(bones) >= MIN_SKELETON and bones in shelves:
            found[word] = _best(word, shelves[bones])
    return found


def _best(word: str, shelf: Sequence[tuple[str, int]]) -> list[tuple[str, float]]:
    own = vowels(word)
    scores = [np.log(count + 0.5) - 2.0 * _distance(own, vowels(other)) for other, count in shelf]
    order = np.argsort(scores)[::-1][:KEPT]
    raised = np.exp(np.array([scores[i] for i in order]) - scores[order[0]])
    return [(shelf[i][0], float(c)) for i, c in zip(order, raised / raised.sum(), strict=True)]


@cache
def vowels(word: str) -> str:
    """The vowels that a word writes, as `a`, `w`, `y`: short ones too in Latin script."""
    pattern = _ARAB_VOWELS if "\u0600" <= word[0] <= "\u077f" else _LATIN_VOWELS
    return "".join(_KIND.get(found.group()[0], "a") for found in pattern.finditer(word))


def _distance(left: str, right: str) -> float:
    """Edit distance of vowels; an `a` that one side leaves out costs little (it was short)."""
    row = [0.0]
    for char in right:
        row.append(row[-1] + _leaving_out(char))
    for a in left:
        last, row = row, [row[0] + _leaving_out(a)]
        for i, b in enumerate(right, 1):
            swap = last[i - 1] + (0.0 if a == b else 1.0)
            row.append(min(swap, last[i] + _leaving_out(a), row[-1] + _leaving_out(b)))
    return row[-1]


def _leaving_out(vowel: str) -> float:
    return 0.3 if vowel == "a" else 0.7
