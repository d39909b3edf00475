"""The smallest piece of a mail or report that is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A labelled line; `tone` is a hint for colour only."""

    label: str
    text: str
    tone: str = ""
