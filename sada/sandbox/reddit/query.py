"""Reddit's search syntax, as far as Sada uses it: words, phrases, OR, AND, NOT, parentheses."""

import re
from collections.abc import Callable

from sada.sandbox.words import framed

TOKEN = re.compile(r'\(|\)|-?"[^"]*"|[^\s()"]+')
Test = Callable[[str], bool]


def compile_reddit_query(query: str) -> Test:
    """A test for a submission's title and text. A query that is broken is read as far as it goes,
    as Reddit does; an empty one matches nothing."""
    tokens = [token for token in TOKEN.findall(query) if token]
    test = _Reader(tokens).any_of()
    return lambda text: test(framed(text))


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens

    def any_of(self) -> Test:
        tests = [self._all_of()]
        while self._tokens and self._tokens[0] == "OR":
            self._tokens.pop(0)
            tests.append(self._all_of())
        return lambda words: any(test(words) for test in tests)

    def _all_of(self) -> Test:
        tests = []
        while self._tokens and self._tokens[0] not in (")", "OR"):
            token = self._tokens.pop(0)
            if token != "AND":  # noqa: S105
                tests.append(self._one(token))
        return lambda words: bool(tests) and all(test(words) for test in tests)

    def _one(self, token: str) -> Test:
        if token == "(":  # noqa: S105
            test = self.any_of()
            if self._tokens:
                self._tokens.pop(0)
            return test
        if token == "NOT" or token.startswith("-"):  # noqa: S105
            rest = token[1:] if token.startswith("-") else "".join(self._tokens[:1])
            if token == "NOT":  # noqa: S105
                self._tokens = self._tokens[1:]
            test = self._one(rest)
            return lambda words: not test(words)
        field, found, value = token.partition(":")
        wanted = framed(value if found and field in ("title", "selftext") else token)
        return lambda words: wanted.strip() != "" and wanted in words
