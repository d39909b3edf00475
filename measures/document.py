"""The summary as one JSON document with stable names; docs/reference/metrics.md describes it."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from measures.dictionary import METRICS
from measures.labelled import LabelledShares
from measures.summary import Summary

FORMAT = 1
"""Raised when a name disappears or changes its meaning; new names alone do not raise it."""
DIGITS = 6
"""Significant digits: far beyond what the data say, and few enough to be the same everywhere."""


def as_json(summary: Summary) -> dict[str, Any]:
    """Plain dicts, lists, texts and finite numbers; the same data give the same bytes.

    `None` is unknown. Names are those of `Figures` and `Change`; see docs/reference/metrics.md.
    """
    return {
        "format": FORMAT,
        "campaign": summary.campaign,
        "today": summary.today.isoformat(),
        "state": summary.state.value,
        "definitions": {key: METRICS[key].version for key in sorted(METRICS)},
        "phases": plain(summary.phases),
        "changes": plain(summary.changes),
        "correction": _correction(summary.labelled),
        "indicators": plain(summary.indicators),
    }


def _correction(labelled: LabelledShares) -> dict[str, Any]:
    """What hand labels correct; a share made of too few of them is left out."""
    shares = {
        key: {
            phase.value: plain(share)
            for phase in by_phase
            if (share := labelled.share(key, phase)) is not None
        }
        for key, by_phase in labelled.shares.items()
    }
    return {
        "labels": plain(labelled.labels),
        "shares": {key: found for key, found in shares.items() if found},
        "changes": plain(labelled.changes),
    }


def plain(value: object) -> Any:
    """`value` as the document writes it: dataclasses as objects, numbers to six digits."""
    if isinstance(value, Enum | date | float):
        return _scalar(value)
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _scalar(value: Enum | date | float) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else _rounded(value)


def _rounded(value: float) -> float | None:
    """`value` to six significant digits, `None` if it is not finite; never −0."""
    if not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}") + 0.0
