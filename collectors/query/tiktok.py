"""Families as conditions of TikTok's Research API."""

import json
from collections.abc import Iterator, Sequence
from itertools import product as combinations
from typing import Any

from collectors.base import Query
from collectors.query.packing import Spelled, Sums, distinct, pack, query_of
from collectors.query.products import products_of
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
        spelled = Spelled(_spelled)
        lists = [spelled.atoms(terms) for terms in product.sums]
        asked: list[tuple[Sums, list[Condition], bool]] = [(lists, [], False)]
        if product.context:
            asked = [([*lists, spelled.atoms(product.context)], [], False)]
            if regions:
                asked.insert(0, (lists, [_condition("region_code", regions)], True))
        for sums, conditions, in_context in asked:
            render = _Body(conditions, product.unwanted).render
            found += [
                query_of(
                    render(part),
                    scope,
                    in_context=in_context,
                    strict=product.wider,
                    concepts=spelled.concepts(part[: len(lists)]),
                )
                for kinds in _of_one_kind(sums)
                for part in pack(kinds, limit, render)
            ]
    return distinct(found)


def _of_one_kind(sums: Sums) -> Iterator[Sums]:
    """The first list as it is, the others either by their hashtags or by their keywords."""
    first, *others = sums
    for choice in combinations(*map(_by_kind, others)):
        yield [first, *choice]


class _Body:
    """The JSON of one query beside the terms that it asks for."""

    def __init__(self, conditions: Sequence[Condition], unwanted: Sequence[Term]) -> None:
        self._conditions = conditions
        self._unwanted = unique(f"#{tag}" for term in unwanted for tag in _tags(term))

    def render(self, sums: Sums) -> str:
        body: dict[str, list[Condition]] = {}
        alternatives = [_in(atoms) for atoms in _by_kind(sums[0])]
        demands = [*self._conditions, *(_in(atoms) for atoms in sums[1:])]
        if len(alternatives) == 1:
            demands = [*alternatives, *demands]
        else:
            body["or"] = alternatives
        if demands:
            body["and"] = demands
        if self._unwanted:
            body["not"] = [_in(self._unwanted)]
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


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
