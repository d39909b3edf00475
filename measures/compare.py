"""Yesterday against the day before, 7 days against 7, 30 against 30: what the digest opens with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from measures.rows import Day

SPANS = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric over the last `span` days up to `last` and over the `span` days before.

    `now` or `before` is `None` where days are missing or the metric is unknown. `change` is
    relative for counts (`now / before − 1`; `None` when `before` is 0) and a difference for
    shares, as `kind` says. These are descriptions: no interval, no claim.
    """

    key: str
    span: int
    last: date
    kind: Literal["count", "share"]
    now: float | None
    before: float | None
    change: float | None
    missing: float
    """Days' worth of collection missing in the two stretches together."""


def compare(
    days: Sequence[Day],
    missing_days: Mapping[date, float],
    last: date,
    *,
    spans: Sequence[int] = SPANS,
    offensive_excluded: frozenset[str] = frozenset(),
    seen: tuple[date, date] | None = None,
) -> Mapping[str, Mapping[int, Comparison]]:
    """Comparisons by metric key, then by span, that end on `last` (usually yesterday).

    Keys: posts, originals, engagement, views, negative_share, positive_share, net_sentiment,
    offensive_share, signposting_rate. `days` must reach back twice the longest span.
    """
    raise NotImplementedError
