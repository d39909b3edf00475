"""Texts as short dense vectors, without any neural model.

Three views, each TF-IDF: content words; their consonant skeletons, in which Arabizi and Arabic
script meet; character n-grams, which forgive spelling. Truncated SVD brings them together.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from nlp.bridge import skeleton

Keys = Sequence[str]
Vectors = NDArray[np.float64]
MIN_SKELETON = 3
_WEIGHTS = (1.0, 0.8, 0.4)
_MAX_FEATURES = 40_000


class Embedder:
    """Learns the three views from documents of content words, then embeds documents."""

    def __init__(self, dimensions: int, seed: int) -> None:
        self._views = [_view(_itself), _view(skeletons), _view(_joined, char=True)]
        self._svd = TruncatedSVD(dimensions, random_state=seed, n_iter=7)

    def fit(self, documents: Sequence[Keys]) -> tuple[Vectors, Any]:
        """Vectors of length one, shape (documents, dimensions), and the sparse features."""
        matrices = [view.fit_transform(documents) for view in self._views]
        features = _stacked(matrices)
        return normalize(self._svd.fit_transform(features)), features

    def embed(self, documents: Sequence[Keys]) -> Vectors:
        features = _stacked([view.transform(documents) for view in self._views])
        vectors: Vectors = normalize(self._svd.transform(features))
        return vectors


def skeletons(keys: Keys) -> list[str]:
    """Consonant skeletons of the words, without those too short to tell anything."""
    bones = (skeleton(key).replace(" ", "") for key in keys)
    return [bone for bone in bones if len(bone) >= MIN_SKELETON]


def _itself(keys: Keys) -> Keys:
    return keys


def _joined(keys: Keys) -> str:
    return " ".join(keys)


def _view(read: Callable[[Keys], Keys | str], *, char: bool = False) -> Any:
    common = {"min_df": 2, "sublinear_tf": True, "max_features": _MAX_FEATURES, "dtype": np.float64}
    if char:
        return TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), preprocessor=read, lowercase=False, **common
        )
    return TfidfVectorizer(analyzer=read, **common)


def _stacked(matrices: Sequence[Any]) -> Any:
    weighted = [weight * matrix for weight, matrix in zip(_WEIGHTS, matrices, strict=True)]
    return normalize(sparse.hstack(weighted, format="csr"))
