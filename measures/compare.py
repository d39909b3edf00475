"""Yesterday against the day before, 7 days against 7, 30 against 30: what the digest opens with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from config.campaign import Phase
from measures.change import Change
from measures.changes import CHANGES, Evidence, change_of
from measures.daily import Calendar
from measures.figures import Figures, figures
from measures.rows import Day

SPANS = (1, 7, 30)
Kind = Literal["count", "share"]
COMPARED: Mapping[str, Kind] = {
    "posts": "count",
    "originals": "count",
    "engagement": "count",
    "views": "count",
    "negative_share": "share",
    "positive_share": "share",
    "net_sentiment": "share",
    "offensive_share": "share",
    "signposting_rate": "share",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric over the last `span` days up to `last` and over the `span` days before.

    `now` or `before` is `None` where days are missing or the metric is unknown. `change` is
    relative for counts (`now / before − 1`; `None` when `before` is 0) and a difference for
    shares, as `kind` says: a description, no claim. `tested` is what may be claimed: how the newer
    stretch differs from the older one, weekday and trend allowed for, with its interval; `None` for
    what no change is measured of (posts with their reposts, interactions, views).
    """

    key: str
    span: int
    last: date
    kind: Kind
    now: float | None
    before: float | None
    change: float | None
    missing: float
    """Days' worth of collection missing in the two stretches together."""
    tested: Change | None = None
    without: tuple[str, ...] = ()
    """Platforms that are in neither stretch, since they give the newest days later."""


def compare(
    days: Sequence[Day],
    missing_days: Mapping[date, float],
    last: date,
    *,
    spans: Sequence[int] = SPANS,
    offensive_excluded: frozenset[str] = frozenset(),
    seen: tuple[date, date] | None = None,
    effective_authors: Mapping[int, float | None] | None = None,
    without: Sequence[str] = (),
) -> Mapping[str, Mapping[int, Comparison]]:
    """Comparisons by metric key, then by span, that end on `last` (usually yesterday).

    Keys: posts, originals, engagement, views, negative_share, positive_share, net_sentiment,
    offensive_share, signposting_rate. `days` must reach back twice the longest span.
    `effective_authors`, by span, are those of the stretch that has fewer. `without` are platforms
    whose newest days are still to come: their rows are left out, and `missing_days` must be of the
    others.
    """
    found: dict[str, dict[int, Comparison]] = {key: {} for key in COMPARED}
    days = [row for row in days if row.platform not in without]
    for span in spans:
        middle = last - timedelta(days=span)
        first = middle - timedelta(days=span - 1)
        calendar = Calendar(first, last, missing_days, seen)
        missing = {day: calendar.missing_share(day) for day in calendar.dates}
        before, now = (
            figures(
                days, (), first=a, last=b, missing=missing, offensive_excluded=offensive_excluded
            )
            for a, b in ((first, middle), (middle + timedelta(days=1), last))
        )
        few = (effective_authors or {}).get(span)
        evidence = Evidence(
            start=middle + timedelta(days=1),
            end=last,
            calendar=calendar,
            days=[row for row in days if first <= row.day <= last],
            campaign_days=None,
            offensive_excluded=offensive_excluded,
            effective_authors={Phase.DURING: few},
        )
        for key in COMPARED:
            known = (_known(before, key, calendar), _known(now, key, calendar))
            tested = change_of(key, evidence, "during") if key in CHANGES else None
            one = _comparison(key, span, last, known, sum(missing.values()), tested)
            found[key][span] = replace(one, without=tuple(without))
    return found


def _known(stretch: Figures, key: str, calendar: Calendar) -> float | None:
    """The figure, `None` if a day of its stretch was not collected."""
    inside = (day for day in calendar.dates if stretch.first <= day <= stretch.last)
    if not all(calendar.collected(day) for day in inside):
        return None
    value: float | None = getattr(stretch, key)
    return value


def _comparison(
    key: str,
    span: int,
    last: date,
    known: tuple[float | None, float | None],
    missing: float,
    tested: Change | None,
) -> Comparison:
    before, now = known
    change = None
    if before is not None and now is not None:
        if COMPARED[key] == "share":
            change = now - before
        elif before:
            change = now / before - 1
    return Comparison(key, span, last, COMPARED[key], now, before, change, missing, tested)
