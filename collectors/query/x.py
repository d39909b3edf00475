"""Families in X's search syntax."""

from collections.abc import Iterable, Iterator, Sequence

from collectors.base import Query
from collectors.query.packing import Sums, distinct, pack, queries
from collectors.query.products import products_of
from collectors.query.spellings import any_of, clean, quoted, tag_spellings, unique, word_spellings
from collectors.query.terms import Term, TermKind
from config.campaign import Family

X_LIMIT = 512
"""Characters of a recent-search query; full-archive search takes 1,024."""


def compile_x(
    families: Sequence[Family], limit: int = X_LIMIT, scope: str = "campaign"
) -> list[Query]:
    """Queries for X's search, none over `limit` characters, which together ask for every term.

    A query's text goes into the parameter `query` as it is. Families with the same exclusions and
    context share queries. Reposts are left out: they are read from `public_metrics`. NEAR is asked
    as AND. Raises `ConfigurationError` when a term cannot fit.
    """
    found: list[Query] = []
    for product in products_of(families):
        context = [any_of(atoms)] if (atoms := _atoms(product.context)) else []
        tail = [*context, *(f"-{atom}" for atom in _unwanted(product.unwanted)), "-is:retweet"]

        def render(sums: Sums, tail: Sequence[str] = tail) -> str:
            return " ".join([*map(any_of, sums), *tail])

        texts = pack([_atoms(terms) for terms in product.sums], limit, render)
        found += queries(texts, scope, strict=product.wider)
    return distinct(found)


def _atoms(terms: Iterable[Term]) -> list[str]:
    return unique(atom for term in terms for atom in _spelled(term))


def _spelled(term: Term) -> Iterator[str]:
    if term.kind is not TermKind.HASHTAG:
        yield from map(quoted, word_spellings(term.text))
    if term.kind is TermKind.WORD and len(term.words) > 1:
        yield term.joined
    yield from (f"#{tag}" for tag in tag_spellings(term))
    if term.kind is TermKind.HASHTAG and term.is_spelled_out:
        yield quoted(" ".join(term.words))
        yield term.joined


def _unwanted(terms: Iterable[Term]) -> list[str]:
    """As given only: what is taken out must be what the local matcher takes out too."""
    return unique(
        f"#{clean(term.text)}" if term.kind is TermKind.HASHTAG else quoted(clean(term.text))
        for term in terms
    )
