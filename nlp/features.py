"""Hashed n-grams of whole batches at once: texts in, one sparse matrix out.

Four blocks, each scaled to length one so that none drowns the others: character n-grams inside
words, words with pairs of neighbours, and the same two on the consonant skeletons. Only numpy
works here, once a batch instead of once a text, which is what makes the embedded model fast.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nlp.bridge import bones_of

UInt = NDArray[np.uint64]
Ints = NDArray[np.int64]

_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xFF51AFD7ED558CCD)
_MIX_2: Final = np.uint64(0xC4CEB9FE1A85EC53)
_SHIFT: Final = np.uint64(33)


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


def word_hashes(words: Sequence[str]) -> UInt:
    """One hash a word (which must hold no space), uint64, the same in every version."""
    return _mixed(_whole_words(words))


def featurize(normalized: Sequence[str]) -> sparse.csr_matrix:
    """Features of normalised texts: float32, shape (len(normalized), COLUMNS)."""
    plain = TextBatch.of([text.split() for text in normalized])
    bones = plain.through(bones_of)
    found = presence([(bones if block.on_skeleton else plain, block) for block in BLOCKS], salt=0)
    rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    parts = rows * len(BLOCKS) + _BLOCK_OF[found.indices >> _LEAST_BITS]
    sizes = np.bincount(parts, minlength=found.shape[0] * len(BLOCKS)).reshape(-1, len(BLOCKS))
    weights = np.array([block.weight for block in BLOCKS]) / np.sqrt(np.maximum(sizes, 1))
    found.data = weights.astype(np.float32).ravel()[parts]
    return found


def presence(sources: Sequence[tuple["TextBatch", Block]], salt: int) -> sparse.csr_matrix:
    """Which buckets of each block its texts fall into, columns block after block: ones, float32,
    shape (texts, sum of the blocks' columns). All batches are of the same texts."""
    count = sources[0][0].count
    columns = sum(2**block.bits for _, block in sources)
    shift = columns.bit_length()
    kind = np.dtype(np.uint32 if count <= 1 << (32 - shift) else np.uint64)
    places, start = [], 0
    for number, (batch, block) in enumerate(sources):
        rows, buckets = batch.buckets(block, salt + number)
        places.append((rows << shift) + buckets.astype(np.int64) + start)
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


@dataclass(frozen=True, slots=True)
class TextBatch:
    """Texts as numbers of words, so that each distinct word is looked at once: `numbers` (int64,
    places in `words`) and `rows` (int64, which of the `count` texts), one a word of the texts."""

    count: int
    words: Sequence[str]
    numbers: Ints
    rows: Ints

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> Self:
        """Texts given as their words, none of them empty or with a space."""
        flat = list(chain.from_iterable(texts))
        words, numbers = _numbered(flat)
        rows = np.repeat(np.arange(len(texts), dtype=np.int64), [len(text) for text in texts])
        return cls(len(texts), words, numbers, rows)

    def through(self, function: Callable[[str], str]) -> Self:
        """The same texts with each word changed; words that become empty are gone."""
        words, numbers = _numbered([function(word) for word in self.words])
        empty = words.index("") if "" in words else -1
        found = numbers[self.numbers]
        kept = found != empty
        return replace(self, words=words, numbers=found[kept], rows=self.rows[kept])

    def buckets(self, block: Block, salt: int) -> tuple[Ints, UInt]:
        """Row and bucket of each of a block's features, in no order, as often as they occur."""
        if block.char_sizes:
            rows, hashes = self._char_ngrams(block.char_sizes, salt)
        else:
            rows, hashes = self._words_and_pairs(salt)
        return rows, hashes & np.uint64(2**block.bits - 1)

    def _char_ngrams(self, sizes: Sequence[int], salt: int) -> tuple[Ints, UInt]:
        """Of each n-gram that lies inside one space-padded word."""
        owners, ngrams = _ngrams(self.words, sizes)
        hashes = _mixed(ngrams + np.uint64(salt))
        each = np.bincount(owners, minlength=len(self.words))
        starts = np.cumsum(each) - each
        wanted = each[self.numbers]
        ends = np.cumsum(wanted)
        shifts = np.repeat(starts[self.numbers] - ends + wanted, wanted)
        return np.repeat(self.rows, wanted), hashes[np.arange(len(shifts)) + shifts]

    def _words_and_pairs(self, salt: int) -> tuple[Ints, UInt]:
        """Of each word and of each two words that follow each other."""
        words = _whole_words(self.words)
        first = _mixed(words)[self.numbers[:-1]]
        same = self.rows[:-1] == self.rows[1:]
        pairs = (first * _BASE + words[self.numbers[1:]])[same]
        hashes = np.concatenate([words[self.numbers], pairs])
        return np.concatenate([self.rows, self.rows[:-1][same]]), _mixed(hashes + np.uint64(salt))


def _numbered(words: Sequence[str]) -> tuple[list[str], Ints]:
    """The distinct words, and the place of each word among them."""
    number = {word: i for i, word in enumerate(dict.fromkeys(words))}
    return list(number), np.fromiter(map(number.__getitem__, words), np.int64, len(words))


def _codes(words: Sequence[str]) -> tuple[UInt, Ints, Ints]:
    """Code points of the words, each with a space on both sides; where each word begins; and how
    many code points it has, both with its spaces."""
    joined = "".join([f" {word} " for word in words]).encode("utf-32-le", "replace")
    codes = np.frombuffer(joined, dtype=np.uint32).astype(np.uint64)
    sizes = np.fromiter(map(len, words), np.int64, len(words)) + 2
    return codes, np.cumsum(sizes) - sizes, sizes


def _ngrams(words: Sequence[str], sizes: Sequence[int]) -> tuple[Ints, UInt]:
    """The word's place and the hash of each n-gram that lies inside one word with a space on both
    sides, words in their order."""
    rolling, _, lengths = _codes(words)
    codes = rolling
    places = np.repeat(np.arange(len(words), dtype=np.int64), lengths)
    owners, hashes = [], []
    for size in range(2, max(sizes) + 1):
        rolling = rolling[:-1] * _BASE + codes[size - 1 :]
        if size in sizes:
            inside = places[: len(rolling)] == places[size - 1 :]
            owners.append(places[: len(rolling)][inside])
            hashes.append(rolling[inside] + np.uint64(size))
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return owner[order], np.concatenate(hashes)[order]


def _whole_words(words: Sequence[str]) -> UInt:
    """One hash a word, uint64, before it is mixed."""
    if not words:
        return np.zeros(0, np.uint64)
    codes, starts, sizes = _codes(words)
    powers = np.full(int(sizes.max()), _BASE, dtype=np.uint64)
    powers[:2] = 0, 1  # the space before the word counts nothing
    powers[1:] = np.cumprod(powers[1:])
    places = np.arange(len(codes)) - np.repeat(starts, sizes)
    terms = codes * powers[places]
    terms[starts + sizes - 1] = 0
    return np.add.reduceat(terms, starts)


def _mixed(values: UInt) -> UInt:
    """Finaliser of MurmurHash3: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> _SHIFT)) * _MIX_1
    values = (values ^ (values >> _SHIFT)) * _MIX_2
    return values ^ (values >> _SHIFT)
