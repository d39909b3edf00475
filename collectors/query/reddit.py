"""Families in Reddit's search syntax, and the listings that are read whole."""

from collections.abc import Iterator, Sequence

from collectors.base import Query
from collectors.query.packing import Spelled, Sums, distinct, pack, query_of
from collectors.query.products import products_of
from collectors.query.spellings import (
    any_of,
    clean,
    quoted,
    tag_spellings,
    unique,
    without_accents,
    word_spellings,
)
from collectors.query.terms import Term, TermKind
from config.campaign import Family

REDDIT_LIMIT = 512
SUBREDDITS_TOGETHER = 20


def compile_reddit(
    families: Sequence[Family],
    subreddits: Sequence[str] = (),
    limit: int = REDDIT_LIMIT,
    scope: str = "campaign",
) -> list[Query]:
    """What to ask Reddit: the newest posts and comments of `subreddits` (matched locally, as
    comments cannot be searched), then searches over all of Reddit.

    A listing's text is its path (`/r/Morocco/new`), a search's text is what is searched for.
    Listings are of subreddits chosen for their country, so they give the context; searches ask
    for it. Exclusions and NOT are applied by the `Matcher` alone, NEAR is asked as AND. Raises
    `ConfigurationError`.
    """
    found = [query_of(path, scope, in_context=True) for path in _listings(subreddits)]
    for product in products_of(families):
        spelled = Spelled(_spelled)
        context = [spelled.atoms(product.context)] if product.context else []

        def render(sums: Sums, context: Sums = context) -> str:
            lists = [*sums, *context]
            return " OR ".join(lists[0]) if len(lists) == 1 else " AND ".join(map(any_of, lists))

        found += [
            query_of(render(sums), scope, strict=product.wider, concepts=spelled.concepts(sums))
            for sums in pack([spelled.atoms(terms) for terms in product.sums], limit, render)
        ]
    return distinct(found)


def _listings(subreddits: Sequence[str]) -> list[str]:
    names = unique(name.removeprefix("/").removeprefix("r/").strip("/ ") for name in subreddits)
    texts: list[str] = []
    for start in range(0, len(names), SUBREDDITS_TOGETHER):
        together = "+".join(names[start : start + SUBREDDITS_TOGETHER])
        texts += [f"/r/{together}/new", f"/r/{together}/comments/"]
    return texts


def _spelled(term: Term) -> Iterator[str]:
    """Reddit knows no hashtags: they are words to it, with their underscores."""
    found = [clean(term.text).replace("_", " ")] if term.kind is TermKind.HASHTAG else []
    if term.kind is not TermKind.HASHTAG:
        found += word_spellings(term.text)
    found += tag_spellings(term)
    if term.kind is TermKind.HASHTAG and term.is_spelled_out:
        found.append(" ".join(term.words))
    if len(term.words) > 1 and (term.kind is TermKind.WORD or term.is_spelled_out):
        found.append(term.joined)
    for spelling in found:
        yield quoted(spelling)
        yield quoted(without_accents(spelling))
