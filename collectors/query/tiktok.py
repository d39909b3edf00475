"""Families as conditions of TikTok's Research API."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import product as combinations
from typing import Any

from collectors.base import Query
from collectors.query.packing import Sums, distinct, pack, queries
from collectors.query.products import Product, products_of
from collectors.query.spellings import clean, tag_spellings, unique, word_spellings
from collectors.query.terms import Term, TermKind
from config.campaign import Family

TIKTOK_LIMIT = 4000
"""Characters of one query's JSON. TikTok documents no limit; this one is Sada's."""
Condition = dict[str, Any]


def compile_tiktok(
    families: Sequence[Family],
    regions: Sequence[str] = ("MA",),
    limit: int = TIKTOK_LIMIT,
    scope: str = "campaign",
) -> list[Query]:
    """Queries for `POST /v2/research/video/query/`.

    A query's text is the JSON object that goes into the body as `query` (add `start_date`,
    `end_date`, `max_count`, `cursor`, `search_id`): `or` and `and` lists of `IN` conditions on
    `keyword`, `hashtag_name` and `region_code`, `not` on `hashtag_name`. A list that holds both
    hashtags and keywords stands in `or`; further lists in `and`, once by their keywords and once
    by their hashtags. A family with a context is asked for twice: from creators of `regions`,
    whose country is the context (`in_context`), and from anywhere with a term of the context.
    Unwanted words are left to the `Matcher` (how TikTok cuts words is not documented, and what it
    takes out is lost), NEAR is asked as AND. Raises `ConfigurationError`.
    """
    found: list[Query] = []
    for product in products_of(families):
        if product.context and regions:
            condition = _condition("region_code", list(regions))
            texts = _texts(product, [], [condition], limit)
            found += queries(texts, scope, in_context=True, strict=product.wider)
        context = [_atoms(product.context)] if product.context else []
        found += queries(_texts(product, context, [], limit), scope, strict=product.wider)
    return distinct(found)


def _texts(
    product: Product, context: Sums, conditions: Sequence[Condition], limit: int
) -> Iterator[str]:
    first, *others = [_atoms(terms) for terms in product.sums]
    unwanted = [f"#{tag}" for term in product.unwanted for tag in _tags(term)]
    kinds = [_by_kind(atoms) for atoms in [*others, *context]]
    for choice in combinations(*kinds):

        def render(sums: Sums) -> str:
            body: dict[str, list[Condition]] = {}
            alternatives = [_in(atoms) for atoms in _by_kind(sums[0])]
            demands = [*conditions, *(_in(atoms) for atoms in sums[1:])]
            if len(alternatives) == 1:
                demands = [*alternatives, *demands]
            else:
                body["or"] = alternatives
            if demands:
                body["and"] = demands
            if unwanted:
                body["not"] = [_in(unwanted)]
            return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

        yield from pack([first, *choice], limit, render)


def _condition(field: str, values: Sequence[str]) -> Condition:
    return {"operation": "IN", "field_name": field, "field_values": list(values)}


def _in(atoms: Sequence[str]) -> Condition:
    """Atoms of one kind as a condition."""
    if atoms[0].startswith("#"):
        return _condition("hashtag_name", [atom[1:] for atom in atoms])
    return _condition("keyword", atoms)


def _by_kind(atoms: Sequence[str]) -> list[list[str]]:
    """`atoms` as hashtags and as keywords, each where there is any."""
    tags = [atom for atom in atoms if atom.startswith("#")]
    words = [atom for atom in atoms if not atom.startswith("#")]
    return [kind for kind in (tags, words) if kind]


def _atoms(terms: Iterable[Term]) -> list[str]:
    return unique(atom for term in terms for atom in _spelled(term))


def _spelled(term: Term) -> Iterator[str]:
    yield from (f"#{tag}" for tag in _tags(term))
    if term.kind is not TermKind.HASHTAG:
        yield from word_spellings(term.text)
    if len(term.words) > 1 and (term.kind is TermKind.WORD or term.is_spelled_out):
        yield term.joined
    if term.kind is TermKind.HASHTAG and term.is_spelled_out:
        yield " ".join(term.words)


def _tags(term: Term) -> list[str]:
    """Names of hashtags, in lower case; a word is asked for as a hashtag too."""
    names = list(tag_spellings(term))
    if term.kind is not TermKind.HASHTAG and len(term.words) == 1:
        names = [word for word in word_spellings(term.text) if word.isalnum()]
    return unique(clean(name).lower() for name in names)
