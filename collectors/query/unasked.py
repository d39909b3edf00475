"""What a platform's search cannot be asked, in words: it is left to the local matcher."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.campaign import Family
from config.expression import And, Expression, Leaf, Near, Not, Or, parse


@dataclass(frozen=True, slots=True)
class Search:
    """What a platform's search can be asked. None of them knows NEAR."""

    words: bool = True
    """Words and phrases in a text, not hashtags alone."""
    context: bool = True
    takes_out: str = ""
    """What of a NOT and of exclusions is asked; empty for nothing."""
    loose: bool = False
    """It returns posts that hold none of the terms."""


SEARCHES: Mapping[str, Search] = {
    "x": Search(takes_out="terms"),
    "reddit": Search(),
    "youtube": Search(takes_out="single words", loose=True),
    "tiktok": Search(takes_out="hashtags"),
    "bluesky": Search(context=False),
    "mastodon": Search(words=False, context=False),
}
"""By the source's name; a source that is read whole is not listed."""


def unasked(source: str, family: Family) -> list[str]:
    """What `source` is not asked of `family`; each line says what happens instead.

    Raises `ExpressionError` for a query that cannot be read.
    """
    search = SEARCHES.get(source)
    if search is None:
        return ["nothing is asked: all that comes is matched here"]
    return list(_lines(search, family))


def _lines(search: Search, family: Family) -> Iterator[str]:
    tree = None if family.query is None else parse(family.query)
    if not search.words and (family.words or family.phrases or tree is not None):
        yield "only hashtags are asked: posts that write the words without # are not found"
    if tree is not None and _has(tree, Near):
        yield "NEAR is asked as AND; how near is looked at here"
    if family.context and not search.context:
        yield "the context is not asked: it is looked for here"
    if search.takes_out != "terms" and (family.exclusions or (tree and _has(tree, Not))):
        but = f"only {search.takes_out} of NOT and exclusions are" if search.takes_out else ""
        yield f"{but or 'NOT and exclusions are not'} asked: the rest is taken out here"
    elif tree is not None and _negates_several(tree):
        yield "a NOT of terms joined by AND or NEAR is not asked: it is applied here"
    if search.loose:
        yield "related posts come too: those without the terms are left out here"


def _parts(tree: Expression) -> tuple[Expression, ...]:
    match tree:
        case Not(part=part):
            return (part,)
        case And(parts) | Or(parts):
            return parts
        case _:
            return ()


def _has(tree: Expression, kind: type) -> bool:
    return isinstance(tree, kind) or any(_has(part, kind) for part in _parts(tree))


def _negates_several(tree: Expression) -> bool:
    if isinstance(tree, Not):
        inner = tree.part.parts if isinstance(tree.part, Or) else (tree.part,)
        return not all(isinstance(part, Leaf) for part in inner)
    return any(map(_negates_several, _parts(tree)))
