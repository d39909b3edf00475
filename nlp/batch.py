"""A batch of normalised texts as numbers of words: posts repeat few words often, so that what a
word is made of is looked at once, and only numpy walks over the texts.

A hash is the same in every version: the shipped weights belong to it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from nlp.bridge import bones_of

UInt = NDArray[np.uint64]
Ints = NDArray[np.int64]

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xFF51AFD7ED558CCD)
_MIX_2: Final = np.uint64(0xC4CEB9FE1A85EC53)
_SHIFT: Final = np.uint64(33)


class Vocabulary:
    """Words, and what is the same wherever they stand. None is empty or holds a space."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._ngrams: dict[tuple[int, ...], tuple[Ints, UInt]] = {}

    @cached_property
    def hashes(self) -> UInt:
        """One hash a word, not yet mixed."""
        if not self.words:
            return np.zeros(0, np.uint64)
        codes, sizes = _codes(self.words)
        starts = np.cumsum(sizes) - sizes
        powers = np.full(int(sizes.max()), _BASE, dtype=np.uint64)
        powers[:2] = 0, 1  # the space before the word counts nothing
        powers[1:] = np.cumprod(powers[1:])
        terms = codes * powers[np.arange(len(codes)) - np.repeat(starts, sizes)]
        terms[starts + sizes - 1] = 0  # nor does the one after it
        return np.add.reduceat(terms, starts)

    def ngrams(self, sizes: tuple[int, ...]) -> tuple[Ints, UInt]:
        """How many n-grams of these sizes lie inside each word with a space on both sides; and
        their hashes, not yet mixed, word after word."""
        if sizes not in self._ngrams:
            self._ngrams[sizes] = _ngrams(self.words, sizes)
        return self._ngrams[sizes]

    @cached_property
    def bones(self) -> tuple["Vocabulary", Ints]:
        """The words' skeletons, and the place of each word's own; -1 for words of vowels."""
        return _changed(self.words, bones_of)

    def which(self, condition: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Of which words a condition holds."""
        return np.fromiter(map(condition, self.words), np.bool_, len(self.words))


@dataclass(frozen=True, slots=True)
class TextBatch:
    """`count` texts: for each of their words in turn its place in the vocabulary (`numbers`) and
    its text (`rows`, ascending)."""

    count: int
    vocabulary: Vocabulary
    numbers: Ints
    rows: Ints

    @classmethod
    def split(cls, normalized: Sequence[str]) -> Self:
        """Texts as `nlp.text.normalize` writes them."""
        return cls.of([text.split() for text in normalized])

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> Self:
        """Texts as their words."""
        words, numbers = _numbered(list(chain.from_iterable(texts)))
        rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        return cls(len(texts), Vocabulary(words), numbers, rows)

    @property
    def lengths(self) -> Ints:
        """Words of each text."""
        return np.bincount(self.rows, minlength=self.count)

    def bones(self) -> "TextBatch":
        """The texts' skeletons."""
        return self._renumbered(*self.vocabulary.bones)

    def through(self, function: Callable[[str], str]) -> "TextBatch":
        """The same texts with each word changed; words that become empty are gone."""
        return self._renumbered(*_changed(self.vocabulary.words, function))

    def only(self, rows: Collection[int]) -> "TextBatch":
        """Some of the texts, in ascending order."""
        place = np.full(self.count, -1)
        place[list(rows)] = np.arange(len(rows))
        kept = place[self.rows] >= 0
        used, numbers = np.unique(self.numbers[kept], return_inverse=True)
        words = [self.vocabulary.words[number] for number in used.tolist()]
        return TextBatch(len(rows), Vocabulary(words), numbers, place[self.rows[kept]])

    def first(self, most: int) -> "TextBatch":
        """The texts, cut after so many words."""
        lengths = self.lengths
        kept = np.arange(len(self.rows)) - (np.cumsum(lengths) - lengths)[self.rows] < most
        return TextBatch(self.count, self.vocabulary, self.numbers[kept], self.rows[kept])

    def followed_by(self, other: "TextBatch") -> "TextBatch":
        """These texts and then the other's."""
        own = self.vocabulary.words
        return TextBatch(
            self.count + other.count,
            Vocabulary([*own, *other.vocabulary.words]),
            np.concatenate([self.numbers, other.numbers + len(own)]),
            np.concatenate([self.rows, other.rows + self.count]),
        )

    def char_ngrams(self, sizes: tuple[int, ...], salt: int) -> tuple[Ints, UInt]:
        """Row and hash of each n-gram that lies inside one space-padded word."""
        each, ngrams = self.vocabulary.ngrams(sizes)
        hashes = mixed(ngrams + np.uint64(salt))
        wanted = each[self.numbers]
        shifts = (np.cumsum(each) - each)[self.numbers] - np.cumsum(wanted) + wanted
        places = np.arange(wanted.sum()) + np.repeat(shifts, wanted)
        return np.repeat(self.rows, wanted), hashes[places]

    def words_and_pairs(self, salt: int) -> tuple[Ints, UInt]:
        """Row and hash of each word and of each two words that follow each other."""
        words = self.vocabulary.hashes
        first = mixed(words)[self.numbers[:-1]]
        same = self.rows[:-1] == self.rows[1:]
        pairs = (first * _BASE + words[self.numbers[1:]])[same]
        hashes = np.concatenate([words[self.numbers], pairs])
        return np.concatenate([self.rows, self.rows[:-1][same]]), mixed(hashes + np.uint64(salt))

    def _renumbered(self, vocabulary: Vocabulary, places: Ints) -> "TextBatch":
        numbers = places[self.numbers]
        kept = numbers >= 0
        return TextBatch(self.count, vocabulary, numbers[kept], self.rows[kept])


def mixed(values: UInt) -> UInt:
    """Finaliser of MurmurHash3: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> _SHIFT)) * _MIX_1
    values = (values ^ (values >> _SHIFT)) * _MIX_2
    return values ^ (values >> _SHIFT)


def _numbered(words: Sequence[str]) -> tuple[list[str], Ints]:
    """The distinct words, and the place of each word among them."""
    number = {word: i for i, word in enumerate(dict.fromkeys(words))}
    return list(number), np.fromiter(map(number.__getitem__, words), np.int64, len(words))


def _changed(words: Sequence[str], function: Callable[[str], str]) -> tuple[Vocabulary, Ints]:
    """The words that others become, and the place of each one's own; -1 for what is empty."""
    changed = list(map(function, words))
    number = {word: i for i, word in enumerate(filter(None, dict.fromkeys(changed)))}
    number |= {"": -1}
    places = np.fromiter(map(number.__getitem__, changed), np.int64, len(changed))
    return Vocabulary(list(number)[:-1]), places


def _codes(words: Sequence[str]) -> tuple[UInt, Ints]:
    """Code points of the words, each with a space on both sides; and how many each has."""
    joined = " " + "  ".join(words) + " " if words else ""
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    return codes, np.fromiter(map(len, words), np.int64, len(words)) + 2


def _ngrams(words: Sequence[str], sizes: tuple[int, ...]) -> tuple[Ints, UInt]:
    rolling, lengths = _codes(words)
    codes = rolling
    places = np.repeat(np.arange(len(words)), lengths)
    owners, hashes = [], []
    for size in range(2, max(sizes) + 1):
        rolling = rolling[:-1] * _BASE + codes[size - 1 :]
        if size in sizes:
            inside = places[: len(rolling)] == places[size - 1 :]
            owners.append(places[: len(rolling)][inside])
            hashes.append(rolling[inside] + np.uint64(size))
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return np.bincount(owner, minlength=len(words)), np.concatenate(hashes)[order]
