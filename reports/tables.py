"""The report's figures as CSV, unrounded, for those who calculate on.

UTF-8 with a byte order mark, since these are opened in spreadsheets; stable English column names;
empty where unknown; `withheld` where fewer than ten authors stand behind a figure.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Any

from config.campaign import Phase
from config.cells import escape_cell
from measures.dictionary import METRICS
from measures.figures import Figures
from reports.digest import daily_posts
from reports.report_data import ReportMaterial
from reports.words import OPEN, VOLUMES
from storage.rows import DayRow

WITHHELD = "withheld"
BOM = "\ufeff"
FIGURES = (
    "posts", "originals", "reposts_made", "replies_made", "quotes_made", "effective_authors",
    "engagement", "engagement_rate", "engagement_denominator", "views", "viewed",
    "potential_impressions", "annotated", "neg", "neu", "pos", "negative_share", "neutral_share",
    "positive_share", "net_sentiment", "offensive_share", "signposting_rate", "share_of_voice",
    "amplification", "conversation", "applause",
)  # fmt: skip
SUMS = ("posts", "originals", "annotated", "neg", "neu", "pos", "signposted")
Row = tuple[Any, ...]


def tables(report: ReportMaterial) -> Iterator[tuple[str, str]]:
    """Each table's file name and whole text."""
    yield (
        "phases.csv",
        _csv(("phase", "first", "last", "days", "missing", *FIGURES), _phases(report)),
    )
    head = "metric period unit effect low high verdict smallest_detectable reason baseline level"
    yield "changes.csv", _csv(tuple(head.split()), _changes(report))
    head = "metric phase share low high uncorrected posts labels"
    yield "corrected.csv", _csv(tuple(head.split()), _corrected(report))
    yield "daily.csv", _csv(("day", "phase", "posts", "missing"), _daily(report))
    yield "weeks.csv", _csv(("phase", "first", "last", *SUMS), _weeks(report))
    for by, name in (
        ("platform", "platforms"),
        ("language", "languages"),
        ("standing", "standing"),
    ):
        yield f"{name}.csv", _csv(("phase", by, *SUMS), _groups(report, by))
    yield "topics.csv", _csv(("topic", "label", "words", "phase", "originals"), _topics(report))
    yield "gaps.csv", _csv(("source", "from", "to", "state"), _gaps(report))
    yield "indicators.csv", _csv(("name", "unit", "source", "date", "value"), _indicators(report))
    head = "name unit source period effect low high verdict reason baseline level values"
    yield "indicator-changes.csv", _csv(tuple(head.split()), _indicator_changes(report))
    head = "key name definition formula unit denominator platforms since version source"
    yield "definitions.csv", _csv(tuple(head.split()), _definitions())


def _csv(head: tuple[str, ...], rows: Iterable[Row]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(_cell(value) for value in row)
    return BOM + out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return escape_cell(value) if isinstance(value, str) else value


def _phases(report: ReportMaterial) -> Iterator[Row]:
    for phase, figures in report.material.summary.phases.items():
        if figures is not None:
            stretch = (figures.first, figures.last, figures.days, figures.missing)
            values = (_figure(report, phase, figures, name) for name in FIGURES)
            yield (phase.value, *stretch, *values)


def _figure(report: ReportMaterial, phase: Phase, figures: Figures, name: str) -> Any:
    return getattr(figures, name) if name in OPEN or report.shown.get(phase) else WITHHELD


def _changes(report: ReportMaterial) -> Iterator[Row]:
    enough = all(report.shown.values())
    for key, periods in report.material.summary.changes.items():
        for period, change in periods.items():
            unit = "ratio" if key in VOLUMES else "difference"
            told = (
                change.effect, change.low, change.high, change.verdict, change.smallest_detectable,
                change.reason, change.baseline, change.level,
            )  # fmt: skip
            yield (key, period, unit, *(told if key in VOLUMES or enough else (WITHHELD,) * 8))


def _corrected(report: ReportMaterial) -> Iterator[Row]:
    labelled = report.material.summary.labelled
    for key, phases in labelled.shares.items():
        for phase in phases:
            share = labelled.share(key, phase)
            if share is not None:
                told = (share.share, share.low, share.high, share.uncorrected, share.posts)
                shown = told if report.shown.get(phase) else (WITHHELD,) * len(told)
                yield (key, phase.value, *shown, share.labels)


def _daily(report: ReportMaterial) -> Iterator[Row]:
    material, campaign = report.material, report.campaign
    series = daily_posts(material)
    days: list[date] = sorted({*series, *material.missing})
    for day in days:
        phase = campaign.phase(day)
        if phase is not None:
            count = series.get(day)
            missing = material.missing.get(day, 0.0)
            yield day, phase.value, None if count is None else round(count), missing


def _weeks(report: ReportMaterial) -> Iterator[Row]:
    for week in report.weeks:
        yield (week.phase.value, week.first, week.last, *_sums(week.row))


def _groups(report: ReportMaterial, by: str) -> Iterator[Row]:
    for phase, groups in report.groups.get(by, {}).items():
        for group in groups:
            yield (phase.value, group.name, *_sums(group.row))


def _sums(row: DayRow | None) -> tuple[Any, ...]:
    return tuple(WITHHELD if row is None else getattr(row, name) for name in SUMS)


def _topics(report: ReportMaterial) -> Iterator[Row]:
    for topic in report.topics:
        for phase, count in sorted(topic.originals.items()):
            shown = WITHHELD if count is None else count
            yield topic.number, topic.label, " ".join(topic.words), phase, shown


def _gaps(report: ReportMaterial) -> Iterator[Row]:
    for source in report.material.sources:
        for gap in source.gaps:
            yield gap.source, gap.start.isoformat(), gap.end.isoformat(), gap.state


def _indicators(report: ReportMaterial) -> Iterator[Row]:
    for one in report.campaign.indicators:
        for day, value in sorted(one.values.items()):
            yield one.name["fr"], one.unit, one.source, day, value


def _indicator_changes(report: ReportMaterial) -> Iterator[Row]:
    for one in report.material.summary.indicators:
        for period, found in one.changes.items():
            yield (
                one.name["fr"], one.unit, one.source, period, found.effect, found.low, found.high,
                found.verdict, found.reason, found.baseline, found.level, one.values,
            )  # fmt: skip


def _definitions() -> Iterator[Row]:
    for key, m in METRICS.items():
        yield (
            key, m.name["en"], m.definition["en"], m.formula["en"], m.unit,
            m.denominator["en"] if m.denominator else "", m.platforms, m.since, m.version, m.source,
        )  # fmt: skip
