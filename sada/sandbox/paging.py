"""Bends a platform's pages as the twists of `faults` say, whatever the platform."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

OVERLAP = 3
"""Rows of the page before that come once more."""
_AGAIN = "again-"


@dataclass
class Pages(Generic[T]):
    """The pages of one simulator. Remembers the page before, which overlaps repeat."""

    _before: list[T] = field(default_factory=list)
    _rounds: int = 0

    def opened(self, token: str | None) -> str | None:
        """The token to start from: one that `endless` made leads to the first page."""
        return None if token is not None and token.startswith(_AGAIN) else token

    def bent(
        self, twist: str, rows: Sequence[T], token: str | None, following: str | None
    ) -> tuple[list[T], str | None]:
        """The rows and the next token of the page that was asked for by `token`."""
        page, before = list(rows), self._before[-OVERLAP:]
        self._before = page
        if twist == "empty":
            return [], None
        if twist == "overlap" and token is not None and page:
            return [*before, *page], following
        if twist == "reordered":
            return [*page[1::2], *page[::2]][::-1], following
        if twist == "repeated-token":
            return page, token or following
        if twist == "endless" and following is None:
            self._rounds += 1
            return page, f"{_AGAIN}{self._rounds}"
        return page, following
