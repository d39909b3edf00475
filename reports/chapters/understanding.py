"""Out-takes: what people said, how it sounded, whether help was named."""

from config.campaign import Phase
from config.i18n import Translator
from measures.labelled import TONES
from measures.labelling import PRECISION
from reports.chapters.cells import (
    UNKNOWN,
    count_cell,
    figure_row,
    group_rows,
    phase_heads,
    phases_of,
    share_cell,
    withheld_cell,
)
from reports.parts import Chapter, Chart, Paragraph, Part, Table
from reports.report_charts import sentiment_chart, topic_chart
from reports.report_data import Group, ReportMaterial
from reports.topics import TopicCount
from reports.words import isolated, metric_name

SHARES = (
    "negative_share",
    "neutral_share",
    "positive_share",
    "net_sentiment",
    "offensive_share",
    "signposting_rate",
)
TOPICS_SHOWN = 12


def understanding(report: ReportMaterial, t: Translator) -> Chapter:
    """Sentiment, offence, signposting, languages and topics by phase."""
    parts: list[Part] = [Paragraph(t("report.understanding.about"))]
    parts += _sentiment(report, t)
    parts.append(_shares(report, t))
    parts.append(Paragraph(t("report.understanding.uncorrected"), "note"))
    parts.append(_corrected(report, t))
    parts.append(_languages(report, t))
    parts += _topics(report, t)
    return Chapter("understanding", t("report.understanding"), tuple(parts))


def _sentiment(report: ReportMaterial, t: Translator) -> list[Part]:
    phases = [
        (t(f"phase.{phase.value}"), figures)
        for phase, figures in phases_of(report)
        if report.shown.get(phase) and figures.annotated
    ]
    if not phases:
        return [Paragraph(t("report.understanding.none"))]
    shares = "; ".join(f"{name}: {share_cell(t, f.negative_share)}" for name, f in phases)
    title = t("report.sentiment.title")
    return [Chart(title, sentiment_chart(phases, t), t("report.sentiment.alt", shares=shares))]


def _shares(report: ReportMaterial, t: Translator) -> Table:
    def row(key: str) -> tuple[str, ...]:
        return figure_row(report, t, key, lambda f: share_cell(t, getattr(f, key)))

    annotated = figure_row(report, t, "annotated", lambda f: count_cell(t, f.annotated))
    head = (t("report.head.metric"), *phase_heads(report, t))
    return Table(
        t("report.understanding.shares"), head, (annotated, *map(row, SHARES)), file="phases"
    )


def _corrected(report: ReportMaterial, t: Translator) -> Part:
    """The tones as hand labels correct them, or how many labels would."""
    labelled = report.material.summary.labelled
    phases = [phase for phase, _ in phases_of(report)]

    def cell(key: str, phase: Phase) -> str:
        share = labelled.share(key, phase)
        if share is None:
            return UNKNOWN
        if not report.shown.get(phase):
            return withheld_cell(t)
        low, high = share_cell(t, share.low), share_cell(t, share.high)
        return t("report.corrected.share", share=share_cell(t, share.share), low=low, high=high)

    if not any(labelled.share(key, phase) for key in TONES for phase in phases):
        (few, wide), (many, narrow) = PRECISION
        return Paragraph(
            t("report.corrected.none", few=few, wide=wide, many=many, narrow=narrow), "note"
        )
    counts = (t.number(labelled.labels.get(phase, 0)) for phase in phases)
    rows = [(metric_name(t, key), *(cell(key, phase) for phase in phases)) for key in TONES]
    return Table(
        t("report.corrected.table"),
        (t("report.head.metric"), *phase_heads(report, t)),
        ((t("report.corrected.labels"), *counts), *rows),
        file="corrected",
    )


def _languages(report: ReportMaterial, t: Translator) -> Table:
    def name(code: str) -> str:
        return t(f"language.{code or 'unread'}")

    def shown(group: Group) -> str:
        return UNKNOWN if group.row is None else t.number(group.row.originals)

    rows = group_rows(report, t, "language", name, shown)
    head = (t("report.head.language"), *phase_heads(report, t))
    return Table(t("report.understanding.languages"), head, rows, file="languages")


def _topics(report: ReportMaterial, t: Translator) -> list[Part]:
    topics = report.topics[:TOPICS_SHOWN]
    if not topics:
        return [Paragraph(t("report.topics.none"))]
    totals = {phase.value: figures.originals or 0 for phase, figures in phases_of(report)}
    table = Table(
        t("report.topics.table"),
        (t("report.head.topic"), *phase_heads(report, t), metric_name(t, "negative_share")),
        tuple(_topic(topic, report, t) for topic in topics),
        file="topics",
    )
    drawn = topic_chart(topics, totals, t)
    chart = Chart(t("report.topics.title"), drawn, t("report.topics.alt"))
    return [chart, table, Paragraph(t("report.topics.note"), "note")]


def _topic(topic: TopicCount, report: ReportMaterial, t: Translator) -> tuple[str, ...]:
    counts = (topic.originals.get(phase.value) for phase, _ in phases_of(report))
    cells = (withheld_cell(t) if count is None else t.number(count) for count in counts)
    return (isolated(topic.label), *cells, share_cell(t, topic.negative_share))
