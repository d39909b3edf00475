"""One row of a file, whichever format it came from."""

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
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = cell.replace("\0", "").strip() or f"column {place}"
        copies = sum(1 for known in names if known == name or known.startswith(f"{name} ("))
        names.append(f"{name} ({copies + 1})" if copies else name)
    return names
