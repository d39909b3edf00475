"""One hub model for one task: texts in, probabilities of what its labels mean out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from nlp.hub import prepare
from nlp.hub.errors import ModelError, ModelUnfit
from nlp.hub.labels import MEANINGS, meanings
from nlp.hub.place import Found, Place, find
from nlp.hub.runtimes import Network, load_network
from nlp.hub.tokens import Encode, load_tokenizer, read_config
from nlp.numbers import softmax
from nlp.recipe import Part

Floats = NDArray[np.float32]

BATCH: Final = 32
"""Most texts in one batch."""
BATCH_TOKENS: Final = 4096
"""Most tokens in one batch, padding included: bounds memory for long texts."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a loaded model, for its version and for operators."""

    name: str
    revision: str
    runtime: str
    file: str
    labels: tuple[tuple[str, str], ...]
    """Each of the model's own names with what it means to Sada."""
    longest: int
    digest: str
    """Of the files' contents, the labels' meaning, the longest text and the preparation."""


class Classifier:
    """Reads prepared texts with one model."""

    def __init__(
        self, part: Part, facts: Facts, encode: Encode, network: Network, several: bool, pad: int
    ) -> None:
        self.task = part.task
        self.facts = facts
        self._encode = encode
        self._network = network
        self._several = several
        self._pad = pad
        self._columns = np.array([MEANINGS[part.task].index(means) for _, means in facts.labels])

    def probabilities(self, prepared: Sequence[str]) -> Floats:
        """Probability of each of `MEANINGS[task]`, shape (texts, meanings), in input order.

        Classes that mean the same are added up; where a text may have several labels at once,
        the most probable one counts.
        """
        tokens = self._encode(prepared)
        scores = np.zeros((len(tokens), len(self._columns)), np.float32)
        for rows in by_length([len(one) for one in tokens]):
            scores[rows] = self._scores([tokens[row] for row in rows])
        return self._by_meaning(expit(scores) if self._several else softmax(scores))

    def _scores(self, tokens: Sequence[Sequence[int]]) -> Floats:
        longest = max(map(len, tokens))
        ids = np.full((len(tokens), longest), self._pad, np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(tokens):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        scores = self._network(ids, mask)
        if scores.shape != (len(tokens), len(self._columns)):
            raise ModelUnfit(
                f"{self.facts.name}: gives {scores.shape[-1]} scores for {len(self._columns)}"
                " labels of config.json. The files do not belong together."
            )
        if not np.isfinite(scores).all():
            raise ModelError(f"{self.facts.name}: gives no numbers (NaN). Try another export.")
        return scores

    def _by_meaning(self, chances: Floats) -> Floats:
        found = np.zeros((len(chances), len(MEANINGS[self.task])), np.float32)
        for column, meaning in enumerate(self._columns):
            if self._several:
                found[:, meaning] = np.maximum(found[:, meaning], chances[:, column])
            else:
                found[:, meaning] += chances[:, column]
        return found


def by_length(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of texts of like length, the longest first: padding is wasted work, and
    what does not fit in memory shows at once."""
    batch: list[int] = []
    for row in sorted(range(len(sizes)), key=lambda row: (-sizes[row], row)):
        widest = sizes[batch[0]] if batch else 0
        if batch and (len(batch) == BATCH or widest * (len(batch) + 1) > BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def load_classifier(part: Part, place: Place, max_tokens: int) -> Classifier:
    """Finds, checks and loads the model of a part. Raises `ModelUnfit`, `ModelError`."""
    found = find(part, place)
    config = read_config(found.folder)
    if config.several and part.task != "offensive" and len(config.labels) > 1:
        raise ModelUnfit(
            f"{found.name}: gives each label a probability of its own, which is no {part.task} that"
            " adds up to one. Choose a model with one label a text."
        )
    meant = meanings(part.task, config.labels, dict(part.labels))
    longest = min(max_tokens, config.longest)
    labels = tuple(zip(config.labels, meant, strict=True))
    facts = Facts(
        name=found.name,
        revision=found.revision,
        runtime=found.choice.runtime,
        file=found.choice.weights,
        labels=labels,
        longest=longest,
        digest=_digest(found, labels, longest),
    )
    encode = load_tokenizer(found.folder, longest)
    network = load_network(found, config.kind)
    return Classifier(part, facts, encode, network, config.several, config.pad)


def _digest(found: Found, labels: tuple[tuple[str, str], ...], longest: int) -> str:
    digest = blake2b(repr((labels, longest, prepare.VERSION)).encode(), digest_size=5)
    for path in found.files:
        digest.update(path.relative_to(found.folder).as_posix().encode())
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        except OSError as error:
            raise ModelError(f"{path}: cannot be read ({error.strerror}).") from error
    return digest.hexdigest()
