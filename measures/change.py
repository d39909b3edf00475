"""How a daily series changed with a campaign, with a 95 % interval and a careful verdict.

The method and its measured coverage are told in docs/explanation/change.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Period = Literal["during", "after"]
Verdict = Literal["rose", "fell", "not_detectable", "not_enough_data"]
Reason = Literal[
    "",
    "baseline_too_short",
    "too_few_authors",
    "too_many_days_missing",
    "period_without_data",
    "too_few_days",
]


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a metric between the baseline and `period`, with its 95 % interval.

    `effect`, `low` and `high` are ratios to the baseline for volumes (1 is no change) and
    differences for shares (−1 to 1, 0 is no change). They are `None` where nothing could be
    fitted, and given for information only when the verdict is `not_enough_data`.
    `smallest_detectable` is, in the same unit, the rise that would have been found in four cases
    of five. `reason` is a code that says why there is not enough data, else empty.
    `baseline` and `level` are what was observed: mean a day for volumes, pooled share for shares.
    """

    effect: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    smallest_detectable: float | None
    reason: Reason
    baseline: float | None
    level: float | None


def volume_change(
    counts: Sequence[float | None],
    dates: Sequence[date],
    start: date,
    end: date | None,
    period: Period = "during",
    *,
    effective_authors: float | None = None,
) -> Change:
    raise NotImplementedError


def share_change(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    dates: Sequence[date],
    start: date,
    end: date | None,
    period: Period = "during",
    *,
    effective_authors: float | None = None,
) -> Change:
    raise NotImplementedError
