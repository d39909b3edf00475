"""The morning's mail as data: what happened yesterday, whether that is unusual, what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from measures.compare import Comparison
from measures.suppress import enough
from reports.advice import Advice, advise
from reports.alarms import Alarm, alarms
from reports.gather import Material, stretch
from reports.topics import TopicCount
from reports.usual import MISSING_AT_MOST, Usual, usual
from reports.words import OPEN

ROWS = (
    "posts",
    "originals",
    "engagement",
    "views",
    "negative_share",
    "positive_share",
    "signposting_rate",
    "offensive_share",
)
MOVED = 5

Note = Literal["", "few", "missing", "unknown"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure. `value` is `None` where `note` says why; `change` where it cannot be told."""

    value: float | None
    change: float | None = None
    note: Note = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One metric over the stretches that the table compares."""

    key: str
    kind: Literal["count", "share"]
    yesterday: Cell
    day_before: Cell
    week: Cell
    month: Cell


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest of `material`, ready for words in any language."""

    material: Material
    posts: int | None
    """Posts of yesterday; `None` where nothing was collected."""
    usual: Usual | None
    complete: bool
    alarms: tuple[Alarm, ...]
    rows: tuple[Row, ...]
    advice: Advice
    moved: tuple[TopicCount, ...]
    series: Mapping[date, float]
    """Posts a day over the last weeks; days that were not collected are absent."""


def build_digest(material: Material) -> Digest:
    """What the mail of `material.today` tells."""
    material = _settled(material)
    yesterday = material.yesterday
    series = daily_posts(material)
    rows = tuple(
        _row(material, key, material.comparisons[key])
        for key in ROWS
        if any(c.now is not None for c in material.comparisons.get(key, {}).values())
    )
    posts = series.get(yesterday)
    return Digest(
        material=material,
        posts=None if posts is None else round(posts),
        usual=usual(series, yesterday, material.missing),
        complete=material.missing.get(yesterday, 0.0) == 0.0,
        alarms=alarms(material),
        rows=rows,
        advice=advise(material),
        moved=_moved(material.topics),
        series=series,
    )


def _settled(material: Material) -> Material:
    """The same without platforms that give yesterday later: each morning would be unknown."""
    if not material.later:
        return material
    days = [row for row in material.days if row.platform not in material.later]
    return replace(material, days=days, missing=material.settled)


def daily_posts(material: Material) -> dict[date, float]:
    """Posts by day up to yesterday, with true zeros; days without any collection are absent."""
    if material.seen is None:
        return {}
    totals: dict[date, float] = {}
    for row in material.days:
        totals[row.day] = totals.get(row.day, 0) + row.posts
    last = min(material.yesterday, material.seen[1] if material.imports_only else date.max)
    day, series = max(material.seen[0], min(totals, default=last)), dict[date, float]()
    while day <= last:
        if day in totals or material.missing.get(day, 0.0) < 1.0:
            series[day] = totals.get(day, 0)
        day += timedelta(days=1)
    return series


def _row(material: Material, key: str, spans: Mapping[int, Comparison]) -> Row:
    day = spans[1]
    return Row(
        key=key,
        kind=day.kind,
        yesterday=_cell(material, day),
        day_before=_value(material, key, day.before, stretch(day.last - timedelta(days=1), 1)),
        week=_cell(material, spans[7]),
        month=_cell(material, spans[30]),
    )


def _cell(material: Material, comparison: Comparison) -> Cell:
    now = stretch(comparison.last, comparison.span)
    before = stretch(comparison.last - timedelta(days=comparison.span), comparison.span)
    cell = _value(material, comparison.key, comparison.now, now)
    if cell.note == "unknown" and comparison.missing:
        return Cell(None, note="missing")
    if cell.note:
        return cell
    if comparison.missing > MISSING_AT_MOST * 2 * comparison.span:
        return Cell(cell.value, note="missing")
    if _value(material, comparison.key, comparison.before, before).note:
        return cell
    return Cell(cell.value, comparison.change)


def _value(material: Material, key: str, value: float | None, days: tuple[date, date]) -> Cell:
    if value is None:
        return Cell(None, note="unknown")
    if key not in OPEN and not enough(material.authors.get(days, ())):
        return Cell(None, note="few")
    return Cell(value)


def _moved(topics: Sequence[TopicCount]) -> tuple[TopicCount, ...]:
    """The topics whose share of the talk changed most from the week before."""
    totals = {
        span: sum(topic.originals.get(span) or 0 for topic in topics) for span in ("now", "before")
    }

    def shift(topic: TopicCount) -> float:
        now, before = (topic.originals.get(span) or 0 for span in ("now", "before"))
        return abs(now / (totals["now"] or 1) - before / (totals["before"] or 1))

    return tuple(sorted(topics, key=lambda topic: (-shift(topic), topic.number))[:MOVED])
