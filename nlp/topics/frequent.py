"""The commonest content words and the texts that have them: whose use can be followed by day."""

from collections import Counter
from collections.abc import Sequence

from nlp.topics.terms import terms_of

MOST_WORDS = 200
LEAST_TEXTS = 10


def frequent_words(
    texts: Sequence[str], *, most: int = MOST_WORDS, least: int = LEAST_TEXTS
) -> list[tuple[str, list[int]]]:
    """Up to `most` words of at least `least` texts, commonest first, with the positions of their
    texts. A word stands as people mostly write it and takes its other spellings along."""
    terms = terms_of(texts)
    counted = Counter(key for keys in terms.keys for key in set(keys))
    chosen = sorted(
        (key for key, count in counted.items() if count >= least),
        key=lambda key: (-counted[key], key),
    )[:most]
    found: dict[str, list[int]] = {key: [] for key in chosen}
    for position, keys in enumerate(terms.keys):
        for key in set(keys):
            if key in found:
                found[key].append(position)
    return [(terms.surface[key], positions) for key, positions in found.items()]
