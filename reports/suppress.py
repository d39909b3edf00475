"""Keeps figures back that rest on fewer than ten authors.

Counts of posts over the whole conversation are shown as they are: they say nothing of anybody.
What says something of the posts behind it (sentiment, offence, topics, signposting, interactions)
or cuts them into groups needs ten authors. Accounts on two platforms may be one person, so authors
are never added across platforms: the platform with most of them decides.
"""

from collections.abc import Iterable

from measures.rows import Authors

LEAST_AUTHORS = 10


def enough(authors: Iterable[Authors]) -> bool:
    """Whether figures of posts by `authors` may be shown."""
    return max((row.authors for row in authors), default=0) >= LEAST_AUTHORS
