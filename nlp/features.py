"""Hashed n-grams of whole batches at once: texts in, one sparse matrix out.

Four blocks, each scaled to length one so that none drowns the others: character n-grams inside
words, words with pairs of neighbours, and the same two on the consonant skeletons. Only numpy
works here, once a batch instead of once a text, which is what makes the embedded model fast.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from nlp.batch import TextBatch


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
_LEAST_BITS: Final = min(block.bits for block in BLOCKS)
_BLOCK_OF: Final = np.repeat(
    np.arange(len(BLOCKS)), [2 ** (block.bits - _LEAST_BITS) for block in BLOCKS]
)
"""Place of a column's block in `BLOCKS`, by the column's number over `2**_LEAST_BITS`."""


def featurize(batch: TextBatch) -> sparse.csr_matrix:
    """Features of texts: float32, shape (batch.count, COLUMNS)."""
    bones = batch.bones()
    found = presence([(bones if block.on_skeleton else batch, block) for block in BLOCKS], salt=0)
    rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    parts = rows * len(BLOCKS) + _BLOCK_OF[found.indices >> _LEAST_BITS]
    sizes = np.bincount(parts, minlength=found.shape[0] * len(BLOCKS)).reshape(-1, len(BLOCKS))
    weights = np.array([block.weight for block in BLOCKS]) / np.sqrt(np.maximum(sizes, 1))
    found.data = weights.astype(np.float32).ravel()[parts]
    return found


def presence(sources: Sequence[tuple[TextBatch, Block]], salt: int) -> sparse.csr_matrix:
    """Which buckets of each block its texts fall into, columns block after block: ones, float32,
    shape (texts, sum of the blocks' columns). All batches are of the same texts."""
    count = sources[0][0].count
    columns = sum(2**block.bits for _, block in sources)
    shift = columns.bit_length()
    kind = np.dtype(np.uint32 if count <= 1 << (32 - shift) else np.uint64)
    places, start = [], 0
    for number, (batch, block) in enumerate(sources):
        rows, hashes = (
            batch.char_ngrams(block.char_sizes, salt + number)
            if block.char_sizes
            else batch.words_and_pairs(salt + number)
        )
        buckets = (hashes & np.uint64(2**block.bits - 1)).astype(np.int64)
        places.append((rows << shift) + buckets + start)
        start += 2**block.bits
    found = np.sort(np.concatenate(places, dtype=kind, casting="unsafe"))
    first = np.ones(len(found), np.bool_)  # a bucket that a text falls into twice counts once
    np.not_equal(found[1:], found[:-1], out=first[1:])
    found = found[first]
    indptr = np.searchsorted(found >> shift, np.arange(count + 1, dtype=kind))
    indices = (found & ((1 << shift) - 1)).astype(np.int32)
    ones = np.ones(len(indices), np.float32)
    matrix = sparse.csr_matrix((ones, indices, indptr.astype(np.int32)), shape=(count, columns))
    matrix.has_canonical_format = True
    return matrix
