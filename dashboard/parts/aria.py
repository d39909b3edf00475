"""Attributes for assistive technology, whose names Python cannot spell."""

from typing import Any

HIDDEN: dict[str, Any] = {"aria-hidden": "true"}
"""For what only decorates."""


def aria(**attributes: str) -> dict[str, Any]:
    """`label="x"` becomes `{"aria-label": "x"}`."""
    return {f"aria-{name}": value for name, value in attributes.items()}
