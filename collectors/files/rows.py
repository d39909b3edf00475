"""One row of a file, whichever format it came from."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Cells = Mapping[str, object]
"""Column to what stands there: text, or a number, date or truth value where the format has them."""

MAX_DEPTH = 8
MAX_ITEMS = 3
"""Elements of a list that become columns (`referenced_tweets.0.type`)."""


class Nested(Mapping[str, object]):
    """A JSON object as a row: its leaves are the columns, named by their path with dots."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.value = value

    def __getitem__(self, name: str) -> object:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: str, default: object = None) -> object:
        """The leaf at a path, `default` where there is none; objects and lists are no leaves."""
        inner: object = self.value.get(name)
        if inner is None and "." in name:
            inner = _at(self.value, name.split("."))
        return default if inner is None or isinstance(inner, dict | list) else inner

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in flatten(self.value))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def flatten(value: object, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """The leaves of a JSON value by dotted name; what lies deeper than `MAX_DEPTH` is left out."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, f"{prefix}.{key}" if prefix else str(key), depth + 1)
    elif isinstance(value, list):
        for place, inner in enumerate(value[:MAX_ITEMS]):
            yield from flatten(inner, f"{prefix}.{place}", depth + 1)
    elif value is not None:
        yield prefix, value


def _at(value: object, path: list[str]) -> object:
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif (
            isinstance(value, list) and step.isdecimal() and int(step) < min(len(value), MAX_ITEMS)
        ):
            value = value[int(step)]
        else:
            return None
    return value


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read; `line` is where it starts, 1-based."""

    line: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken, why, and what stands in it (text when it has no cells)."""

    line: int
    reason: str
    raw: Cells | str


def named(header: list[str]) -> list[str]:
    """Column names: trimmed, empty ones by their place, repeated ones numbered."""
    names: dict[str, None] = {}
    copies: Counter[str] = Counter()
    for place, cell in enumerate(header, start=1):
        name = unique = cell.replace("\0", "").strip() or f"column {place}"
        copies[name] += 1
        while unique in names:
            unique = f"{name} ({max(copies[name], 2)})"
            copies[name] += unique in names
        names[unique] = None
    return list(names)
