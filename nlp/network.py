"""A small convolutional network over word vectors, computed with numpy.

Word vectors are the mean of hashed features of the word's letters and of its skeleton; two
convolutions of width three see each word's neighbours; mean, maximum and attention over the
words are what the heads answer from (compare Kim 2014, "Convolutional Neural Networks for
Sentence Classification"). Trained by `nlp.training.network`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.batch import TextBatch
from nlp.words import bone_features, letter_features

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MAX_WORDS: Final = 64
"""Words of a text that are read."""
KNOWN_WORDS: Final = 1 << 14
"""Words whose vectors are remembered: posts repeat few words often."""
NOWHERE: Final = np.float32(-1e4)
"""Stands where a text has no word, so that it is never the greatest."""
GROUP: Final = 64
"""Texts of like length that are computed together."""


class Network:
    """`network.scores(batch)["sentiment"]`: float32 scores before softmax, shape (n, classes)."""

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self._a = arrays
        self._known: dict[str, Floats] = {}
        self._heads = [name.removesuffix(".weight") for name in arrays if name.startswith("head.")]
        self._heads = sorted({name for name in self._heads if not name.endswith(".bias")})

    def scores(self, batch: TextBatch) -> dict[str, Floats]:
        """Scores of all heads for the texts; zeros where nothing is to be read."""
        batch = batch.first(MAX_WORDS)
        numbers, lengths = batch.numbers + 1, batch.lengths
        starts = np.cumsum(lengths) - lengths
        vectors = self._vectors(batch.vocabulary.words)
        near = word_products(vectors, self._a["near.weight"])
        summaries = np.zeros(
            (batch.count, self._a[f"{self._heads[0]}.weight"].shape[1]), np.float32
        )
        for rows in groups(lengths):
            table = padded_from(numbers, starts[rows], lengths[rows])
            summaries[rows] = self._summary(table, vectors, near)
        return {
            head.removeprefix("head."): summaries @ self._a[f"{head}.weight"].T
            + self._a[f"{head}.bias"]
            for head in self._heads
        }

    def _vectors(self, words: Sequence[str]) -> Floats:
        """One vector a word, shape (1 + len(words), d); the first is zero, for padding."""
        known = {word: self._known.get(word) for word in words}
        unknown = [word for word, vector in known.items() if vector is None]
        if unknown:
            letters = letter_features(unknown) @ self._a["letters"]
            bones = bone_features(unknown) @ self._a["bones"]
            fresh = dict(zip(unknown, (letters + bones).astype(np.float32), strict=True))
            known |= fresh
            if len(self._known) > KNOWN_WORDS:
                self._known = {}  # a new one: another thread may be reading the old one
            self._known |= {word: vector.copy() for word, vector in fresh.items()}
        padding = np.zeros(self._a["letters"].shape[1], np.float32)
        return np.stack([padding, *(known[word] for word in words)])  # type: ignore[list-item]

    def _summary(self, table: Ints, words: Floats, products: Floats) -> Floats:
        """One row a text: `table` (texts, length) names rows of the word vectors `words` and of
        their `word_products` with the first kernel."""
        there = (table > 0)[:, :, None]
        count = there.sum(axis=1)
        near = convolved_words(products, table, self._a["near.bias"])
        near *= there
        wide = convolved(near, self._a["wide.weight"], self._a["wide.bias"])
        wide += near
        wide *= there
        attention = wide @ self._a["attention.weight"][0] + self._a["attention.bias"]
        attention = np.where(there[:, :, 0], attention, NOWHERE)
        shares = np.exp(attention - attention.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        seen = [
            words[table].sum(axis=1) / count,
            greatest(words, table),
            wide.sum(axis=1) / count,
            wide.max(axis=1),  # rectified: where no word is, it is as small as it can be
            (shares[:, None] @ wide)[:, 0],
        ]
        return np.concatenate(seen, axis=1).astype(np.float32)


def greatest(words: Floats, table: Ints) -> Floats:
    """Maximum over each text's words (texts, length) of their vectors (n, d); row 0 is no word."""
    floor = words.copy()
    floor[0] = NOWHERE
    found: Floats = floor[table].max(axis=1)
    return found


def word_products(vectors: Floats, kernel: Floats) -> Floats:
    """What each word's vector gives the words after it, itself and before it: vectors (n, d),
    kernel (outputs, d, 3) as torch keeps it; shape (3, n, outputs). Texts repeat few words often,
    so that a convolution over words is cheaper from these."""
    return np.stack([vectors @ kernel[:, :, place].T for place in range(3)])


def convolved_words(products: Floats, table: Ints, bias: Floats) -> Floats:
    """A rectified convolution of width three over texts (texts, length) whose words are rows of
    `products`; row 0 stands for no word."""
    found = products[1][table]
    found[:, 1:] += products[0][table[:, :-1]]
    found[:, :-1] += products[2][table[:, 1:]]
    found += bias
    rectified: Floats = np.maximum(found, 0, out=found)
    return rectified


def convolved(inputs: Floats, kernel: Floats, bias: Floats) -> Floats:
    """A rectified convolution of width three over inputs (texts, words, d), kernel (outputs, d, 3)
    as torch keeps it."""
    texts, words, width = inputs.shape
    around = np.zeros((texts, words + 2, width), np.float32)
    around[:, 1:-1] = inputs
    windows = np.concatenate([around[:, i : i + words] for i in range(3)], axis=2)
    found = windows.reshape(-1, 3 * width) @ kernel.transpose(2, 1, 0).reshape(3 * width, -1)
    found += bias
    return np.maximum(found, 0, out=found).reshape(texts, words, -1)


def padded_from(numbers: Ints, starts: Ints, lengths: Ints) -> Ints:
    """Rows of one length, filled up with zeros; each is `length` of the numbers from `start` on."""
    places = np.arange(int(lengths.max()))
    there = places < lengths[:, None]
    table = np.zeros(there.shape, np.int64)
    table[there] = numbers[(starts[:, None] + places)[there]]
    return table


def groups(lengths: Ints) -> Iterator[Ints]:
    """Rows of texts of like length, `GROUP` at a time; empty texts are in none."""
    order = np.argsort(lengths, kind="stable")
    order = order[np.searchsorted(np.sort(lengths), 1) :]  # nothing to read: left at zero
    for start in range(0, len(order), GROUP):
        yield order[start : start + GROUP]
