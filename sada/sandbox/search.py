"""A small search syntax that several platforms share: words, phrases, hashtags, OR, NOT."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sada.sandbox.words import fold, framed

_TERM = re.compile(r'-?(?:"[^"]*"|[^\s|"]+)')
_TAG = re.compile(r"#(\w+)")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as an index has it."""

    words: str
    tags: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Text":
        return cls(framed(text), frozenset(map(fold, _TAG.findall(text))))


Test = Callable[[Text], bool]


def all_of(query: str) -> Test:
    """`a "b c" #d -e`: every term; `|` between terms means OR and binds closer than the space.

    A query without a term matches nothing.
    """
    groups = re.findall(r'(?:-?(?:"[^"]*"|[^\s"|]+)\|?)+', query)
    tests = [_any_of(_TERM.findall(group)) for group in groups]
    return lambda text: bool(tests) and all(test(text) for test in tests)


def _any_of(terms: list[str]) -> Test:
    tests = [term(one) for one in terms]
    return lambda text: any(test(text) for test in tests)


def term(one: str) -> Test:
    """One word, `"phrase"`, `#hashtag`, or one of these behind a `-`."""
    if one.startswith("-"):
        unwanted = term(one[1:])
        return lambda text: not unwanted(text)
    if one.startswith("#"):
        tag = fold(one[1:])
        return lambda text: tag in text.tags
    wanted = framed(one)
    return lambda text: bool(wanted.strip()) and wanted in text.words
