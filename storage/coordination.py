"""When postings of one text count as co-ordinated. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rule:
    """So many `accounts` within this time post a text of so many `words` of its own.

    A text with a link needs `linked_words`: the title of an article is what its share button
    writes for everybody.
    """

    accounts: int = 5
    within: timedelta = timedelta(minutes=10)
    words: int = 8
    linked_words: int = 20


@dataclass(frozen=True, slots=True)
class Posting:
    """A post of a group (`leader`), by whom and when."""

    post_id: int
    at: datetime
    author: int | None
    leader: int | None


def coordinated(posts: Sequence[Posting], rule: Rule) -> list[int]:
    """Ids of the posts that lie in a stretch of `rule.within` in which at least `rule.accounts`
    different accounts posted. `posts` are one group's, oldest first; authors are known."""
    found: list[int] = []
    authors: Counter[int | None] = Counter()
    first = told = 0
    for last, post in enumerate(posts):
        authors[post.author] += 1
        while post.at - posts[first].at > rule.within:
            authors[posts[first].author] -= 1
            if not authors[posts[first].author]:
                del authors[posts[first].author]
            first += 1
        if len(authors) >= rule.accounts:
            found += [one.post_id for one in posts[max(first, told) : last + 1]]
            told = last + 1
    return found
