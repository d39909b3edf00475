"""The small language of a family's `query`: AND, OR, NOT, NEAR/n, parentheses, terms.

    (mamhkoumch OR "ma m7koumch") AND NOT football
    (violence OR harcèlement) NEAR/5 numérique

A term is a word, several words in quotation marks, or a hashtag. Operators are in capitals. NOT
binds closest, then NEAR, then AND, then OR. NEAR/n: at most n words between, in either order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn

FARTHEST: Final = 50
DEEPEST: Final = 20
_TOKEN: Final = re.compile(r'([()])|["“”«»]([^"“”«»]*)["“”«»]|([^\s()"“”«»]+)')
_NEAR: Final = re.compile(r"NEAR(?:/(\d*))?")
_OPERATORS: Final = frozenset({"AND", "OR", "NOT"})


class ExpressionError(ValueError):
    """What is wrong with a query, with its place marked and what to do."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A term as written, without quotation marks. `quoted`: it had them."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    part: "Expression"
    at: int = field(default=0, compare=False)
    """Where it stands in the query, from 0."""


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Near:
    """One of `left` and one of `right`, with at most `words` words between, in either order."""

    left: tuple[Leaf, ...]
    right: tuple[Leaf, ...]
    words: int


Expression = Leaf | Not | And | Or | Near


def parse(text: str) -> Expression:
    """`text` as a tree. Raises `ExpressionError`, which shows where."""
    reader = _Reader(text)
    tree = reader.any_of(0)
    reader.demand_end()
    _demand_anchor(tree, text)
    return tree


def leaves(tree: Expression, *, wanted_only: bool = False) -> Iterator[Leaf]:
    """The terms of `tree` from left to right; with `wanted_only`, those not under a NOT."""
    match tree:
        case Leaf():
            yield tree
        case Near(left, right):
            yield from (*left, *right)
        case Not(part):
            if not wanted_only:
                yield from leaves(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, wanted_only=wanted_only)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """`(`, `)`, `AND`, `OR`, `NOT`, `NEAR`, `term` or `end`."""
    at: int
    text: str = ""
    quoted: bool = False
    words: int = 0


