"""Copied texts: which texts say the same in (nearly) the same words. Pure; knows no database.

Texts are compared by their own words: links, mentions, masks, hashtags, emoji, case, accents and
signs do not tell two copies apart. From `NEAR_WORDS` words on, texts are the same when the Jaccard
similarity of their sets of `SHINGLE` consecutive characters is at least `SAME`; from `LEAST_WORDS`
on, when the words are equal; below that it is never said: greetings and slogans are everybody's.

Texts that may be the same share a band of their MinHash signatures (Broder 1997; bands as in
Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4): two texts of similarity s share one
of `BANDS` bands of `ROWS` values with probability 1 − (1 − s^ROWS)^BANDS: 0.94 at `SAME`, 0.998 at
0.8. How the figures were chosen: docs/explanation/copies.md, `python -m bench.duplicates`.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.text import URL_MARK, normalize

VERSION: Final = 1
"""Raised whenever a text would be compared otherwise, so that all are compared anew."""
LEAST_WORDS: Final = 5
NEAR_WORDS: Final = 8
SHINGLE: Final = 5
SAME: Final = 0.65
BANDS: Final = 14
ROWS: Final = 4

Hashes = NDArray[np.uint64]

_RANDOM = np.random.default_rng(20_251_002)
_FACTORS: Final = _RANDOM.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(
    2
) + np.uint64(1)
_SHIFTS: Final = _RANDOM.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_POWERS: Final = np.cumprod(np.full(SHINGLE, 0x9E3779B97F4A7C15, dtype=np.uint64))
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What texts are compared by. `bands` is empty for a text too short to be called a copy."""

    words: int
    linked: bool
    shingles: Hashes
    """Sorted and distinct."""
    bands: tuple[int, ...]
    """Signed 64-bit numbers; texts that are the same nearly surely share one."""


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of any text, stored (masked) or raw."""
    words, linked = own_words(text)
    shingles = _shingles(" ".join(words))
    if len(words) < LEAST_WORDS:
        bands: tuple[int, ...] = ()
    elif len(words) < NEAR_WORDS:
        bands = (_number(" ".join(words).encode()),)
    else:
        bands = _bands(shingles)
    return Fingerprint(len(words), linked, shingles, bands)


def own_words(text: str) -> tuple[Sequence[str], bool]:
    """The words that are compared, and whether the text has a link."""
    tokens = normalize(text).split()
    words = [
        token
        for before, token in zip(("", *tokens), tokens, strict=False)
        if before != "#" and any(letter.isalnum() for letter in token)
    ]
    return [_without_accents(word) for word in words], URL_MARK in tokens


def same(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two texts are copies of each other. Symmetric, but not transitive."""
    fewest = min(one.words, other.words)
    if fewest < LEAST_WORDS:
        return False
    if fewest < NEAR_WORDS:
        return bool(np.array_equal(one.shingles, other.shingles))
    return similarity(one, other) >= SAME


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Jaccard similarity of the shingles, 0 to 1."""
    small, large = sorted((one.shingles, other.shingles), key=len)
    if not len(large):
        return 0.0
    places = np.minimum(np.searchsorted(large, small), len(large) - 1)
    both = int(np.count_nonzero(large[places] == small))
    return both / (len(small) + len(large) - both)


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    split = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def _shingles(joined: str) -> Hashes:
    """Hashes of all runs of SHINGLE characters of the words, spaces at both ends included."""
    letters = np.frombuffer(f" {joined} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(letters) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(letters, SHINGLE)
    hashes = (runs * _POWERS).sum(axis=1, dtype=np.uint64)
    hashes = (hashes ^ (hashes >> np.uint64(30))) * _MIX
    return np.unique(hashes ^ (hashes >> np.uint64(27)))


def _bands(shingles: Hashes) -> tuple[int, ...]:
    # multiply-shift: the high half of an odd multiple is nearly uniform
    signature = ((shingles[:, None] * _FACTORS + _SHIFTS) >> np.uint64(32)).min(axis=0)
    rows = signature.astype("<u4").reshape(BANDS, ROWS)
    return tuple(_number(bytes([place]) + row.tobytes()) for place, row in enumerate(rows))


def _number(value: bytes) -> int:
    return int.from_bytes(blake2b(value, digest_size=8).digest(), "little", signed=True)
