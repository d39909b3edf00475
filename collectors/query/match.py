"""Which campaign terms a text holds: the same meaning that is asked of the platforms.

A text is normalised once and cut into words once; words are looked up in one dictionary, so the
time grows with the text and hardly with the number of terms.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from collectors.query.normalise import WORD, is_elongated, normalise, squeeze
from collectors.query.terms import Term, context_of, exclusions_of, listed_terms
from config.campaign import Family

ARABIC_PREFIXES: Final = (
    "وبال", "وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ل", "ك",
)  # fmt: skip
"""Particles that Arabic script writes onto the next word. `لل` is ل + ال."""
SHORTEST_STEM: Final = 3
"""Letters that must remain after a prefix, lest every short word begin with one."""

_TAG: Final = re.compile(r"#[ _]{0,2}([^\W_]+(?:[_-]+[^\W_]+)*)")
_HYPHENATED: Final = re.compile(r"(?<![^\W_])[^\W_]++(?:-[^\W_]++)+")
_TAG_PIECES: Final = 8
_MEMORY: Final = 100_000
_LONGEST: Final = 60
_Hits = set[int]


@dataclass(frozen=True, slots=True)
class Match:
    """`terms`: labels of all terms found, in the order of the campaign file.

    `scope`: `campaign` when one of the campaign's families matched, else `topic`.
    """

    scope: Literal["campaign", "topic"]
    terms: tuple[str, ...]


class Matcher:
    """Matches texts against a campaign's families and its topic query.

    A family's exclusion vetoes that family only, and its context is asked of it only. Raises
    `ConfigurationError` for a term without letters. Safe to share between threads.
    """

    def __init__(self, families: Sequence[Family], topic_query: Sequence[Family] = ()) -> None:
        terms: list[Term] = []
        self._family_of: list[int] = []
        self._wanted: _Hits = set()
        self._vetoes: _Hits = set()
        self._context: _Hits = set()
        parts = (
            (self._wanted, listed_terms),
            (self._vetoes, exclusions_of),
            (self._context, context_of),
        )
        for number, family in enumerate((*families, *topic_query)):
            for numbers, listed in parts:
                found = list(listed(family))
                numbers.update(range(len(terms), len(terms) + len(found)))
                terms += found
                self._family_of += [number] * len(found)
        self._tied = {self._family_of[term] for term in self._context}
        self._labels = [term.label for term in terms]
        self._campaign_families = len(families)
        self._scan = Scanner(terms)

    def match(self, text: str, *, in_context: bool = False) -> Match | None:
        """What `text` is about, `None` when no term stands in it or none counts.

        A term does not count where its family is vetoed, or asks for a context of which nothing
        stands in `text`. `in_context`: where `text` comes from gives the context (a country's
        subreddit, a person's choice), so it is not looked for.
        """
        hits = self._scan.find(text)
        if not hits:
            return None
        silent = self._families_of(hits & self._vetoes)
        if not in_context:
            silent |= self._tied - self._families_of(hits & self._context)
        kept = [hit for hit in sorted(hits & self._wanted) if self._family_of[hit] not in silent]
        if not kept:
            return None
        campaign = self._family_of[kept[0]] < self._campaign_families
        labels = dict.fromkeys(self._labels[hit] for hit in kept)
        return Match("campaign" if campaign else "topic", tuple(labels))

    def is_vetoed(self, text: str) -> bool:
        """Whether an exclusion stands in `text` and no family matches in spite of it.

        For posts that a platform found by what Sada does not see (a linked page's title).
        """
        return bool(self._scan.find(text) & self._vetoes) and self.match(text) is None

    def _families_of(self, hits: _Hits) -> set[int]:
        return {self._family_of[hit] for hit in hits}


class Scanner:
    """Finds which of `terms` (by their number) occur in a text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._sequences: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        self._tags: dict[str, set[int]] = defaultdict(set)
        self._squeezed_tags: dict[str, set[int]] = defaultdict(set)
        vocabulary: set[str] = set()
        for number, term in enumerate(terms):
            for sequence in term.sequences:
                self._sequences[sequence[0]].append((sequence, number))
                vocabulary.update(sequence)
            if term.tag is not None:
                self._tags[term.tag].add(number)
                self._squeezed_tags[squeeze(term.tag)].add(number)
        self._forms = _Forms(vocabulary)

    def find(self, text: str) -> _Hits:
        """Numbers of the terms in `text`; any string is accepted."""
        folded = normalise(text)
        forms = self._forms
        words = [forms[word] for word in WORD.findall(folded)]
        hits: _Hits = set()
        if any(words):
            self._find_sequences(words, hits)
        if "#" in folded:
            for tag in _TAG.findall(folded):
                self._find_tag(tag, hits)
        if "-" in folded:
            joined = [forms[run.replace("-", "")] for run in _HYPHENATED.findall(folded)]
            self._find_single_words(joined, hits)
        return hits

    def _find_sequences(self, words: list[frozenset[str]], hits: _Hits) -> None:
        for at, forms in enumerate(words):
            for form in forms:
                for sequence, number in self._sequences.get(form, ()):
                    if _stands(sequence, words, at):
                        hits.add(number)

    def _find_single_words(self, words: list[frozenset[str]], hits: _Hits) -> None:
        for forms in words:
            for form in forms:
                hits.update(
                    number
                    for sequence, number in self._sequences.get(form, ())
                    if len(sequence) == 1
                )

    def _find_tag(self, written: str, hits: _Hits) -> None:
        """`written` may run on after a hyphen, where platforms end a hashtag."""
        joined = ""
        for piece in written.split("-", _TAG_PIECES)[:_TAG_PIECES]:
            joined += piece.replace("_", "")
            hits |= self._tags.get(joined, frozenset())
            if is_elongated(joined):
                hits |= self._squeezed_tags.get(squeeze(joined), frozenset())


def _stands(sequence: tuple[str, ...], words: list[frozenset[str]], at: int) -> bool:
    if at + len(sequence) > len(words):
        return False
    return all(word in words[at + step] for step, word in enumerate(sequence))


class _Forms(dict[str, frozenset[str]]):
    """From a word as written to the vocabulary words that it may be; learns as it goes.

    Cleared when it has grown to `_MEMORY` entries, so a stream of new words cannot fill memory.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        super().__init__()
        self._exact = frozenset(vocabulary)
        self._squeezed: dict[str, set[str]] = defaultdict(set)
        for word in self._exact:
            self._squeezed[squeeze(word)].add(word)

    def __missing__(self, word: str) -> frozenset[str]:
        found: set[str] = set()
        for candidate in (word, *_stems(word)):
            if candidate in self._exact:
                found.add(candidate)
            if is_elongated(candidate):
                found |= self._squeezed.get(squeeze(candidate), frozenset())
        forms = frozenset(found)
        if len(word) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[word] = forms
        return forms


def _stems(word: str) -> Iterable[str]:
    """What remains of an Arabic word without each prefix that it may have."""
    for prefix in ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_STEM:
            stem = word[len(prefix) :]
            yield stem
            if prefix.endswith("لل"):
                yield f"ال{stem}"
