"""What changed against the days before the campaign, with intervals and verdicts."""

from collections.abc import Sequence

from config.i18n import Translator
from measures.change import Change, Period
from reports.chapters.cells import UNKNOWN, count_cell, share_cell
from reports.parts import Chapter, Chart, Paragraph, Part, Table
from reports.report_charts import change_chart
from reports.report_data import ReportMaterial
from reports.words import VOLUMES, amount, change_label, change_words, metric_name

Labelled = Sequence[tuple[str, Change]]


def change(report: ReportMaterial, t: Translator) -> Chapter:
    """Every measured change as chart, table and verdict."""
    told = _told(report)
    parts: list[Part] = [Paragraph(t("report.change.about"))]
    if not told:
        parts.append(Paragraph(t("report.change.none")))
    parts += _charts(told, t)
    if told:
        parts.append(_table(told, report, t))
    parts.append(Paragraph(t("report.change.note"), "note"))
    return Chapter("change", t("report.change"), tuple(parts))


def _told(report: ReportMaterial) -> list[tuple[str, Period, Change]]:
    enough = all(report.shown.values())
    return [
        (key, period, found)
        for key, periods in report.material.summary.told_changes.items()
        for period, found in periods.items()
        if key in VOLUMES or enough
    ]


def _charts(told: Sequence[tuple[str, Period, Change]], t: Translator) -> list[Part]:
    charts: list[Part] = []
    for percent, name in ((True, "volumes"), (False, "shares")):
        chosen = [
            (change_label(t, key, period), found)
            for key, period, found in told
            if (key in VOLUMES) is percent and found.verdict != "not_enough_data"
        ]
        if chosen:
            drawn = change_chart(chosen, percent, f"change-{name}", t)
            title = t(f"report.change.{name}", moved=_moved(chosen, t))
            charts.append(Chart(title, drawn, t("report.change.alt")))
    return charts


def _moved(chosen: Labelled, t: Translator) -> str:
    moved = [label for label, found in chosen if found.verdict in ("rose", "fell")]
    return " · ".join(moved) if moved else t("report.change.nothing")


def _table(
    told: Sequence[tuple[str, Period, Change]], report: ReportMaterial, t: Translator
) -> Table:
    summary = report.material.summary
    head = ("metric", "period", "baseline", "level", "change", "verdict")
    return Table(
        t("report.change.table"),
        tuple(t(f"report.head.{name}") for name in head),
        tuple(
            _row(key, period, found, t, corrected=summary.corrected_change(key, period))
            for key, period, found in told
        ),
        file="changes",
        words=True,
    )


def _row(
    key: str, period: str, found: Change, t: Translator, *, corrected: bool
) -> tuple[str, ...]:
    def level(value: float | None) -> str:
        return count_cell(t, value, 1) if key in VOLUMES else share_cell(t, value)

    effect = UNKNOWN if found.effect is None else amount(t, key, found.effect)
    return (
        metric_name(t, key),
        t(f"period.{period}"),
        level(found.baseline),
        level(found.level),
        effect,
        change_words(t, key, found, corrected=corrected),
    )
