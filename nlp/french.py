"""French sentiment from word vectors that were learnt on a web's worth of French.

The vectors are public (`nlp.training.vectors`), quantised to int8 and looked up by a hash of the
word; a small convolution and pools over them feed one linear layer. Two thousand labelled tweets
teach words one by one too little; with vectors, what « honteux » taught is known of « scandaleux ».
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp.batch import TextBatch, Vocabulary, mixed
from nlp.network import convolved_words, greatest, groups, padded_from, word_products
from nlp.numbers import softmax

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MAX_WORDS: Final = 64


class WordVectors:
    """Vectors of normalised words: `keys` (uint32 hashes, sorted), `rows` (uint16 into the
    table), `table` (int8, (words, size)), `scale` (float32, one a row of the table)."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._keys, self._rows = arrays["keys"], arrays["rows"]
        self._table, self._scale = arrays["table"], arrays["scale"]
        self.size = int(self._table.shape[1])

    def find(self, vocabulary: Vocabulary) -> NDArray[np.int64]:
        """Row of each word's vector, -1 for unknown words."""
        hashes = mixed(vocabulary.hashes).astype(np.uint32)
        places = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        known = self._keys[places] == hashes
        return np.where(known, self._rows[places].astype(np.int64), -1)

    def take(self, rows: NDArray[np.int64]) -> Floats:
        """Vectors of rows, float32, shape (len(rows), size)."""
        return np.asarray(self._table[rows] * self._scale[rows, None], dtype=np.float32)


class French:
    """`french.probabilities(batch)`: neg, neu, pos of French texts."""

    def __init__(self, vectors: WordVectors, nets: Sequence[Mapping[str, Floats]]) -> None:
        self._vectors = vectors
        self._nets = nets

    def probabilities(self, batch: TextBatch) -> Floats:
        """Mean over the nets, shape (n, 3); even where no word is known."""
        rows, numbers, lengths = known_words(self._vectors, batch)
        found = np.full((batch.count, 3), 1 / 3, np.float32)
        nothing = np.zeros((1, self._vectors.size), np.float32)
        vectors = np.concatenate([nothing, self._vectors.take(rows)])
        hidden = [_seen_by(net, vectors) for net in self._nets]
        starts = np.cumsum(lengths) - lengths
        for group in groups(lengths):
            places = padded_from(numbers, starts[group], lengths[group])
            pooled = [
                vectors[places].sum(axis=1) / (places > 0).sum(axis=1, keepdims=True),
                greatest(vectors, places),
            ]
            answers = [
                softmax(_scores(net, places, pooled, *seen))
                for net, seen in zip(self._nets, hidden, strict=True)
            ]
            found[group] = np.mean(answers, axis=0)
        return found


def known_words(vectors: WordVectors, batch: TextBatch) -> tuple[Ints, Ints, Ints]:
    """Which vectors the texts know; for each known word in turn, at most `MAX_WORDS` a text, the
    place of its vector among these, counted from 1; and how many words each text has."""
    row = vectors.find(batch.vocabulary)[batch.numbers]
    known = TextBatch(batch.count, batch.vocabulary, row[row >= 0], batch.rows[row >= 0])
    kept = known.first(MAX_WORDS)
    rows, places = np.unique(kept.numbers, return_inverse=True)
    return rows, places + 1, kept.lengths


def _seen_by(net: Mapping[str, Floats], vectors: Floats) -> tuple[Floats, Floats]:
    """The words as one net sees them, and their products with its kernel; row 0 is no word."""
    words = np.tanh(vectors @ net["inner.weight"].T + net["inner.bias"])
    words[0] = 0
    return words, word_products(words, net["around.weight"])


def _scores(
    net: Mapping[str, Floats],
    table: NDArray[np.int64],
    pooled: Sequence[Floats],
    words: Floats,
    products: Floats,
) -> Floats:
    """One net's scores: `table` (texts, length) names rows of the `words` that it sees and of
    their products with its kernel, row 0 for no word; `pooled` is of the public vectors."""
    there = (table > 0)[:, :, None]
    count = there.sum(axis=1)
    around = convolved_words(products, table, net["around.bias"])
    around *= there
    seen = [
        *pooled,
        greatest(words, table),
        around.max(axis=1),
        around.sum(axis=1) / count,
    ]
    joined = np.concatenate(seen, axis=1)
    return np.asarray(joined @ net["out.weight"].T + net["out.bias"], dtype=np.float32)
