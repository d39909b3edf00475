"""The Compare page as CSV, unrounded, for those who calculate on.

UTF-8 with a byte order mark for spreadsheets; stable English column names; empty where unknown.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from config.cells import escape_cell
from dashboard.comparing import Lately, Side, Versus
from measures.change import Change, Period
from measures.compare_campaigns import RATIOS, Contrast

BOM = "\ufeff"
CHANGED = ("effect", "low", "high", "verdict", "reason", "baseline", "level")
FIGURES = (
    "posts", "originals", "reposts_made", "replies_made", "quotes_made", "effective_authors",
    "views", "potential_impressions", "engagement", "engagement_rate", "negative_share",
    "neutral_share", "positive_share", "net_sentiment", "offensive_share", "signposting_rate",
    "share_of_voice", "amplification", "conversation", "applause",
)  # fmt: skip
PERIODS: tuple[Period, ...] = ("during", "after")
Row = Sequence[Any]


def versus_csv(pair: Versus) -> str:
    """A row for each figure of a phase, each change and each contrast; `what` says which."""
    head = ("what", "metric", "phase", "side", "unit", *CHANGED, "corrected")
    return _csv(head, _versus(pair))


def _versus(pair: Versus) -> Iterator[Row]:
    for side in pair.sides:
        yield from _figures(pair, side)
    for key in pair.keys:
        unit = "ratio" if key in RATIOS else "difference"
        for period in PERIODS:
            found = pair.contrasts.get(key, {}).get(period)
            corrected = int(found.corrected) if found else 0
            for side in pair.sides:
                change = pair.change(side, key, period)
                if change is not None:
                    where = ("change", key, period, _name(pair, side), unit)
                    yield (*where, *_told(change), corrected)
            if found is not None:
                where = ("contrast", key, period, "first against other", unit)
                yield (*where, *_contrasted(found), corrected)


def _figures(pair: Versus, side: Side) -> Iterator[Row]:
    for phase, figures in side.data.summary.phases.items():
        if figures is not None:
            for key in FIGURES:
                where = ("figure", key, phase.value, _name(pair, side), "")
                yield (*where, *[""] * 6, getattr(figures, key), "")


def _name(pair: Versus, side: Side) -> str:
    if pair.conversation and side is pair.other:
        return "conversation"
    return side.campaign.slug


def _told(change: Change) -> Row:
    return [getattr(change, name) for name in CHANGED]


def _contrasted(found: Contrast) -> Row:
    return (found.effect, found.low, found.high, found.verdict, "", None, None)


def lately_csv(found: Lately) -> str:
    """A row for each metric and span; what is tested has its interval and verdict."""
    head = (
        "metric", "days", "last", "kind", "now", "before", "change", "missing", "unit", *CHANGED[:5]
    )  # fmt: skip
    return _csv(head, _lately(found))


def _lately(found: Lately) -> Iterator[Row]:
    for key, by_span in found.comparisons.items():
        unit = "ratio" if key in RATIOS else "difference"
        for span, one in by_span.items():
            values = (one.kind, one.now, one.before, one.change, one.missing)
            tested = ["", *[None] * 5]
            if one.tested is not None:
                tested = [unit, *_told(one.tested)[:5]]
            yield (key, span, one.last.isoformat(), *values, *tested)


def _csv(head: Row, rows: Iterable[Row]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BOM + out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return escape_cell(value) if isinstance(value, str) else value
