"""Which model reads what: the embedded one, or for some tasks a model from a hub or a folder.

A recipe is what is stored with a model's name, so that its answers can be made again. Where
models are kept and whether the network may be used is no part of it (`hub.place.Place`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Task = Literal["sentiment", "offensive", "language"]
TASKS: Final[tuple[Task, ...]] = ("sentiment", "offensive", "language")

MAX_TOKENS: Final = 256
"""Tokens of a text that a hub model reads unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Part:
    """One hub model, for one task."""

    task: Task
    model: str
    """Hub id such as `owner/name`, or the path of a folder."""
    revision: str = ""
    """Commit, tag or branch of the hub; empty: what is kept already, else the newest."""
    labels: tuple[tuple[str, str], ...] = ()
    """What names of the model's labels mean, where the table of known names is silent."""
    file: str = ""
    """The exported file to run; empty: chosen by name."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The embedded model with these parts in place of its own answers."""

    parts: tuple[Part, ...] = ()
    max_tokens: int = MAX_TOKENS

    @property
    def is_embedded(self) -> bool:
        """Whether no hub model takes part."""
        return not self.parts

    def told(self) -> str:
        """The recipe in words, for operators: the models are not loaded for this."""
        own = [f"{part.task}: {part.model}{_at(part.revision)}" for part in self.parts]
        return ", ".join([*own, "the rest: embedded"]) if own else "embedded"

    def document(self) -> dict[str, Any]:
        """As plain values, to be stored; `{}` for the embedded model alone."""
        if self.is_embedded:
            return {}
        return {
            "max_tokens": self.max_tokens,
            "parts": {part.task: _part_document(part) for part in self.parts},
        }


EMBEDDED: Final = Recipe()


def read_recipe(document: Mapping[str, Any]) -> Recipe:
    """The recipe that `Recipe.document` wrote."""
    parts = document.get("parts", {})
    return Recipe(
        parts=tuple(_read_part(task, parts[task]) for task in TASKS if task in parts),
        max_tokens=int(document.get("max_tokens", MAX_TOKENS)),
    )


def _part_document(part: Part) -> dict[str, Any]:
    return {
        "model": part.model,
        "revision": part.revision,
        "labels": dict(part.labels),
        "file": part.file,
    }


def _read_part(task: Task, document: Mapping[str, Any]) -> Part:
    return Part(
        task=task,
        model=str(document["model"]),
        revision=str(document.get("revision", "")),
        labels=tuple((str(k), str(v)) for k, v in document.get("labels", {}).items()),
        file=str(document.get("file", "")),
    )


def _at(revision: str) -> str:
    return f"@{revision}" if revision else ""
