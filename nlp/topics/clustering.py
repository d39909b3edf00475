"""Groups of like documents: many small ones first, then those that talk of the same are joined."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.preprocessing import normalize

Labels = NDArray[np.int64]
OUTLIER = -1


class TopicClusters(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """K-means on the vectors, then clusters with like features are joined.

    `features` has the documents' rows in the same order as what is fitted. At most
    `outlier_share` of the documents, those farthest from their cluster's middle, and clusters
    smaller than `smallest` belong nowhere (-1).
    """

    def __init__(
        self,
        features: Any,
        start: int,
        most: int,
        smallest: int,
        *,
        likeness: float = 0.15,
        outlier_share: float = 0.1,
        seed: int = 0,
    ) -> None:
        self.features = features
        self.start = start
        self.most = most
        self.smallest = smallest
        self.likeness = likeness
        self.outlier_share = outlier_share
        self.seed = seed

    def fit(self, vectors: NDArray[np.float64], y: object = None) -> Self:
        groups = KMeans(self.start, n_init=8, random_state=self.seed).fit_predict(vectors)
        groups = self._joined(np.asarray(groups, dtype=np.int64))
        self.labels_ = self._without_outliers(vectors, groups)
        return self

    def predict(self, vectors: NDArray[np.float64]) -> Labels:
        """The nearest group's label, for documents that were not fitted."""
        likeness = vectors @ self.middles_.T
        labels: Labels = np.where(
            likeness.max(axis=1) >= self.floor_, likeness.argmax(axis=1), OUTLIER
        ).astype(np.int64)
        return labels

    def _joined(self, groups: Labels) -> Labels:
        """Groups whose middles in feature space are alike become one; no more than `most` stay."""
        count = int(groups.max()) + 1
        if count < 2:
            return groups
        middles = normalize(_middles(self.features, groups, count))
        distances = np.clip(1.0 - middles @ middles.T, 0.0, 2.0)
        np.fill_diagonal(distances, 0.0)
        joined = _agglomerate(distances, distance_threshold=1.0 - self.likeness)
        if joined.max() + 1 > self.most:
            joined = _agglomerate(distances, n_clusters=self.most)
        return joined[groups]

    def _without_outliers(self, vectors: NDArray[np.float64], groups: Labels) -> Labels:
        count = int(groups.max()) + 1
        middles = normalize(_middles(vectors, groups, count))
        likeness = np.einsum("ij,ij->i", vectors, middles[groups])
        self.floor_ = min(float(np.quantile(likeness, self.outlier_share)), 0.35)
        labels = np.where(likeness >= self.floor_, groups, OUTLIER)
        sizes = np.bincount(labels[labels >= 0], minlength=count)
        large = sizes >= self.smallest
        if not large.any():
            large = sizes == sizes.max()
        self.middles_ = middles[large]
        numbers = np.where(large, np.cumsum(large) - 1, OUTLIER)
        strays = (labels >= 0) & ~large[groups]
        labels = np.where(labels >= 0, numbers[groups], OUTLIER)
        labels[strays] = self.predict(vectors[strays])
        return np.asarray(labels, dtype=np.int64)


def _agglomerate(
    distances: NDArray[np.float64],
    n_clusters: int | None = None,
    distance_threshold: float | None = None,
) -> Labels:
    model = AgglomerativeClustering(
        n_clusters=n_clusters,
        distance_threshold=distance_threshold,
        metric="precomputed",
        linkage="average",
    )
    return np.asarray(model.fit_predict(distances), dtype=np.int64)


def _middles(rows: Any, groups: Labels, count: int) -> NDArray[np.float64]:
    """Mean of the rows of each group, shape (count, columns)."""
    member = np.zeros((count, len(groups)))
    member[groups, np.arange(len(groups))] = 1.0
    member /= np.maximum(member.sum(axis=1, keepdims=True), 1.0)
    return np.asarray(member @ rows)
