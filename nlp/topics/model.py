"""Texts in, numbered and labelled topics out."""

import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nlp.bridge import skeleton
from nlp.topics.terms import Terms, terms_of

MODEL = "bertopic-light-1"
"""Name and version of how topics are found; changes whenever the same texts may get others."""
MIN_TEXTS = 30
"""Distinct texts with at least one content word, below which no topics are looked for."""
MAX_FITTED = 12_000
"""Texts that the model learns from; the others are assigned to what was learnt."""
EMBEDDED_AT_ONCE = 5_000
"""Texts that are assigned in one go: bounds the memory of a large campaign."""
LABEL_WORDS = 4
_KEPT_WORDS = 10
_COMMON = 0.35
"""A word in more than this share of the texts says nothing about one topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. Numbers start at 0 with the largest; `size` counts texts; words best first."""

    number: int
    label: str
    words: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Topics:
    """Topics and, for each text in input order, its topic's number or -1 for none.

    `reason` says why there are no topics (`not enough texts`), else it is empty.
    """

    topics: tuple[Topic, ...]
    assignments: tuple[int, ...]
    reason: str = ""
    model: str = MODEL


def find_topics(texts: Sequence[str], *, seed: int = 0, size_hint: int | None = None) -> Topics:
    """Topics of `texts`: the same for the same texts and seed, in whatever order they come.

    `size_hint` is the number of topics wanted at most; by default it grows with the texts up to
    25. A text without content words (emoji, greetings) belongs to none. Fewer than `MIN_TEXTS`
    distinct texts give no topics and a reason, no error.
    """
    distinct = sorted(set(texts), key=lambda text: (_order(text), text))
    terms = terms_of(distinct)
    documents = _without_common(terms.keys)
    telling = [place for place, keys in enumerate(documents) if keys]
    if len(telling) < MIN_TEXTS:
        return Topics((), (-1,) * len(texts), f"not enough texts: {len(telling)} of {MIN_TEXTS}")
    numbers, words = _fitted([documents[place] for place in telling], seed, size_hint)
    by_text = dict.fromkeys(distinct, -1)
    by_text |= {distinct[place]: number for place, number in zip(telling, numbers, strict=True)}
    return _numbered([by_text[text] for text in texts], words, terms)


def _order(text: str) -> str:
    """A key by which a sample of the first texts is a fair one, whatever the texts."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _without_common(documents: Sequence[Sequence[str]]) -> list[list[str]]:
    spread = Counter(key for keys in documents for key in set(keys))
    limit = max(_COMMON * len(documents), 10)
    return [[key for key in keys if spread[key] <= limit] for keys in documents]


def _fitted(
    documents: list[list[str]], seed: int, size_hint: int | None
) -> tuple[list[int], dict[int, list[tuple[str, float]]]]:
    """Raw topic number of each document, and weighted words of each topic."""
    from threadpoolctl import threadpool_limits

    from nlp.topics.clustering import TopicClusters
    from nlp.topics.embedding import Embedder

    sample, rest = documents[:MAX_FITTED], documents[MAX_FITTED:]
    start, most = _sizes(len(sample), size_hint)
    with threadpool_limits(1):  # sums in another order would be other numbers in the last digit
        embedder = Embedder(max(8, min(60, start + start // 4)), seed)
        vectors, features = embedder.fit(sample)
        clusters = TopicClusters(features, start, most, max(4, len(sample) // 250), seed=seed)
        model = _bertopic(clusters)
        raw = [" ".join(keys) for keys in sample]
        numbers, _ = model.fit_transform(raw, embeddings=vectors)
        if rest:
            mapped = dict(zip(clusters.labels_.tolist(), numbers, strict=True)) | {-1: -1}
            for first in range(0, len(rest), EMBEDDED_AT_ONCE):
                vectors = embedder.embed(rest[first : first + EMBEDDED_AT_ONCE])
                numbers = [*numbers, *(mapped[n] for n in clusters.predict(vectors))]
    return [int(n) for n in numbers], {n: model.get_topic(n) for n in set(numbers) if n >= 0}


def _sizes(count: int, size_hint: int | None) -> tuple[int, int]:
    """Clusters to start with and topics to end with at most."""
    most = size_hint or max(4, min(25, round((count / 4) ** 0.5)))
    start = min(max(6, min(40, round((count / 2) ** 0.5)), most), count // 4)
    return start, min(most, start)


def _bertopic(clusters: Any) -> Any:
    """BERTopic with our vectors and clusters; none of its neural or random parts."""
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")  # "PyTorch was not found"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    return BERTopic(
        language="multilingual",  # "english" strips all Arabic
        top_n_words=30,
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=clusters,
        vectorizer_model=CountVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        calculate_probabilities=False,
        verbose=False,
    )


def _numbered(raw: list[int], words: dict[int, list[tuple[str, float]]], terms: Terms) -> Topics:
    """Topics by size, largest first; equal sizes in the order of their labels."""
    sizes = Counter(number for number in raw if number >= 0)
    shown = {number: _shown_words(words[number], terms) for number in sizes}
    order = sorted(sizes, key=lambda number: (-sizes[number], shown[number]))
    final = {old: new for new, old in enumerate(order)} | {-1: -1}
    topics = tuple(
        Topic(final[old], " · ".join(shown[old][:LABEL_WORDS]), shown[old], sizes[old])
        for old in order
    )
    return Topics(topics, tuple(final[number] for number in raw))


def _shown_words(weighted: list[tuple[str, float]], terms: Terms) -> tuple[str, ...]:
    """The best words as people write them, one a consonant skeleton."""
    chosen: dict[str, str] = {}
    for key, weight in sorted(weighted, key=lambda pair: (-pair[1], pair[0])):
        if weight > 0 and key in terms.surface and len(chosen) < _KEPT_WORDS:
            chosen.setdefault(skeleton(key) or key, terms.surface[key])
    return tuple(chosen.values())
