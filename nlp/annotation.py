"""What every text model answers: one annotation a text, through one protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

LANGUAGES: Final = (
    "fr",
    "ary-Arab",
    "ary-Latn",
    "arb",
    "en",
    "es",
    "ber-Tfng",
    "ber-Latn",
    "mixed",
    "other",
)
"""Languages an annotation can name: French, Darija in Arabic and in Latin script (Arabizi),
standard Arabic, English, Spanish, Amazigh in Tifinagh and in Latin script. `mixed`: two of
them share the text. `other`: none of them, or nothing to read (only emoji, only links)."""

LABELS: Final = ("neg", "neu", "pos")
"""Sentiment labels, in the order of every probability array of this room."""

OFFENSIVE_THRESHOLD: Final = 0.5
"""A text counts as offensive from this probability on. The probabilities of the shipped model
are calibrated so that one half is the decision boundary; other models are mapped onto it."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One text understood."""

    language: str
    """One of `LANGUAGES`."""
    neg: float
    neu: float
    pos: float
    """Sentiment probabilities; they sum to 1."""
    label: str
    """One of `LABELS`: the most probable one."""
    offensive: float
    """Probability that the text insults, threatens or demeans (0 to 1)."""

    @property
    def is_offensive(self) -> bool:
        return self.offensive >= OFFENSIVE_THRESHOLD


class TextModel(Protocol):
    """A model that understands texts. `name` and `version` are stored with every annotation."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text, in input order; any string gets an answer."""
        ...
