"""Texts that a given regular expression would find hardest: runs of what it repeats, pieces of what
it matches, and matches that break off at the end."""

import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 10_000
LIMIT = 0.1
"""Seconds of this thread that one call may take."""
TRIES = 3
LADDER = (22, 200, LENGTH)
"""Lengths to climb, so that what explodes is stopped while it is short."""
COMMON = tuple("a0 \n.-@'اé😂")
MOST_SIGNS = 8
_CLASSES = {
    c.CATEGORY_DIGIT: "0",
    c.CATEGORY_NOT_DIGIT: "a",
    c.CATEGORY_SPACE: " ",
    c.CATEGORY_NOT_SPACE: "a",
    c.CATEGORY_WORD: "a",
    c.CATEGORY_NOT_WORD: "-",
}


def slowest(pattern: re.Pattern[Any], methods: Iterable[str]) -> tuple[float, str]:
    """Seconds and text (shortened) of the slowest call over all attacks."""
    worst = (0.0, "")
    for attack in attacks(pattern):
        for length in LADDER:
            text = stretched(attack, length)
            subject = text.encode("latin-1", "replace") if _is_bytes(pattern) else text
            for method in methods:
                took = best_of(lambda m=method, s=subject: call(pattern, m, s))  # type: ignore[misc]
                if took > worst[0]:
                    worst = (took, f"{method} of {attack!r} at {length}")
            if worst[0] > LIMIT:
                return worst
    return worst


def best_of(work: Callable[[], object]) -> float:
    """Seconds of this thread; what seems slow is asked again, since machines stall."""
    best = float("inf")
    for _ in range(TRIES):
        started = time.thread_time()
        work()
        best = min(best, time.thread_time() - started)
        if best <= LIMIT:
            break
    return best


def call(pattern: re.Pattern[Any], method: str, text: Any) -> None:
    if method in ("sub", "subn", "split", "findall", "finditer"):
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)


Attack = tuple[str, tuple[str, ...], str]
"""A start, pieces to repeat in turn, and an end."""


def stretched(attack: Attack, length: int) -> str:
    start, pieces, end = attack
    room = max(length - len(start) - len(end), 0)
    if len(pieces) == 2 and pieces[1].startswith("|"):  # one half each
        return start + pieces[0] * (room // 2) + pieces[1][1:] * (room // 2) + end
    unit = "".join(pieces) or "a"
    return start + (unit * (room // len(unit) + 1))[:room] + end


def attacks(pattern: re.Pattern[Any]) -> Iterator[Attack]:
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    tree = parser.parse(text, pattern.flags & ~re.UNICODE if _is_bytes(pattern) else pattern.flags)
    chance = random.Random(1)
    signs = _signs(tree, chance)
    examples = sorted({example(tree, seed) for seed in range(3)} - {""})
    for sign in signs:
        yield "", (sign,), ""
        yield "", (sign,), "\x01"
    for one in examples:
        yield "", (one,), ""
        yield "", (one[:-1],), "\x01"
        yield one[:1], (one[1:],), ""
        for sign in signs[:4]:
            yield one[: len(one) // 2], (sign,), "\x01"
            yield "", (one, sign), "\x01"
    for first, second in chance.sample(_pairs(signs), min(12, len(_pairs(signs)))):
        yield "", (first, second), "\x01"
        yield "", (first, f"|{second}"), ""


def _pairs(signs: list[str]) -> list[tuple[str, str]]:
    return [(a, b) for a in signs for b in signs if a != b]


def _signs(tree: Any, chance: random.Random) -> list[str]:
    """Signs that the pattern names, then common ones, at most `MOST_SIGNS` of each."""
    own = sorted(set(_named(tree)))
    if len(own) > MOST_SIGNS:
        own = chance.sample(own, MOST_SIGNS)
    return list(dict.fromkeys([*own, *COMMON]))


def _named(tree: Any) -> Iterator[str]:
    for op, value in tree:
        if op in (c.LITERAL, c.NOT_LITERAL):
            yield chr(value)
        elif op is c.IN:
            yield from (sign for sign in map(_member, value) if sign)
        elif op is c.BRANCH:
            for branch in value[1]:
                yield from _named(branch)
        else:
            for inner in _inner(op, value):
                yield from _named(inner)


def _inner(op: Any, value: Any) -> list[Any]:
    if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is c.SUBPATTERN:
        return [value[3]]
    if op is c.ATOMIC_GROUP:
        return [value]
    if op in (c.ASSERT, c.ASSERT_NOT):
        return [value[1]]
    if op is c.GROUPREF_EXISTS:
        return [one for one in value[1:] if one is not None]
    return []


def _member(item: Any) -> str:
    op, value = item
    if op is c.LITERAL:
        return chr(value)
    if op is c.RANGE:
        return chr(value[0])
    return _CLASSES.get(value, "") if op is c.CATEGORY else ""


def example(tree: Any, seed: int) -> str:
    """Something that the pattern nearly matches: assertions are not looked at."""
    chance = random.Random(seed)
    groups: dict[int, str] = {}
    return _example(tree, chance, groups)[:200]


def _example(tree: Any, chance: random.Random, groups: dict[int, str]) -> str:
    made = ""
    for op, value in tree:
        if op is c.LITERAL:
            made += chr(value)
        elif op is c.NOT_LITERAL:
            made += "a" if value != ord("a") else "b"
        elif op is c.ANY:
            made += "x"
        elif op is c.IN:
            made += _one_of(value, chance)
        elif op is c.BRANCH:
            made += _example(chance.choice(value[1]), chance, groups)
        elif op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            least, most, inner = value
            count = chance.randint(least, max(least, min(int(most), least + 3)))
            made += "".join(_example(inner, chance, groups) for _ in range(min(count, 40)))
        elif op is c.SUBPATTERN:
            own = _example(value[3], chance, groups)
            if value[0] is not None:
                groups[value[0]] = own
            made += own
        elif op is c.ATOMIC_GROUP:
            made += _example(value, chance, groups)
        elif op is c.GROUPREF:
            made += groups.get(value, "")
    return made


def _one_of(items: Any, chance: random.Random) -> str:
    if items[0][0] is c.NEGATE:
        out = {_member(item) for item in items[1:]}
        return next((sign for sign in ("a", "0", "-", " ") if sign not in out), "é")
    known = [sign for sign in map(_member, items) if sign]
    return chance.choice(known) if known else "a"


def _is_bytes(pattern: re.Pattern[Any]) -> bool:
    return isinstance(pattern.pattern, bytes)
