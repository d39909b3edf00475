"""Hashed n-grams of whole batches at once: texts in, one sparse matrix out.

Four blocks, each scaled to length one so that none drowns the others: character n-grams inside
words, words with pairs of neighbours, and the same two on the consonant skeletons. Only numpy
works here, once a batch instead of once a text, which is what makes the embedded model fast.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nlp.bridge import skeleton

UInt = NDArray[np.uint64]
Ints = NDArray[np.int64]

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xFF51AFD7ED558CCD)
_MIX_2: Final = np.uint64(0xC4CEB9FE1A85EC53)
_SHIFT: Final = np.uint64(33)
_SPACE: Final = 32


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of feature and its room in the matrix: `2**bits` columns."""

    on_skeleton: bool
    char_sizes: tuple[int, ...]
    """Lengths of character n-grams; empty: words and pairs of words instead."""
    bits: int
    weight: float = 1.0


BLOCKS: Final = (
    Block(on_skeleton=False, char_sizes=(2, 3, 4, 5), bits=18),
    Block(on_skeleton=False, char_sizes=(), bits=18),
    Block(on_skeleton=True, char_sizes=(2, 3, 4), bits=17),
    Block(on_skeleton=True, char_sizes=(), bits=17),
)
COLUMNS: Final = sum(2**block.bits for block in BLOCKS)
SKELETON_COLUMNS: Final = sum(2**block.bits for block in BLOCKS if not block.on_skeleton)
"""Columns from here on come from skeletons."""


def word_hashes(words: Sequence[str]) -> UInt:
    """One hash a word (which must hold no space), uint64, the same in every version."""
    return _mixed(TextBatch(words).words_and_pairs()[1]) if words else np.zeros(0, np.uint64)


def featurize(normalized: Sequence[str]) -> sparse.csr_matrix:
    """Features of normalised texts: float32, shape (len(normalized), COLUMNS)."""
    plain = TextBatch(normalized)
    bones = TextBatch([skeleton(text) for text in normalized])
    parts = [
        (bones if block.on_skeleton else plain).presence(block, salt)
        for salt, block in enumerate(BLOCKS)
    ]
    return sparse.csr_matrix(sparse.hstack(parts, format="csr", dtype=np.float32))


class TextBatch:
    """Texts as one array of code points; every word has a space on both sides."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.count = len(texts)
        padded = [f" {text} " for text in texts]
        joined = "".join(padded).encode("utf-32-le", "replace")
        self.codes = np.frombuffer(joined, dtype=np.uint32).astype(np.uint64)
        self.rows: Ints = np.repeat(
            np.arange(len(texts), dtype=np.int64), [len(text) for text in padded]
        )
        self.spaces = self.codes == _SPACE

    def presence(self, block: Block, salt: int) -> sparse.csr_matrix:
        """Which buckets of a block each text falls into, each row scaled to `block.weight`:
        float32, shape (texts, 2**block.bits)."""
        if block.char_sizes:
            rows, hashes = self.char_ngrams(block.char_sizes)
        else:
            rows, hashes = self.words_and_pairs()
        return _matrix(rows, _mixed(hashes + np.uint64(salt)), block, self.count)

    def char_ngrams(self, sizes: Sequence[int]) -> tuple[Ints, UInt]:
        """Row and hash of each n-gram that lies inside one space-padded word."""
        rows, hashes = [], []
        rolling = self.codes.copy()
        before = np.concatenate(([0], np.cumsum(self.spaces)))
        doubled = self.spaces[:-1] & self.spaces[1:]
        for size in range(2, max(sizes) + 1):
            if len(self.codes) < size:
                break
            rolling = rolling[:-1] * _BASE + self.codes[size - 1 :]
            if size not in sizes:
                continue
            count = len(rolling)
            keep = before[size - 1 : size - 1 + count] == before[1 : 1 + count]  # no space inside
            keep &= ~doubled[:count]
            keep &= ~doubled[size - 2 : size - 2 + count]
            rows.append(self.rows[:count][keep])
            hashes.append(rolling[keep] + np.uint64(size))
        return _joined(rows, hashes)

    def words_and_pairs(self) -> tuple[Ints, UInt]:
        """Row and hash of each word and of each two words that follow each other."""
        if not len(self.codes):
            return _joined([], [])
        is_start = ~self.spaces & np.concatenate(([True], self.spaces[:-1]))
        starts = np.flatnonzero(is_start)
        if not len(starts):
            return _joined([], [])
        inside = np.flatnonzero(~self.spaces)
        owner = np.cumsum(is_start)[inside] - 1
        powers = _powers(int((inside - starts[owner]).max()) + 1)
        terms = self.codes[inside] * powers[inside - starts[owner]]
        words = np.add.reduceat(terms, np.searchsorted(inside, starts))
        rows = self.rows[starts]
        same = rows[:-1] == rows[1:]
        pairs = _mixed(words[:-1]) * _BASE + words[1:]
        return _joined([rows, rows[:-1][same]], [words, pairs[same]])


def _joined(rows: list[Ints], hashes: list[UInt]) -> tuple[Ints, UInt]:
    empty_rows, empty = np.zeros(0, np.int64), np.zeros(0, np.uint64)
    return np.concatenate([empty_rows, *rows]), np.concatenate([empty, *hashes])


def _powers(count: int) -> UInt:
    powers = np.full(count, _BASE, dtype=np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _mixed(values: UInt) -> UInt:
    """Finaliser of MurmurHash3: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> _SHIFT)) * _MIX_1
    values = (values ^ (values >> _SHIFT)) * _MIX_2
    return values ^ (values >> _SHIFT)


def _matrix(rows: Ints, hashes: UInt, block: Block, count: int) -> sparse.csr_matrix:
    """Presence of each bucket, each row scaled to `block.weight`."""
    buckets = np.uint64(2**block.bits - 1)
    places = np.sort(rows.astype(np.uint64) << np.uint64(block.bits) | hashes & buckets)
    first = np.ones(len(places), np.bool_)  # a bucket that a text falls into twice counts once
    np.not_equal(places[1:], places[:-1], out=first[1:])
    places = places[first]
    sizes = np.bincount((places >> np.uint64(block.bits)).astype(np.int64), minlength=count)
    scale = block.weight / np.sqrt(np.maximum(sizes, 1))
    data = np.repeat(scale, sizes).astype(np.float32)
    columns = (places & buckets).astype(np.int32)
    indptr = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    matrix = sparse.csr_matrix((data, columns, indptr), shape=(count, 2**block.bits))
    matrix.has_canonical_format = True
    return matrix
