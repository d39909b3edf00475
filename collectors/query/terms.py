"""What each term of a family stands for, the same for every platform and for local matching.

- A **hashtag** stands for itself however cased, underscored or elongated (`#SafeOnlineMorocco`,
  `#safe_online_morocco`). Where its spelling in the campaign file shows three words or more
  (capitals or underscores), those words side by side, and written as one word without `#`, count
  too: fewer would match chance pairs such as "moi aussi".
- A **word** matches whole words (and so the hashtag made of it). With a hyphen inside, it may be
  written apart, hyphenated or joined.
- A **phrase** is its words side by side, or joined as one hashtag.
- **Exclusions** and **context** are words or phrases, or hashtags when they start with `#`.
- In a **query**, `#tag` is a hashtag, a bare word a word, what is quoted a phrase.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from collectors.query.normalise import words_of
from config.campaign import Family
from config.errors import ConfigurationError
from config.expression import Leaf

SPELLED_OUT = 3
"""From how many visible words on a hashtag is also looked for without its #."""


class TermKind(StrEnum):
    HASHTAG = "hashtag"
    WORD = "word"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a family. `text` has no `#`; `words` are its normalised words.

    `concept` names the family; it is no part of what the term means.
    """

    kind: TermKind
    text: str
    words: tuple[str, ...]
    concept: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        """How it is shown to people and remembered with a post."""
        return f"#{self.text}" if self.kind is TermKind.HASHTAG else self.text

    @property
    def joined(self) -> str:
        return "".join(self.words)

    @property
    def sequences(self) -> tuple[tuple[str, ...], ...]:
        """Sequences of whole words, any of which is this term."""
        if self.kind is TermKind.HASHTAG:
            return ((self.joined,), self.words) if self.is_spelled_out else ()
        if self.kind is TermKind.WORD and len(self.words) > 1:
            return (self.words, (self.joined,))
        return (self.words,)

    @property
    def tag(self) -> str | None:
        """The hashtag, joined and normalised, that is this term; `None` for a single word,
        which is found in a hashtag like anywhere else."""
        return self.joined if self.kind is TermKind.HASHTAG or len(self.words) > 1 else None

    @property
    def is_spelled_out(self) -> bool:
        """Whether a hashtag's spelling shows words enough to look for them apart."""
        return len(self.words) >= SPELLED_OUT


def listed_terms(family: Family) -> Iterator[Term]:
    """What matches by itself, in the order of the campaign file. Raises `ConfigurationError`."""
    for tag in family.hashtags:
        yield _term(TermKind.HASHTAG, tag, family)
    for word in family.words:
        yield _term(TermKind.WORD, word, family)
    for phrase in family.phrases:
        yield _term(TermKind.PHRASE, phrase, family)


def term_of(leaf: Leaf, family: Family) -> Term:
    """What a term of a family's `query` stands for. Raises `ConfigurationError`."""
    if leaf.text.startswith("#") and not leaf.quoted:
        return _term(TermKind.HASHTAG, leaf.text, family)
    return _term(TermKind.PHRASE if leaf.quoted else TermKind.WORD, leaf.text, family)


def exclusions_of(family: Family) -> Iterator[Term]:
    """What vetoes a match of `family`. Raises `ConfigurationError`."""
    return _plain_terms(family.exclusions, family)


def context_of(family: Family) -> Iterator[Term]:
    """What must stand beside a match of `family`, one of it; none where no context is asked.

    Raises `ConfigurationError`.
    """
    return _plain_terms(family.context, family)


def _plain_terms(texts: Iterable[str], family: Family) -> Iterator[Term]:
    for text in texts:
        kind = TermKind.HASHTAG if text.startswith("#") else TermKind.PHRASE
        yield _term(kind, text, family)


def _term(kind: TermKind, text: str, family: Family) -> Term:
    bare = text.removeprefix("#") if kind is TermKind.HASHTAG else text
    words = tag_words(bare) if kind is TermKind.HASHTAG else words_of(bare)
    if not words:
        raise ConfigurationError(
            f"family '{family.concept}': '{text}' has no letter or digit to look for."
            " Take it out or write it in letters."
        )
    if kind is TermKind.HASHTAG and not re.fullmatch(r"\w+", bare):
        raise ConfigurationError(
            f"family '{family.concept}': '{text}' is no hashtag."
            " Write letters, digits and _ only after its #."
        )
    if kind is TermKind.WORD and len(bare.split()) > 1:
        kind = TermKind.PHRASE
    return Term(kind, bare, words, family.concept)


def tag_words(tag: str) -> tuple[str, ...]:
    """The words that a hashtag's spelling shows, normalised.

    >>> tag_words("SafeOnlineMorocco")
    ('safe', 'online', 'morocco')
    >>> tag_words("16DaysOfActivism")
    ('16', 'days', 'of', 'activism')
    >>> tag_words("Ma3ndkch")
    ('ma3ndkch',)
    """
    found: list[str] = []
    for piece in tag.split("_"):
        found.extend(_humps(piece))
    return tuple(word for hump in found for word in words_of(hump))


def _humps(piece: str) -> Iterator[str]:
    start = 0
    for at in range(1, len(piece)):
        before, here, after = piece[at - 1], piece[at], piece[at + 1 : at + 2]
        word_ends = before.islower() or piece[start:at].isdigit()
        acronym_ends = before.isupper() and after.islower()
        if here.isupper() and (word_ends or acronym_ends):
            yield piece[start:at]
            start = at
    yield piece[start:]
