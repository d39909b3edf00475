"""What makes a family match, over the numbers of its terms."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from collectors.query.scan import Hits, Span
from collectors.query.terms import Term, context_of, exclusions_of, listed_terms, term_of
from config.campaign import Family
from config.expression import And, Expression, Leaf, Near, Not, Or, parse

Places = Callable[[], Mapping[int, Sequence[Span]]]
"""Where the terms of a text stand; asked only where NEAR needs it."""


@dataclass(slots=True)
class Rules:
    """One family. Terms are known by their number in `terms` of the whole matcher."""

    listed: Hits = field(default_factory=set)
    vetoes: Hits = field(default_factory=set)
    context: Hits = field(default_factory=set)
    query: "Test | None" = None
    unwanted: Hits = field(default_factory=set)
    """Terms under a NOT of the query."""

    @classmethod
    def of(cls, family: Family, terms: list[Term]) -> "Rules":
        """The rules of `family`, whose terms are added to `terms`. Raises `ConfigurationError`."""

        def numbered(found: list[Term]) -> Hits:
            first = len(terms)
            terms.extend(found)
            return set(range(first, len(terms)))

        rules = cls(listed=numbered(list(listed_terms(family))))
        if family.query is not None:
            rules.query = _test(parse(family.query), family, terms, rules.unwanted)
        rules.vetoes = numbered(list(exclusions_of(family)))
        rules.context = numbered(list(context_of(family)))
        return rules

    def matched(self, hits: Hits, places: Places, *, in_context: bool) -> list[int]:
        """Terms of a text's `hits` that count for this family, in their order; may be none."""
        if not hits.isdisjoint(self.vetoes):
            return []
        if self.context and not in_context and hits.isdisjoint(self.context):
            return []
        found = hits & self.listed
        if self.query is not None:
            found |= self.query(hits, places) or set()
        return sorted(found)


Test = Callable[[Hits, Places], Hits | None]
"""The terms that make it true of a text, `None` where it is false."""


def _test(tree: Expression, family: Family, terms: list[Term], unwanted: Hits) -> Test:
    """`tree` over numbers; its terms are added to `terms`, those under a NOT to `unwanted`."""

    def number(leaf: Leaf) -> int:
        terms.append(term_of(leaf, family))
        return len(terms) - 1

    def test(part: Expression) -> Test:
        match part:
            case Leaf():
                return _stands(number(part))
            case Near(left, right, words):
                return _near([*map(number, left)], [*map(number, right)], words)
            case Not(inner):
                first = len(terms)
                negated = test(inner)
                unwanted.update(range(first, len(terms)))
                return lambda hits, places: set() if negated(hits, places) is None else None
            case And(parts):
                return _all([*map(test, parts)])
            case Or(parts):
                return _any([*map(test, parts)])

    return test(tree)


def _stands(number: int) -> Test:
    found = {number}
    return lambda hits, places: found if number in hits else None


def _all(tests: Sequence[Test]) -> Test:
    def test(hits: Hits, places: Places) -> Hits | None:
        found: Hits = set()
        for one in tests:
            reasons = one(hits, places)
            if reasons is None:
                return None
            found |= reasons
        return found

    return test


def _any(tests: Sequence[Test]) -> Test:
    def test(hits: Hits, places: Places) -> Hits | None:
        reasons = [found for one in tests if (found := one(hits, places)) is not None]
        return set().union(*reasons) if reasons else None

    return test


def _near(left: Sequence[int], right: Sequence[int], words: int) -> Test:
    def test(hits: Hits, places: Places) -> Hits | None:
        if hits.isdisjoint(left) or hits.isdisjoint(right):
            return None
        at = places()
        found: Hits = set()
        for one in hits.intersection(left):
            for other in hits.intersection(right):
                if _follows(at[one], at[other], words) or _follows(at[other], at[one], words):
                    found |= {one, other}
        return found or None

    return test


def _follows(before: Sequence[Span], after: Sequence[Span], words: int) -> bool:
    """Whether one of `after` begins at most `words` words behind the end of one of `before`."""
    starts = sorted(start for start, _ in after)
    for _, end in before:
        place = bisect_left(starts, end)
        if place < len(starts) and starts[place] <= end + words:
            return True
    return False
