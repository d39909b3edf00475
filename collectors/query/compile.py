"""Families in a platform's own syntax, split into queries that its limits allow.

Each query is packed with as many terms as fit, in the order of the campaign file, so the same
file always gives the same queries and a term added at the end changes the last one only. A
query's `key` is a hash of its text: while its text stays, what was collected for it counts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b

from collectors.base import Query
from collectors.query.spellings import (
    clean,
    tag_spellings,
    unique,
    without_accents,
    word_spellings,
)
from collectors.query.terms import Term, TermKind, context_of, exclusions_of, terms_of
from config.campaign import Family
from config.errors import ConfigurationError

X_LIMIT = 512
"""Characters of a recent-search query; full-archive search takes 1,024."""
REDDIT_LIMIT = 512
SUBREDDITS_TOGETHER = 20
_Meaning = frozenset[tuple[TermKind, tuple[str, ...]]]
_WORDS_OF_SYNTAX = frozenset({"or", "and", "not"})


def compile_x(
    families: Sequence[Family], limit: int = X_LIMIT, scope: str = "campaign"
) -> list[Query]:
    """Queries for X's search, none over `limit` characters, which together ask for every term.

    Families with the same exclusions and context share queries. Reposts are left out: they are
    read from `public_metrics`. Raises `ConfigurationError` when a term cannot fit.
    """
    texts: list[str] = []
    for group in _groups(families):
        context = _atoms(group, context_of, _x_atoms)
        tail = [_any_of(context)] if context else []
        tail += [*(f"-{atom}" for atom in _x_exclusions(group)), "-is:retweet"]
        texts += _pack(_atoms(group, terms_of, _x_atoms), limit, partial(_x_text, tail))
    return _queries(texts, scope)


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
    for it. Exclusions are applied by the `Matcher` alone. Raises `ConfigurationError`.
    """
    listings = _queries(_listings(subreddits), scope, in_context=True)
    texts: list[str] = []
    for group in _groups(families):
        context = _atoms(group, context_of, _reddit_atoms)
        wanted = _atoms(group, terms_of, _reddit_atoms)
        texts += _pack(wanted, limit, partial(_reddit_text, context))
    return [*listings, *_queries(texts, scope)]


def _listings(subreddits: Sequence[str]) -> list[str]:
    names = unique(name.removeprefix("/").removeprefix("r/").strip("/ ") for name in subreddits)
    texts: list[str] = []
    for start in range(0, len(names), SUBREDDITS_TOGETHER):
        together = "+".join(names[start : start + SUBREDDITS_TOGETHER])
        texts += [f"/r/{together}/new", f"/r/{together}/comments/"]
    return texts


def _queries(texts: Sequence[str], scope: str, *, in_context: bool = False) -> list[Query]:
    return [Query(key_of(text), text, scope, in_context) for text in dict.fromkeys(texts)]


def key_of(text: str) -> str:
    """A short name for a query, the same in every run."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _groups(families: Sequence[Family]) -> list[list[Family]]:
    """Families with the same exclusions and the same context, in whatever order they list them."""
    groups: dict[tuple[_Meaning, _Meaning], list[Family]] = {}
    for family in families:
        asked = _meaning(exclusions_of(family)), _meaning(context_of(family))
        groups.setdefault(asked, []).append(family)
    return list(groups.values())


def _meaning(terms: Iterable[Term]) -> _Meaning:
    return frozenset((term.kind, term.words) for term in terms)


def _atoms(
    group: Sequence[Family],
    listed: Callable[[Family], Iterable[Term]],
    spell: Callable[[Term], Iterator[str]],
) -> list[str]:
    return unique(atom for family in group for term in listed(family) for atom in spell(term))


def _pack(atoms: Sequence[str], limit: int, render: Callable[[Sequence[str]], str]) -> list[str]:
    """As few texts as filling one after the other gives, each within `limit`."""
    texts: list[str] = []
    held: list[str] = []
    for atom in atoms:
        if held and len(render([*held, atom])) > limit:
            texts.append(render(held))
            held = []
        held.append(atom)
        if len(render(held)) > limit:
            raise ConfigurationError(
                f"'{atom}' with its family's exclusions and context is longer than the {limit}"
                " characters that the platform allows. Shorten the term or these."
            )
    return [*texts, render(held)] if held else texts


def _x_text(tail: Sequence[str], atoms: Sequence[str]) -> str:
    return " ".join([_any_of(atoms), *tail])


def _reddit_text(context: Sequence[str], atoms: Sequence[str]) -> str:
    return f"{_any_of(atoms)} AND {_any_of(context)}" if context else " OR ".join(atoms)


def _any_of(atoms: Sequence[str]) -> str:
    return atoms[0] if len(atoms) == 1 else f"({' OR '.join(atoms)})"


def _x_atoms(term: Term) -> Iterator[str]:
    if term.kind is not TermKind.HASHTAG:
        yield from map(_quoted, word_spellings(term.text))
    if term.kind is TermKind.WORD and len(term.words) > 1:
        yield term.joined
    yield from (f"#{tag}" for tag in tag_spellings(term))
    if term.kind is TermKind.HASHTAG and term.is_spelled_out:
        yield _quoted(" ".join(term.words))
        yield term.joined


def _x_exclusions(group: Sequence[Family]) -> list[str]:
    return unique(
        f"#{clean(term.text)}" if term.kind is TermKind.HASHTAG else _quoted(clean(term.text))
        for family in group
        for term in exclusions_of(family)
    )


def _reddit_atoms(term: Term) -> Iterator[str]:
    """Reddit knows no hashtags: they are words to it."""
    if term.kind is TermKind.HASHTAG:
        yield _quoted(clean(term.text).replace("_", " "))
        if term.is_spelled_out:
            yield _quoted(" ".join(term.words))
            yield term.joined
        return
    for spelling in word_spellings(term.text):
        yield _quoted(spelling)
        yield _quoted(without_accents(spelling))
    if term.kind is TermKind.WORD and len(term.words) > 1:
        yield term.joined


def _quoted(text: str) -> str:
    """`text` as one atom: bare when it is a plain word, else in quotation marks."""
    plain = text.isalnum() and text.casefold() not in _WORDS_OF_SYNTAX
    return text if plain else f'"{text}"'
