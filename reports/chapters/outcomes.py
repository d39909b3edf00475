"""Outcomes: targets and outside figures, as the campaign file gives them."""

from collections.abc import Sequence

from config.i18n import Translator
from measures.dictionary import METRICS
from measures.indicators import IndicatorChange
from reports.chapters.cells import count_cell
from reports.parts import Chapter, Chart, Paragraph, Part, Table
from reports.report_charts import indicator_chart
from reports.report_data import ReportMaterial
from reports.words import change_words, isolated, metric_name


def outcomes(report: ReportMaterial, t: Translator) -> Chapter:
    """Indicators by date with their change, and announced targets."""
    campaign = report.campaign
    parts: list[Part] = [Paragraph(t("report.outcomes.about"))]
    for number, indicator in enumerate(campaign.indicators):
        title = indicator.name[t.language]
        if len(indicator.values) > 1:
            drawn = indicator_chart(indicator, campaign, f"indicator-{number}", t)
            parts.append(Chart(title, drawn, t("report.outcomes.alt", name=title)))
        rows = tuple(
            (t.day(day), t.number(n, _digits(n))) for day, n in sorted(indicator.values.items())
        )
        caption = t("report.outcomes.source", name=title, source=indicator.source)
        parts.append(
            Table(caption, (t("report.head.date"), isolated(indicator.unit)), rows, "indicators")
        )
    changes = report.material.summary.indicators
    if any(one.changes for one in changes):
        parts.append(_changes(changes, t))
    if not campaign.indicators:
        parts.append(Paragraph(t("report.outcomes.none")))
    if campaign.targets:
        parts.append(_targets(report, t))
    return Chapter("outcomes", t("report.outcomes"), tuple(parts))


def _changes(changes: Sequence[IndicatorChange], t: Translator) -> Table:
    """The same verdicts as for posts, so that neither is read more kindly."""
    head = ("metric", "period", "baseline", "level", "verdict")
    rows = tuple(
        (
            isolated(one.name[t.language]),
            t(f"period.{period}"),
            count_cell(t, found.baseline, 1),
            count_cell(t, found.level, 1),
            change_words(t, "originals", found),
        )
        for one in changes
        for period, found in one.changes.items()
    )
    return Table(
        t("report.outcomes.changes"),
        tuple(t(f"report.head.{name}") for name in head),
        rows,
        "indicator-changes",
        words=True,
    )


def _targets(report: ReportMaterial, t: Translator) -> Table:
    rows = tuple(
        (
            metric_name(t, target.metric) if target.metric in METRICS else target.metric,
            t.number(target.value, _digits(target.value)),
            target.source,
        )
        for target in report.campaign.targets
    )
    head = ("metric", "announced", "announced_by")
    return Table(
        t("report.outcomes.targets"),
        tuple(t(f"report.head.{name}") for name in head),
        rows,
        words=True,
    )


def _digits(value: float) -> int:
    return 0 if float(value).is_integer() else 2
