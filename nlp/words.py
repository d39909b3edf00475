"""Hashed features of single words: what the network's word vectors are summed from.

A word has two faces: its own letters, and its consonant skeleton, which Arabizi and Arabic
script share (`nlp.bridge`). Each face is the mean of its features, so that either can stand in
for the other.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy import sparse

from nlp.batch import TextBatch
from nlp.features import Block, presence

LETTERS: Final = (
    Block(on_skeleton=False, char_sizes=(), bits=15),
    Block(on_skeleton=False, char_sizes=(3, 4, 5), bits=16),
)
BONES: Final = (
    Block(on_skeleton=True, char_sizes=(), bits=14),
    Block(on_skeleton=True, char_sizes=(2, 3, 4), bits=14),
)
LETTER_ROWS: Final = sum(2**block.bits for block in LETTERS)
BONE_ROWS: Final = sum(2**block.bits for block in BONES)


def letter_features(words: Sequence[str]) -> sparse.csr_matrix:
    """The words as written: float32, shape (len(words), LETTER_ROWS), rows sum to 1."""
    return _face(TextBatch.of([[word] for word in words]), LETTERS)


def bone_features(words: Sequence[str]) -> sparse.csr_matrix:
    """Their skeletons: float32, shape (len(words), BONE_ROWS), rows sum to 1 (or 0: a word of
    vowels has none)."""
    return _face(TextBatch.of([[word] for word in words]).bones(), BONES)


def _face(batch: TextBatch, blocks: Sequence[Block]) -> sparse.csr_matrix:
    found = presence([(batch, block) for block in blocks], salt=17)
    counts = np.diff(found.indptr)
    found.data = np.repeat(1 / np.maximum(counts, 1), counts).astype(np.float32)
    return found
