"""One row of a file, whichever format it came from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Cells = Mapping[str, object]
"""Column to what stands there: text, or a number, date or truth value where the format has them."""


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
