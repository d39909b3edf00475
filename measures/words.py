"""Words that one period uses more than another: log-odds with an informative Dirichlet prior.

Monroe, Colaresi & Quinn 2008 ("Fightin' Words"), equations 15 to 22. Where they take every word as
drawn by itself, here the variance is by author: one who repeats a word fifty times is one voice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

PRIOR = 500.0
"""Words that the prior is worth: it holds rare words near their share of both periods."""
AUTHORS = 5
"""Authors that must have used a word, both periods together, for it to be named."""


@dataclass(frozen=True, slots=True)
class Word:
    """`log_odds` of the word in the period against the baseline (above 0: used more), its standard
    error, and how many authors used it. `voices`: effective authors, (Σn)²/Σn², of its uses in the
    baseline and in the period."""

    word: str
    log_odds: float
    error: float
    authors: int
    voices: tuple[float, float] = (0.0, 0.0)

    @property
    def z(self) -> float:
        """How many standard errors from no change; words are ranked by it, not tested by it."""
        return self.log_odds / self.error


Voices = Iterable[Mapping[str, int]]
"""The words of one period's originals with their counts, a mapping an author."""


def changed_words(before: Voices, period: Voices, *, least: int = AUTHORS) -> list[Word]:
    """Words by how surely they are used more (first) or less (last) in `period`.

    The prior is the words' share of both periods together. Words of fewer than `least` authors are
    left out, so that no word leads to a person.
    """
    sides = (_Side.of(before), _Side.of(period))
    authors = sides[0].authors + sides[1].authors
    total = sides[0].total + sides[1].total
    found = []
    for word, voices in authors.items():
        if voices < least or not all(side.total for side in sides):
            continue
        prior = PRIOR * (sides[0].counts[word] + sides[1].counts[word]) / total
        (odds0, spread0), (odds1, spread1) = (side.log_odds(word, prior) for side in sides)
        heard = (sides[0].voices(word), sides[1].voices(word))
        found.append(Word(word, odds1 - odds0, (spread0 + spread1) ** 0.5, voices, heard))
    return sorted(found, key=lambda one: (-one.z, one.word))


@dataclass(frozen=True, slots=True)
class _Side:
    """One period: words, authors and Σ over authors of count² and count · size by word; Σ size²."""

    counts: Counter[str]
    authors: Counter[str]
    squares: Counter[str]
    products: Counter[str]
    total: int
    sizes: int

    @classmethod
    def of(cls, voices: Voices) -> "_Side":
        counts: Counter[str] = Counter()
        authors: Counter[str] = Counter()
        squares: Counter[str] = Counter()
        products: Counter[str] = Counter()
        total = sizes = 0
        for voice in voices:
            size = sum(voice.values())
            total += size
            sizes += size * size
            for word, n in voice.items():
                counts[word] += n
                authors[word] += n > 0
                squares[word] += n * n
                products[word] += n * size
        return cls(counts, authors, squares, products, total, sizes)

    def voices(self, word: str) -> float:
        squares = self.squares[word]
        return self.counts[word] ** 2 / squares if squares else 0.0

    def log_odds(self, word: str, prior: float) -> tuple[float, float]:
        """Of the word with its prior, and its variance: authors' counts around what the word's
        share lets expect, squared and added up; at least as if each use was by itself."""
        uses = self.counts[word] + prior
        rest = self.total + PRIOR - uses
        share = uses / (self.total + PRIOR)
        clustered = (
            self.squares[word] - 2 * share * self.products[word] + share * share * self.sizes
        )
        return log(uses / rest), max(clustered / uses**2, 1 / uses) + 1 / rest
