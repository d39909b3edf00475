"""The model that comes with Sada: no download, no torch, thousands of posts a second."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import offensive, sentiment
from nlp.annotation import LABELS, Annotation
from nlp.features import featurize
from nlp.heads import Heads, load_heads
from nlp.language import Cuts, name_languages, with_word_bonus
from nlp.text import normalize

WEIGHTS: Final = Path(__file__).parent / "weights"
BATCH: Final = 512
"""Texts computed at a time: bounds memory, whatever the length of the input."""


class EmbeddedModel:
    """Linear heads on hashed n-grams; implements `annotation.TextModel`."""

    def __init__(self, heads: Heads) -> None:
        self._heads = heads
        self._cuts = Cuts(**heads.facts["cuts"])

    @property
    def name(self) -> str:
        return str(self._heads.facts["name"])

    @property
    def version(self) -> str:
        return str(self._heads.facts["version"])

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text, in input order; each distinct text is computed once."""
        readings = [normalize(text) for text in texts]
        distinct = list(dict.fromkeys(readings))
        known: dict[str, Annotation] = {}
        for batch in _chunks(distinct):
            known.update(zip(batch, self._understand(batch), strict=True))
        return [known[reading] for reading in readings]

    def _understand(self, normalized: Sequence[str]) -> list[Annotation]:
        features = featurize(normalized)
        scores = self._heads.scores(features)
        scores["arabic"] = with_word_bonus(normalized, scores["arabic"])
        languages = name_languages(normalized, scores["latin"], scores["arabic"], self._cuts)
        feelings = sentiment.sentiment_probabilities(scores, languages)
        offences = offensive.offensive_probabilities(scores, languages)
        unread = np.diff(features.indptr) == 0
        feelings[unread] = sentiment.NOTHING_READ
        offences[unread] = offensive.NOTHING_READ
        return [
            _annotation(language, feeling, float(offence))
            for language, feeling, offence in zip(languages, feelings, offences, strict=True)
        ]


@lru_cache(maxsize=2)
def load_embedded(folder: Path = WEIGHTS) -> EmbeddedModel:
    """Load the shipped weights (or those of another training), once a process.

    Raises:
        nlp.heads.WeightsError: the weights are missing or of another format.
    """
    return EmbeddedModel(load_heads(folder))


def _annotation(language: str, feeling: NDArray[np.float32], offence: float) -> Annotation:
    exact = feeling.astype(np.float64)
    neg, neu, pos = (float(value) for value in exact / exact.sum())
    return Annotation(language, neg, neu, pos, LABELS[int(exact.argmax())], offence)


def _chunks(texts: list[str]) -> Iterator[list[str]]:
    """Batches of at most `BATCH` texts and a bounded number of characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == BATCH or size + len(text) > 1000 * BATCH):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch
