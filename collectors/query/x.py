"""Families in X's search syntax."""

from collections.abc import Iterable, Iterator, Sequence

from collectors.base import Query
from collectors.query.packing import Spelled, Sums, distinct, pack, query_of
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
        spelled = Spelled(_spelled)
        context = spelled.atoms(product.context)
        tail = [any_of(context)] if context else []
        tail += [*(f"-{atom}" for atom in _unwanted(product.unwanted)), "-is:retweet"]

        def render(sums: Sums, tail: Sequence[str] = tail) -> str:
            return " ".join([*map(any_of, sums), *tail])

        found += [
            query_of(render(sums), scope, strict=product.wider, concepts=spelled.concepts(sums))
            for sums in pack([spelled.atoms(terms) for terms in product.sums], limit, render)
        ]
    return distinct(found)


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
