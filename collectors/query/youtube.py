"""Families in the `q` of YouTube's `search` endpoint."""

from collections.abc import Iterable, Iterator, Sequence

from collectors.base import Query
from collectors.query.packing import Spelled, Sums, distinct, pack, query_of
from collectors.query.products import products_of
from collectors.query.spellings import as_typed, clean, quoted, tag_spellings, unique
from collectors.query.terms import Term, TermKind
from config.campaign import Family

YOUTUBE_LIMIT = 400
"""Characters of a `q`. YouTube documents no limit; this one is Sada's."""


def compile_youtube(
    families: Sequence[Family], limit: int = YOUTUBE_LIMIT, scope: str = "campaign"
) -> list[Query]:
    """Searches for YouTube, few and long, as each page costs one of a day's 100 calls.

    A query's text goes into `q` as it is: `|` means OR and binds closer than the space, which
    means AND; `-word` takes out: `mamhkoumch|"ma m7koumch" maroc|المغرب -football` (as Google's own
    example, `boating|sailing -fishing`; that two `|` groups may follow each other is assumed).
    Queries are `strict`: YouTube's search returns related videos too, so only what matches locally
    is kept. Only single words are taken out in the query; phrases and hashtags are by the
    `Matcher`. NEAR is asked as AND. Raises `ConfigurationError`.
    """
    found: list[Query] = []
    for product in products_of(families):
        spelled = Spelled(_spelled)
        context = [spelled.atoms(product.context)] if product.context else []
        tail = [f"-{word}" for word in _unwanted(product.unwanted)]

        def render(sums: Sums, context: Sums = context, tail: Sequence[str] = tail) -> str:
            return " ".join([*map("|".join, [*sums, *context]), *tail])

        found += [
            query_of(render(sums), scope, strict=True, concepts=spelled.concepts(sums))
            for sums in pack([spelled.atoms(terms) for terms in product.sums], limit, render)
        ]
    return distinct(found)


def _spelled(term: Term) -> Iterator[str]:
    """Few spellings: YouTube's own search is generous with accents, articles and endings."""
    given = clean(term.text)
    if term.kind is TermKind.HASHTAG:
        yield f"#{given}"
        yield f"#{as_typed(given)}"
        if term.is_spelled_out:
            yield quoted(" ".join(term.words))
        return
    yield quoted(given)
    yield quoted(as_typed(given))
    yield from (f"#{tag}" for tag in tag_spellings(term))


def _unwanted(terms: Iterable[Term]) -> list[str]:
    words = (clean(term.text) for term in terms if term.kind is not TermKind.HASHTAG)
    return unique(word for word in words if quoted(word) == word)
