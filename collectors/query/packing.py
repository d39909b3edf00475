"""Atoms packed into queries that a platform's limit allows.

Each query is packed with as many atoms as fit, in the order of the campaign file, so the same file
always gives the same queries and a term added at the end changes the last one only. A query's
`key` is a hash of its text: while its text stays, what was collected for it counts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

from collectors.base import Query
from collectors.query.terms import Term
from config.errors import ConfigurationError

Sums = Sequence[Sequence[str]]
"""Atoms of which one of each inner list must stand in a post."""


def query_of(
    text: str,
    scope: str,
    *,
    in_context: bool = False,
    strict: bool = False,
    concepts: Iterable[str] = (),
) -> Query:
    """`text` as a query, with the rest as in `Query`."""
    return Query(key_of(text), text, scope, in_context, strict, tuple(dict.fromkeys(concepts)))


class Spelled:
    """Terms as a platform's atoms, each once, and whose atoms they are."""

    def __init__(self, spell: Callable[[Term], Iterable[str]]) -> None:
        self._spell = spell
        self._concepts: dict[str, dict[str, None]] = {}

    def atoms(self, terms: Iterable[Term]) -> list[str]:
        """The atoms of `terms`, each once whatever its case, in order."""
        found: dict[str, str] = {}
        for term in terms:
            for atom in self._spell(term):
                found.setdefault(atom.casefold(), atom)
                self._concepts.setdefault(atom.casefold(), {})[term.concept] = None
        return list(found.values())

    def concepts(self, sums: Sums) -> list[str]:
        """The families that one of the atoms comes from, as the campaign file calls them."""
        return [
            concept
            for atoms in sums
            for atom in atoms
            for concept in self._concepts[atom.casefold()]
        ]


def distinct(found: Iterable[Query]) -> list[Query]:
    """Each text once, for all its concepts; `strict` only where every query of that text is."""
    known: dict[str, Query] = {}
    for query in found:
        before = known.setdefault(query.key, query)
        concepts = tuple(dict.fromkeys((*before.concepts, *query.concepts)))
        strict = before.strict and query.strict
        known[query.key] = replace(before, strict=strict, concepts=concepts)
    return list(known.values())


def key_of(text: str) -> str:
    """A short name for a query, the same in every run."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def pack(sums: Sums, limit: int, render: Callable[[Sums], str]) -> Iterator[Sums]:
    """Parts of `sums` of which `render` makes texts within `limit` characters, filled in order.

    Together they ask for every combination of `sums`: the longest list is the one dealt out, the
    others are repeated. Raises `ConfigurationError` when one atom of each is too long.
    """
    if not all(sums):
        return
    if len(render(sums)) <= limit:
        yield sums
        return
    place = max(range(len(sums)), key=lambda at: (len(sums[at]) > 1, len(" ".join(sums[at]))))
    if len(sums[place]) == 1:
        raise ConfigurationError(
            f"'{sums[place][0]}' with its family's exclusions and context is longer than the"
            f" {limit} characters that the platform allows. Shorten the term or these."
        )

    def held(atoms: Sequence[str]) -> Sums:
        return [*sums[:place], atoms, *sums[place + 1 :]]

    for atoms in _deal(sums[place], lambda atoms: len(render(held(atoms))) <= limit):
        yield from pack(held(atoms), limit, render)


def _deal(atoms: Sequence[str], fits: Callable[[Sequence[str]], bool]) -> Iterator[list[str]]:
    """Runs of `atoms`, each as long as it fits; an atom that does not fit alone stands alone."""
    run: list[str] = []
    for atom in atoms:
        if run and not fits([*run, atom]):
            yield run
            run = []
        run.append(atom)
    yield run