class _Reader:
    """Recursive descent over the tokens of one query."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._cut())
        self._at = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def any_of(self, depth: int) -> Expression:
        parts = [self._all_of(depth)]
        while self._taken("OR"):
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def demand_end(self) -> None:
        if self._next.kind == ")":
            self._fail("a ')' closes nothing", "Take it out or open it with '('.", self._next)

    def _all_of(self, depth: int) -> Expression:
        parts = [self._near(depth)]
        while True:
            if self._taken("AND"):
                parts.append(self._near(depth))
            elif self._next.kind in ("term", "(", "NOT"):
                self._fail_between()
            else:
                return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _near(self, depth: int) -> Expression:
        start = self._next
        left = self._one(depth)
        operator = self._next
        if not self._taken("NEAR"):
            return left
        second = self._next
        right = self._one(depth)
        if self._next.kind == "NEAR":
            self._fail(
                "NEAR takes two sides",
                "Write two of them joined by AND: a NEAR/5 b AND b NEAR/5 c.",
                self._next,
            )
        return Near(self._side(left, start), self._side(right, second), operator.words)

    def _side(self, tree: Expression, start: _Token) -> tuple[Leaf, ...]:
        parts = tree.parts if isinstance(tree, Or) else (tree,)
        found = tuple(part for part in parts if isinstance(part, Leaf))
        if len(found) < len(parts):
            self._fail(
                "each side of NEAR is a term, or terms joined by OR in parentheses",
                "Put what else you want outside, joined by AND.",
                start,
            )
        return found

    def _one(self, depth: int) -> Expression:
        token = self._next
        if token.kind in ("end", ")", "AND", "OR", "NEAR"):
            self._fail_missing(token)
        if depth >= DEEPEST:
            self._fail("parentheses and NOTs are nested too deep", "Say it more simply.", token)
        self._at += 1
        if token.kind == "NOT":
            part = self._one(depth + 1)
            return part.part if isinstance(part, Not) else Not(part, token.at)
        if token.kind == "term":
            return Leaf(token.text, token.quoted)
        inner = self.any_of(depth + 1)
        if not self._taken(")"):
            self._fail("this '(' is never closed", "Add its ')'.", token)
        return inner

    def _taken(self, kind: str) -> bool:
        if self._next.kind != kind:
            return False
        self._at += 1
        return True

    def _cut(self) -> Iterator[_Token]:
        at = 0
        while at < len(self._text):
            if self._text[at].isspace():
                at += 1
                continue
            match = _TOKEN.match(self._text, at)
            if match is None:
                fault = _Token("term", at)
                self._fail("this quotation mark is never closed", "Close it.", fault)
            yield self._token(match)
            at = match.end()
        yield _Token("end", len(self._text.rstrip()))

    def _token(self, match: re.Match[str]) -> _Token:
        bracket, phrase, word = match.groups()
        if bracket:
            return _Token(bracket, match.start(1))
        if phrase is not None:
            token = _Token("term", match.start(2) - 1, " ".join(phrase.split()), quoted=True)
            if not any(sign.isalnum() for sign in phrase):
                self._fail("nothing to look for in these quotation marks", "Fill them.", token)
            return token
        at = match.start(3)
        if word in _OPERATORS:
            return _Token(word, at)
        near = _NEAR.fullmatch(word)
        if near:
            return self._near_token(near[1], at)
        token = _Token("term", at, word)
        if not any(sign.isalnum() for sign in word):
            self._fail(f"'{word}' has no letter or digit to look for", "Take it out.", token)
        if word.startswith("-"):
            self._fail("a minus is no operator here", f"Write AND NOT {word[1:]}.", token)
        if word.endswith("*"):
            self._fail("there are no wildcards", "List the forms, joined by OR.", token)
        if word.startswith("#") and not re.fullmatch(r"#\w+", word):
            self._fail(
                f"'{word}' is no hashtag", "A hashtag is letters, digits and _ after its #.", token
            )
        return token

    def _near_token(self, words: str | None, at: int) -> _Token:
        token = _Token("NEAR", at, words=int(words[:4]) if words else 0)
        if not words or not 1 <= token.words <= FARTHEST:
            self._fail(f"NEAR needs a number of words from 1 to {FARTHEST}", "Write NEAR/5.", token)
        return token

    def _fail_missing(self, token: _Token) -> NoReturn:
        before = self._tokens[self._at - 1] if self._at else None
        if before is None and token.kind == "end":
            self._fail("nothing to look for", "Write a term, or leave the field away.", token)
        after = f"after {_named(before)}" if before else "at the beginning"
        remedy = "Add it, or take the operator out."
        if token.kind == "end":
            remedy += " (A # outside quotation marks begins a comment in YAML: put a query that has"
            remedy += " hashtags into 'single quotes'.)"
        self._fail(f"a term is missing {after}", remedy, token)

    def _fail_between(self) -> NoReturn:
        token = self._next
        what = _named(token)
        self._fail(
            f"no operator before {what}",
            "Write AND, OR, AND NOT or NEAR/5 (in capitals) between them, or put words that"
            " belong together in quotation marks.",
            token,
        )

    def _fail(self, what: str, remedy: str, token: _Token) -> NoReturn:
        raise _error(self._text, token.at, what, remedy)


def _named(token: _Token) -> str:
    if token.kind == "term":
        return f"'{token.text}'"
    return f"NEAR/{token.words}" if token.kind == "NEAR" else f"'{token.kind}'"


def _error(text: str, at: int, what: str, remedy: str) -> ExpressionError:
    before = " ".join(text[:at].split()) + (" " if text[:at].strip() else "")
    shown = f"{before[-40:]}▸{' '.join(text[at:].split())[:40]}"
    return ExpressionError(f"{what}, at column {at + 1}: {shown}. {remedy}")


def _demand_anchor(tree: Expression, text: str) -> None:
    """Refuses what would match nearly every post of the world."""
    loose = _loose(tree)
    if loose is not None:
        raise _error(
            text,
            loose.at,
            "NOT alone, or as a branch of OR, matches nearly every post",
            "Join it by AND to a term that must stand in the post.",
        )


def _loose(tree: Expression) -> Not | None:
    """A NOT that no wanted term holds, `None` where all are held."""
    match tree:
        case Not():
            return tree
        case And(parts):
            found = [_loose(part) for part in parts]
            return None if None in found else found[0]
        case Or(parts):
            return next((loose for part in parts if (loose := _loose(part))), None)
        case _:
            return None
