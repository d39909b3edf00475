"""Keeps figures back that rest on fewer than ten authors.

Counts of posts over the whole conversation are shown as they are: they say nothing of anybody.
What says something of the posts behind it (sentiment, offence, topics, signposting, interactions)
or cuts them into groups needs ten authors. Accounts on two platforms may be one person, so authors
are never added across platforms: the platform with most of them decides.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from measures.reach import LEAST_AUTHORS
from measures.rows import Authors

__all__ = ["LEAST_AUTHORS", "enough", "withheld"]

Key = TypeVar("Key", bound=Hashable)


def enough(authors: Iterable[Authors]) -> bool:
    """Whether figures of posts by `authors` may be shown."""
    return max((row.authors for row in authors), default=0) >= LEAST_AUTHORS


def withheld(authors: Mapping[Key, int]) -> frozenset[Key]:
    """Which cells of one column of a table to keep back, by the authors behind each.

    Cells of one to nine authors; and where there are any, the smallest of the others too, since
    the total is told elsewhere and the difference would give them away.
    """
    small = {key for key, count in authors.items() if 0 < count < LEAST_AUTHORS}
    others = [key for key, count in authors.items() if count >= LEAST_AUTHORS]
    if small and others:
        small.add(min(others, key=lambda key: (authors[key], str(key))))
    return frozenset(small)
