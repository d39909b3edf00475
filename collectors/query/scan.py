"""Which terms stand in a text, and where.

A text is normalised once and cut into words once; words are looked up in one dictionary, so the
time grows with the text and hardly with the number of terms.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from typing import Final

from collectors.query.normalise import (
    WORD,
    is_elongated,
    normalise,
    spelled_without_digits,
    squeeze,
)
from collectors.query.terms import Term

ARABIC_PREFIXES: Final = (
    "وبال", "وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ل", "ك",
)  # fmt: skip
"""Particles that Arabic script writes onto the next word. `لل` is ل + ال."""
_PREFIX_STARTS: Final = frozenset(prefix[0] for prefix in ARABIC_PREFIXES)
SHORTEST_STEM: Final = 3
"""Letters that must remain after a prefix, lest every short word begin with one."""

_TAG: Final = re.compile(r"#[ _]{0,2}([^\W_]+(?:[_-]+[^\W_]+)*)")
_HYPHENATED: Final = re.compile(r"(?<![^\W_])[^\W_]++(?:-[^\W_]++)+")
_TAG_PIECES: Final = 8
_MEMORY: Final = 100_000
_LONGEST: Final = 60
_NOTHING: Final[frozenset[int]] = frozenset()

Hits = set[int]
Span = tuple[int, int]
"""The first word and the one after the last, counted from the beginning of the text."""


class Scanner:
    """Finds which of `terms` (by their number) occur in a text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._sequences: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        self._tags = _Tags()
        vocabulary: set[str] = set()
        for number, term in enumerate(terms):
            for sequence in term.sequences:
                self._sequences[sequence[0]].append((sequence, number))
                vocabulary.update(sequence)
            if term.tag is not None:
                self._tags.add(term.tag, number)
        self._forms = _Forms(vocabulary)

    def find(self, text: str) -> Hits:
        """Numbers of the terms in `text`; any string is accepted."""
        folded = normalise(text)
        forms = self._forms
        words = [forms[word] for word in WORD.findall(folded)]
        hits: Hits = set()
        if any(words):
            hits.update(number for number, _ in self._in_words(words))
        if "#" in folded:
            for tag in _TAG.findall(folded):
                for joined in _pieces(tag):
                    hits |= self._tags.find(joined)
        if "-" in folded:
            for run in _HYPHENATED.findall(folded):
                hits.update(self._as_one_word(run))
        return hits

    def places(self, text: str) -> dict[int, list[Span]]:
        """Where each term of `find` stands. Slower than `find`."""
        folded = normalise(text)
        found = list(WORD.finditer(folded))
        starts = [word.start() for word in found]
        places: dict[int, list[Span]] = defaultdict(list)
        for number, span in self._in_words([self._forms[word.group()] for word in found]):
            places[number].append(span)
        for tag in _TAG.finditer(folded):
            first, length = bisect_left(starts, tag.start(1)), 0
            for joined in _pieces(tag[1]):
                length = max(length, _words_of(joined, found, first))
                for number in self._tags.find(joined):
                    places[number].append((first, first + length))
        for run in _HYPHENATED.finditer(folded):
            span = bisect_left(starts, run.start()), bisect_left(starts, run.end())
            for number in self._as_one_word(run.group()):
                places[number].append(span)
        return places

    def _in_words(self, words: list[frozenset[str]]) -> Iterator[tuple[int, Span]]:
        for at, forms in enumerate(words):
            for form in forms:
                for sequence, number in self._sequences.get(form, ()):
                    if _stands(sequence, words, at):
                        yield number, (at, at + len(sequence))

    def _as_one_word(self, run: str) -> Iterator[int]:
        """Single words that a hyphenated run is when its hyphens are taken out."""
        for form in self._forms[run.replace("-", "")]:
            for sequence, number in self._sequences.get(form, ()):
                if len(sequence) == 1:
                    yield number


def _pieces(written: str) -> Iterator[str]:
    """The hashtags that `written` may be: it may run on after a hyphen, where platforms end it."""
    joined = ""
    for piece in written.split("-", _TAG_PIECES)[:_TAG_PIECES]:
        joined += piece.replace("_", "")
        yield joined


def _words_of(joined: str, found: list[re.Match[str]], first: int) -> int:
    """How many of the words from `first` on make up `joined`."""
    length = letters = 0
    while letters < len(joined) and first + length < len(found):
        letters += len(found[first + length].group())
        length += 1
    return length


def _stands(sequence: tuple[str, ...], words: list[frozenset[str]], at: int) -> bool:
    if at + len(sequence) > len(words):
        return False
    return all(word in words[at + step] for step, word in enumerate(sequence))


class _Tags:
    """Numbers of terms by their joined hashtag, however elongated or spelled with digits."""

    def __init__(self) -> None:
        self._lettered: dict[str, Hits] = defaultdict(set)
        self._squeezed: dict[str, Hits] = defaultdict(set)

    def add(self, tag: str, number: int) -> None:
        lettered = spelled_without_digits(tag)
        self._lettered[lettered].add(number)
        self._squeezed[squeeze(lettered)].add(number)

    def find(self, tag: str) -> Set[int]:
        lettered = spelled_without_digits(tag)
        known = self._lettered.get(lettered, _NOTHING)
        if not is_elongated(tag):
            return known
        return known | self._squeezed.get(squeeze(lettered), _NOTHING)


class _Forms(dict[str, frozenset[str]]):
    """From a word as written to the vocabulary words that it may be; learns as it goes.

    Cleared when it has grown to `_MEMORY` entries, so a stream of new words cannot fill memory.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        super().__init__()
        self._lettered: dict[str, set[str]] = defaultdict(set)
        self._squeezed: dict[str, set[str]] = defaultdict(set)
        for word in vocabulary:
            lettered = spelled_without_digits(word)
            self._lettered[lettered].add(word)
            self._squeezed[squeeze(lettered)].add(word)

    def __missing__(self, word: str) -> frozenset[str]:
        stems = _stems(word) if word[:1] in _PREFIX_STARTS else ()
        forms = frozenset().union(*map(self._known, (word, *stems)))
        if len(word) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[word] = forms
        return forms

    def _known(self, word: str) -> Set[str]:
        lettered = spelled_without_digits(word)
        known: Set[str] = self._lettered.get(lettered, frozenset())
        return known | self._squeezed.get(squeeze(lettered), set()) if is_elongated(word) else known


def _stems(word: str) -> Iterator[str]:
    """What remains of an Arabic word without each prefix that it may have."""
    for prefix in ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_STEM:
            stem = word[len(prefix) :]
            yield stem
            if prefix.endswith("لل"):
                yield f"ال{stem}"
