"""X's search syntax: parsed, refused where X refuses it, and evaluated on a post.

Operators that a post of the sandbox can never satisfy (places, links, media …) match nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sada.sandbox.words import fold, framed

TOKEN = re.compile(
    r"""\s*(?:(?P<open>\()|(?P<close>\))|(?P<not>-)(?=\S)|(?P<phrase>"[^"]*")"""
    r"""|(?P<term>(?:[a-z_]+:)?(?:"[^"]*"|[^\s()"]+)))"""
)
OPERATOR = re.compile(r"([a-z_]+):(.+)", re.DOTALL)
ALONE = {
    *("from", "to", "url", "conversation_id", "retweets_of", "context", "entity", "place"),
    *("place_country", "min_likes", "min_replies", "min_reposts", "in_reply_to_tweet_id"),
}
IN_COMPANY = {"lang", "is", "has"}


class QueryError(ValueError):
    """A query that X answers with 400; the message is the `message` of X's answer."""


@dataclass(frozen=True, slots=True)
class Document:
    """What of a post a query can see. `words` is folded and framed by single spaces."""

    words: str
    tags: frozenset[str]
    author: str
    lang: str
    kind: str
    root: str

    @classmethod
    def of(cls, text: str, author: str, lang: str, kind: str, root: str) -> "Document":
        tags = frozenset(fold(tag) for tag in re.findall(r"#(\w+)", text))
        return cls(framed(text), tags, author.casefold(), lang, kind, root)


Test = Callable[[Document], bool]


def compile_query(query: str) -> Test:
    """A test for posts. Raises `QueryError`."""
    parser = _Parser(_tokens(query))
    test = parser.any_of()
    if parser.rest:
        raise QueryError("There were errors processing your request: unexpected ')'")
    if not parser.stands_alone:
        raise QueryError(
            "There were errors processing your request: "
            "this query needs at least one standalone operator"
        )
    return test


def _tokens(query: str) -> list[tuple[str, str]]:
    found, place = [], 0
    query = query.strip()
    while place < len(query):
        match = TOKEN.match(query, place)
        if match is None or match.end() == place:
            raise QueryError(f"There were errors processing your request: at position {place}")
        found.append((str(match.lastgroup), match[match.lastgroup or 0]))
        place = match.end()
    return found


class _Parser:
    """Recursive descent; OR binds weaker than the space that means AND."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.rest = tokens
        self.stands_alone = False

    def any_of(self) -> Test:
        tests = [self.all_of()]
        while self.rest and self.rest[0] == ("term", "OR"):
            self.rest = self.rest[1:]
            tests.append(self.all_of())
        return tests[0] if len(tests) == 1 else lambda post: any(test(post) for test in tests)

    def all_of(self) -> Test:
        tests = []
        while self.rest and self.rest[0][0] != "close" and self.rest[0] != ("term", "OR"):
            tests.append(self.one())
        if not tests:
            raise QueryError("There were errors processing your request: missing operand")
        return tests[0] if len(tests) == 1 else lambda post: all(test(post) for test in tests)

    def one(self) -> Test:
        (kind, token), self.rest = self.rest[0], self.rest[1:]
        if kind == "not":
            return self._negated()
        if kind == "open":
            return self._group()
        if kind == "phrase":
            self.stands_alone = True
            return _phrase(token)
        return self._term(token)

    def _negated(self) -> Test:
        if not self.rest:
            raise QueryError("There were errors processing your request: nothing follows '-'")
        alone = self.stands_alone
        test = self.one()
        self.stands_alone = alone
        return lambda post: not test(post)

    def _group(self) -> Test:
        test = self.any_of()
        if not self.rest or self.rest[0][0] != "close":
            raise QueryError("There were errors processing your request: missing ')'")
        self.rest = self.rest[1:]
        return test

    def _term(self, term: str) -> Test:
        if term.lower() in ("and", "or") or term == "NOT":
            raise QueryError(f"Ambiguous use of {term} as a keyword. Use a space to logically join")
        match = OPERATOR.fullmatch(term)
        if match is None or match[1] in ("http", "https"):
            self.stands_alone = True
            return _tag(term[1:]) if term.startswith("#") else _phrase(term)
        name, value = match[1], match[2].strip('"')
        if name not in ALONE | IN_COMPANY:
            raise QueryError(f"Reference to invalid operator '{name}'.")
        self.stands_alone = self.stands_alone or name in ALONE
        return _operator(name, value)


def _phrase(text: str) -> Test:
    wanted = framed(text)
    if not wanted.strip():
        raise QueryError(f"There were errors processing your request: no word in {text}")
    return lambda post: wanted in post.words


def _tag(tag: str) -> Test:
    wanted = fold(tag)
    return lambda post: wanted in post.tags


def _operator(name: str, value: str) -> Test:
    if name == "from":
        handle = value.removeprefix("@").casefold()
        return lambda post: post.author == handle
    if name == "lang":
        return lambda post: post.lang == value
    if name == "conversation_id":
        return lambda post: post.root == value
    if name == "is":
        return _is(value)
    if name == "has":
        return lambda post: value == "hashtags" and bool(post.tags)
    return lambda post: False


def _is(value: str) -> Test:
    """Reposts match nothing: keyword search returns none since May 2026."""
    if value not in ("retweet", "reply", "quote", "verified", "nullcast"):
        raise QueryError(f"Reference to invalid operator 'is:{value}'.")
    return lambda post: post.kind == value
