"""Families as the hashtags whose timelines Mastodon servers show."""

import re
from collections.abc import Iterator, Sequence

from collectors.base import Query
from collectors.query.packing import Spelled, distinct, query_of
from collectors.query.products import products_of
from collectors.query.spellings import as_typed, clean, tag_spellings, without_accents
from collectors.query.terms import Term, TermKind
from config.campaign import Family


def compile_mastodon(families: Sequence[Family], scope: str = "campaign") -> list[Query]:
    """Hashtag timelines to read: Mastodon lets nobody search the words of all public posts.

    A query's text is one hashtag without `#`, in lower case and without accents, as servers fold
    them: it goes into `/api/v1/timelines/tag/{text}`. Words and phrases are asked for as the
    hashtag made of them, so a post that writes them without one is not found. Of lists joined by
    AND only the shortest is asked. Context, exclusions, NOT and NEAR are applied by the `Matcher`
    alone: queries are `strict`. Raises `ConfigurationError`.
    """
    found: list[Query] = []
    for product in products_of(families):
        spelled = Spelled(_tags)
        lists = [tags for terms in product.sums if (tags := spelled.atoms(terms))]
        found += [
            query_of(tag, scope, strict=True, concepts=spelled.concepts([[tag]]))
            for tag in (min(lists, key=len) if lists else [])
        ]
    return distinct(found)


def _tags(term: Term) -> Iterator[str]:
    yield from (without_accents(tag) for tag in _written(term) if not tag.isdecimal())


def _written(term: Term) -> Iterator[str]:
    yield from tag_spellings(term)
    if term.kind is TermKind.HASHTAG or len(term.words) > 1:
        return
    word = "".join(re.findall(r"\w+", clean(term.text)))
    yield word
    yield as_typed(word)
