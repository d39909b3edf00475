"""Families brought to the one form that every platform can be asked in.

A product is a conjunction of lists: one term of each list, none of the unwanted ones. Lists of
terms are one product; a `query` becomes as many as its ORs need. NEAR is asked as AND, and a NOT
of several terms together is not asked at all: the product is `wider`, and what comes back is
matched locally.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product as combinations
from math import prod

from collectors.query.terms import (
    Term,
    TermKind,
    context_of,
    exclusions_of,
    listed_terms,
    term_of,
)
from config.campaign import Family
from config.errors import ConfigurationError
from config.expression import And, Expression, Leaf, Near, Not, Or, parse

MOST = 64
"""Products of one family; more would be as many searches a round."""
Meaning = frozenset[tuple[TermKind, tuple[str, ...]]]
Sum = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """One term of each of `sums`, one of `context` where there is any, none of `unwanted`."""

    sums: tuple[Sum, ...]
    context: Sum = ()
    unwanted: Sum = ()
    wider: bool = False


def products_of(families: Sequence[Family]) -> list[Product]:
    """What to ask for `families`, in the order of the campaign file.

    Plain lists with the same exclusions and the same context are one product, in whatever order
    the families give them. Raises `ConfigurationError`.
    """
    merged: dict[object, Product] = {}
    for family in families:
        for one in _of(family):
            plain = len(one.sums) == 1
            key = (_meaning(one.context), _meaning(one.unwanted), one.wider) if plain else one
            known = merged.get(key)
            together = (*known.sums[0], *one.sums[0]) if known and plain else ()
            merged[key] = replace(known, sums=(together,)) if known and plain else one
    return list(merged.values())


def _of(family: Family) -> Iterator[Product]:
    context, exclusions = tuple(context_of(family)), tuple(exclusions_of(family))
    listed = tuple(listed_terms(family))
    if listed:
        yield Product((listed,), context, exclusions)
    for part in _asked(family):
        unwanted = (*part.unwanted, *exclusions)
        yield Product(part.sums, context, unwanted, part.wider)


def _meaning(terms: Iterable[Term]) -> Meaning:
    return frozenset((term.kind, term.words) for term in terms)


def _asked(family: Family) -> list[Product]:
    if family.query is None:
        return []

    def products(tree: Expression) -> list[Product]:
        match tree:
            case Leaf():
                return [Product(((term_of(tree, family),),))]
            case Near(left, right):
                sides = tuple(
                    tuple(term_of(leaf, family) for leaf in side) for side in (left, right)
                )
                return [Product(sides, wider=True)]
            case Not(part):
                return [negated(part)]
            case Or(parts):
                return _united([one for part in parts for one in products(part)])
            case And(parts):
                return _crossed([products(part) for part in parts], family)

    def negated(tree: Expression) -> Product:
        match tree:
            case Leaf():
                return Product((), unwanted=(term_of(tree, family),))
            case Or(parts):
                return _joined([negated(part) for part in parts])
            case _:
                return Product((), wider=True)

    found = products(parse(family.query))
    _demand_few(len(found), family)
    return found


def _crossed(factors: Sequence[list[Product]], family: Family) -> list[Product]:
    """Every choice of one product of each factor."""
    _demand_few(prod(map(len, factors)), family)
    return _united([_joined(choice) for choice in combinations(*factors)])


def _demand_few(count: int, family: Family) -> None:
    if count > MOST:
        raise ConfigurationError(
            f"family '{family.concept}': its query would become {count} searches, {MOST} at most"
            " are asked. Use fewer ORs inside ANDs, fewer NEARs, or make families of its parts."
        )


def _joined(parts: Sequence[Product]) -> Product:
    return Product(
        tuple(one for part in parts for one in part.sums),
        unwanted=tuple(term for part in parts for term in part.unwanted),
        wider=any(part.wider for part in parts),
    )


def _united(parts: Sequence[Product]) -> list[Product]:
    """`parts` with plain lists, which one search can ask, made one."""
    plain = [part for part in parts if _is_plain(part)]
    if len(plain) < 2:
        return list(parts)
    together = Product((tuple(term for part in plain for term in part.sums[0]),))
    first = parts.index(plain[0])
    rest = [part for part in parts if not _is_plain(part)]
    return [*rest[:first], together, *rest[first:]]


def _is_plain(part: Product) -> bool:
    return len(part.sums) == 1 and not part.unwanted and not part.wider
