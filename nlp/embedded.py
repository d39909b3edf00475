"""The model that comes with Sada: no download, no torch, thousands of posts a second."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from nlp import offensive, sentiment
from nlp.annotation import LABELS, Annotation
from nlp.batch import TextBatch
from nlp.features import featurize
from nlp.language import (
    Cuts,
    hold_both,
    in_doubt,
    name_languages,
    stretches,
    with_word_bonus,
)
from nlp.numbers import softmax
from nlp.parts import Parts, load_parts
from nlp.sentiment import EUROPEAN
from nlp.text import normalize

Floats = NDArray[np.float32]

WEIGHTS: Final = Path(__file__).parent / "weights"
THREADS: Final = 2
"""Batches computed side by side; numpy lets go of the interpreter while it computes."""
BATCH: Final = 1024
BATCH_CHARACTERS: Final = 64_000
"""Texts, and their characters, computed at a time: bounds memory, whatever is to be read."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """Sentiment (n, 3) and offence (n,) probabilities of a batch, while they are made up."""

    feelings: Floats
    offences: Floats

    def mix(
        self,
        rows: Sequence[int],
        share: float,
        feelings: Floats | None = None,
        offences: Floats | None = None,
    ) -> None:
        """Give another opinion a share in some rows."""
        here = np.asarray(rows)
        if feelings is not None:
            self.feelings[here] += share * (feelings - self.feelings[here])
        if offences is not None:
            self.offences[here] += share * (offences - self.offences[here])

    def sharpen(self, rows: Sequence[int], power: float) -> None:
        """Raise the odds of some rows' probabilities to a power; no verdict changes."""
        raised = self.feelings[rows] ** power
        self.feelings[rows] = raised / raised.sum(axis=1, keepdims=True)
        chance = self.offences[rows] ** power
        self.offences[rows] = chance / (chance + (1 - self.offences[rows]) ** power)


class EmbeddedModel:
    """Linear heads and small networks; implements `annotation.TextModel`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._cuts = Cuts(**parts.heads.facts["cuts"])

    @property
    def name(self) -> str:
        return str(self._parts.heads.facts["name"])

    @property
    def version(self) -> str:
        return str(self._parts.heads.facts["version"])

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text, in input order; each distinct text is computed once."""
        readings: list[str] = []
        known: dict[str, Annotation] = {}
        with threadpool_limits(1), ThreadPoolExecutor(THREADS) as pool:
            # batches are worked on while later texts are still being normalised
            begun = [
                (batch, pool.submit(self._understand, batch))
                for batch in _chunks(_distinct(texts, readings))
            ]
            for batch, found in begun:
                known.update(zip(batch, found.result(), strict=True))
        return [known[reading] for reading in readings]

    def _understand(self, normalized: Sequence[str]) -> list[Annotation]:
        batch = TextBatch.split(normalized)
        features = featurize(batch)
        scores = self._parts.heads.scores(features)
        scores["arabic"] = with_word_bonus(batch, scores["arabic"])
        languages = name_languages(normalized, scores["latin"], scores["arabic"], self._cuts)
        self._find_mixed(batch, scores["latin"], languages)
        shares = sentiment.head_shares(scores["arabic"], languages)
        found = Opinions(
            sentiment.linear_probabilities(scores, shares),
            offensive.linear_probabilities(scores, languages),
        )
        self._read_french(batch, languages, found)
        self._read_darija(batch, languages, found)
        mixed = [i for i, name in enumerate(languages) if name not in sentiment.ONE_OPINION]
        found.sharpen(mixed, sentiment.SHARPNESS)
        found.offences[:] = offensive.levelled(found.offences, languages)
        unread = np.diff(features.indptr) == 0
        found.feelings[unread] = sentiment.NOTHING_READ
        found.offences[unread] = offensive.NOTHING_READ
        exact = found.feelings.astype(np.float64)
        exact /= exact.sum(axis=1, keepdims=True)
        best = exact.argmax(axis=1).tolist()
        rows = zip(languages, exact.tolist(), best, found.offences.tolist(), strict=True)
        return [
            Annotation(language, neg, neu, pos, LABELS[label], offence)
            for language, (neg, neu, pos), label, offence in rows
        ]

    def _find_mixed(self, batch: TextBatch, latin: Floats, languages: list[str]) -> None:
        """Rename texts that hold French and Arabizi side by side."""
        doubtful = np.flatnonzero(in_doubt(latin)).tolist()
        rows = np.array([row for row in doubtful if languages[row] in ("fr", "ary-Latn")], int)
        pieces, sizes = stretches(batch, rows)
        if not pieces.count:
            return
        scores = self._parts.heads.scores(featurize(pieces))["latin"]
        both = hold_both(scores, sizes[sizes > 0])
        for row in rows[sizes > 0][both].tolist():
            languages[row] = "mixed"

    def _read_french(self, batch: TextBatch, languages: Sequence[str], found: Opinions) -> None:
        """The French nets' part in the French texts."""
        rows = [i for i, language in enumerate(languages) if language == "fr"]
        if rows:
            nets = self._parts.french.probabilities(batch.only(rows))
            found.mix(rows, sentiment.FRENCH_NETS_SHARE, nets)

    def _read_darija(self, batch: TextBatch, languages: Sequence[str], found: Opinions) -> None:
        """The network's part in all that is not European, of the text and of the text in its
        other script."""
        rows = [i for i, language in enumerate(languages) if language not in EUROPEAN]
        if not rows:
            return
        own = batch.only(rows)
        other = own.through(self._parts.respeller.word)
        scores = self._parts.network.scores(own.followed_by(other))
        feelings = softmax(scores["sentiment"])
        offences = softmax(scores["offensive"])[:, 1]
        count = len(rows)
        found.mix(rows, sentiment.NETWORK_SHARE, feelings[:count])
        found.mix(rows, offensive.NETWORK_SHARE, offences=offences[:count])
        found.mix(rows, sentiment.OTHER_SCRIPT_SHARE, feelings[count:])
        found.mix(rows, offensive.OTHER_SCRIPT_SHARE, offences=offences[count:])


@lru_cache(maxsize=2)
def load_embedded(folder: Path = WEIGHTS) -> EmbeddedModel:
    """Load the shipped weights (or those of another training), once a process.

    Raises:
        nlp.heads.WeightsError: the weights are missing or of another format.
    """
    return EmbeddedModel(load_parts(folder))


def _distinct(texts: Sequence[str], readings: list[str]) -> Iterator[str]:
    """Each normalised text when it is met first; `readings` gets those of all texts."""
    seen: set[str] = set()
    for text in texts:
        reading = normalize(text)
        readings.append(reading)
        if reading not in seen:
            seen.add(reading)
            yield reading


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Batches of at most `BATCH` texts and a bounded number of characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == BATCH or size + len(text) > BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch
