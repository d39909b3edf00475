"""Which campaign terms a text holds: the same meaning that is asked of the platforms."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from collectors.query.rules import Rules
from collectors.query.scan import Hits, Scanner
from collectors.query.terms import Term
from config.campaign import Family


@dataclass(frozen=True, slots=True)
class Match:
    """`terms`: labels of all terms found, in the order of the campaign file; of a `query`, those
    that made it true.

    `scope`: `campaign` when one of the campaign's families matched, else `topic`.
    """

    scope: Literal["campaign", "topic"]
    terms: tuple[str, ...]


class Matcher:
    """Matches texts against a campaign's families and its topic query.

    A family's exclusion vetoes that family only, and its context is asked of it only. Raises
    `ConfigurationError` for a term without letters. Safe to share between threads.
    """

    def __init__(self, families: Sequence[Family], topic_query: Sequence[Family] = ()) -> None:
        terms: list[Term] = []
        self._family_of: list[int] = []
        self._rules: list[Rules] = []
        for number, family in enumerate((*families, *topic_query)):
            self._rules.append(Rules.of(family, terms))
            self._family_of += [number] * (len(terms) - len(self._family_of))
        self._labels = [term.label for term in terms]
        self._unwanted = {term for rules in self._rules for term in rules.vetoes | rules.unwanted}
        self._campaign_families = len(families)
        self._scan = Scanner(terms)

    def match(self, text: str, *, in_context: bool = False) -> Match | None:
        """What `text` is about, `None` when no term stands in it or none counts.

        A term does not count where its family is vetoed, or asks for a context of which nothing
        stands in `text`. `in_context`: where `text` comes from gives the context (a country's
        subreddit, a person's choice), so it is not looked for.
        """
        hits = self._scan.find(text)
        return self._judge(text, hits, in_context=in_context) if hits else None

    def is_vetoed(self, text: str) -> bool:
        """Whether something unwanted stands in `text` and no family matches in spite of it.

        Unwanted are exclusions and the terms under a NOT. For posts that a platform found by what
        Sada does not see (a linked page's title).
        """
        hits = self._scan.find(text)
        return bool(hits & self._unwanted) and self._judge(text, hits, in_context=False) is None

    def _judge(self, text: str, hits: Hits, *, in_context: bool) -> Match | None:
        places = cache(lambda: self._scan.places(text))
        kept: list[int] = []
        for number in sorted({self._family_of[hit] for hit in hits}):
            kept += self._rules[number].matched(hits, places, in_context=in_context)
        if not kept:
            return None
        campaign = self._family_of[kept[0]] < self._campaign_families
        return Match(
            "campaign" if campaign else "topic",
            tuple(dict.fromkeys(self._labels[term] for term in kept)),
        )
