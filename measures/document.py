"""The summary as one JSON document with stable names; docs/reference/metrics.md describes it."""

from typing import Any

from measures.summary import Summary


def as_json(summary: Summary) -> dict[str, Any]:
    """Plain dicts, lists, texts and finite numbers; the same data give the same bytes."""
    raise NotImplementedError
