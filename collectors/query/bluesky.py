"""Families in the `q` of Bluesky's `app.bsky.feed.searchPosts`."""

from collections.abc import Iterator, Sequence
from itertools import product as combinations
from math import prod

from collectors.base import Query
from collectors.query.packing import Spelled, Sums, distinct, query_of
from collectors.query.products import products_of
from collectors.query.spellings import quoted, tag_spellings, word_spellings
from collectors.query.terms import Term, TermKind
from config.campaign import Family

COMBINATIONS = 36
"""From how many pairs on only one of the lists that AND joins is asked for."""


def compile_bluesky(families: Sequence[Family], scope: str = "campaign") -> list[Query]:
    """Searches for Bluesky, one for each spelling, as its search knows no OR.

    A query's text goes into `q` as it is: a word, a `"phrase"` or a `#hashtag`, or several of
    these with a space between, all of which must stand in the post. (Hashtags go into `q`: the
    parameter `tag` is documented but was reported to change nothing,
    https://github.com/bluesky-social/atproto/issues/3301; nor does OR work, issues/3751.)
    Context, exclusions and NOT are not asked, NEAR is asked as AND, and of lists joined by AND
    that would make more than `COMBINATIONS` searches only the shortest: queries are `strict`, and
    the `Matcher` decides. Raises `ConfigurationError`.
    """
    found: list[Query] = []
    for product in products_of(families):
        spelled = Spelled(_spelled)
        found += [
            query_of(" ".join(atoms), scope, strict=True, concepts=spelled.concepts([atoms]))
            for atoms in _searches([spelled.atoms(terms) for terms in product.sums])
        ]
    return distinct(found)


def _searches(sums: Sums) -> Iterator[Sequence[str]]:
    """Atoms that are asked for together."""
    pairs = prod(map(len, sums))
    yield from combinations(*(sums if pairs <= COMBINATIONS else [min(sums, key=len)]))


def _spelled(term: Term) -> Iterator[str]:
    if term.kind is not TermKind.HASHTAG:
        yield from map(quoted, word_spellings(term.text))
    if len(term.words) > 1 and (term.kind is TermKind.WORD or term.is_spelled_out):
        yield term.joined
    yield from (f"#{tag}" for tag in tag_spellings(term))
    if term.kind is TermKind.HASHTAG and term.is_spelled_out:
        yield quoted(" ".join(term.words))
