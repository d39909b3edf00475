"""French sentiment from word vectors that were learnt on a web's worth of French.

The vectors are public (`nlp.training.vectors`), quantised to int8 and looked up by a hash of the
word; a small convolution and pools over them feed one linear layer. Two thousand labelled tweets
teach words one by one too little; with vectors, what « honteux » taught is known of « scandaleux ».
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp.features import word_hashes
from nlp.network import convolved_words, greatest, groups, padded, word_products
from nlp.numbers import softmax

Floats = NDArray[np.float32]

MAX_WORDS: Final = 64


class WordVectors:
    """Vectors of normalised words: `keys` (uint32 hashes, sorted), `rows` (uint16 into the
    table), `table` (int8, (words, size)), `scale` (float32, one a row of the table)."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._keys, self._rows = arrays["keys"], arrays["rows"]
        self._table, self._scale = arrays["table"], arrays["scale"]
        self.size = int(self._table.shape[1])

    def find(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Row of each word's vector, -1 for unknown words."""
        hashes = word_hashes(words).astype(np.uint32)
        places = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        known = self._keys[places] == hashes
        return np.where(known, self._rows[places].astype(np.int64), -1)

    def take(self, rows: NDArray[np.int64]) -> Floats:
        """Vectors of rows, float32, shape (len(rows), size)."""
        return np.asarray(self._table[rows] * self._scale[rows, None], dtype=np.float32)


class French:
    """`french.probabilities(texts)`: neg, neu, pos of normalised French texts."""

    def __init__(self, vectors: WordVectors, nets: Sequence[Mapping[str, Floats]]) -> None:
        self._vectors = vectors
        self._nets = nets

    def probabilities(self, normalized: Sequence[str]) -> Floats:
        """Mean over the nets, shape (n, 3); even where no word is known."""
        texts = known_words(self._vectors, normalized)
        found = np.full((len(texts), 3), 1 / 3, np.float32)
        rows = sorted({row for text in texts for row in text})
        number = {row: i + 1 for i, row in enumerate(rows)}
        table = self._vectors.take(np.array(rows, np.int64))
        vectors = np.concatenate([np.zeros((1, self._vectors.size), np.float32), table])
        hidden = [_seen_by(net, vectors) for net in self._nets]
        for group in groups([len(text) for text in texts]):
            places = padded([[number[row] for row in texts[i]] for i in group])
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


def known_words(vectors: WordVectors, normalized: Sequence[str]) -> list[list[int]]:
    """Rows of the known words of each text, in their order, at most `MAX_WORDS`."""
    texts = [text.split() for text in normalized]
    words = sorted({word for text in texts for word in text})
    row = dict(zip(words, vectors.find(words).tolist(), strict=True))
    return [[row[word] for word in text if row[word] >= 0][:MAX_WORDS] for text in texts]


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
