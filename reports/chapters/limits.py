"""What the data cannot say, how it was measured, and how to make the report again."""

from config.i18n import Translator
from measures.dictionary import METRICS
from measures.suppress import LEAST_AUTHORS
from reports.parts import Chapter, Paragraph, Part, Points, Table
from reports.report_data import ReportMaterial
from reports.told import Told
from reports.words import counted, isolated

LIMITS = ("cause", "public", "reach", "originals", "tone", "gaps", "persons", "impact")


def limits(report: ReportMaterial, t: Translator) -> Chapter:
    """The limits that hold for every such report, and that of dates that an import made up."""
    lines = [Told(t(f"limit.{name}"), t(f"limit.{name}.text")) for name in LIMITS]
    if invented := report.material.invented:
        posts = counted(t, "posts", invented)
        lines.insert(0, Told(t("limit.invented"), t("limit.invented.text", posts=posts)))
    return Chapter("limits", t("report.limits"), (Points(tuple(lines)),))


def method(report: ReportMaterial, t: Translator) -> Chapter:
    """How change is measured, the model's error, and every metric's definition."""
    classifier = report.provenance.classifier or t("report.method.uncorrected")
    parts: list[Part] = [
        Paragraph(t("report.method.change")),
        Paragraph(t("report.method.verdicts")),
        Paragraph(classifier),
        Paragraph(t("report.method.corrected")),
        Paragraph(t("report.method.suppressed", least=t.number(LEAST_AUTHORS))),
        _definitions(t),
    ]
    return Chapter("method", t("report.method"), tuple(parts))


def reproduce(report: ReportMaterial, t: Translator) -> Chapter:
    """Versions and the data's hash."""
    material, provenance = report.material, report.provenance
    model = " ".join(material.model) if material.model else t("words.none")
    rows = (
        (t("reproduce.sada"), provenance.version),
        (t("reproduce.model"), model),
        (t("reproduce.database"), provenance.revision),
        (t("reproduce.data"), report.data_hash),
        (t("reproduce.campaign"), report.campaign.slug),
        (t("reproduce.today"), material.today.isoformat()),
        (t("reproduce.made"), t.moment(material.now)),
    )
    head = (t("report.head.what"), t("report.head.value"))
    table = Table(t("report.reproduce.table"), head, rows, words=True)
    parts: tuple[Part, ...] = (table, Paragraph(t("report.reproduce.note"), "note"))
    return Chapter("reproduce", t("report.reproduce"), parts)


def _definitions(t: Translator) -> Table:
    rows = tuple(
        (
            metric.name[t.language],
            metric.definition[t.language],
            isolated(metric.formula[t.language]),
            isolated(metric.denominator[t.language]) if metric.denominator else "–",
            t("report.definition.version", version=str(metric.version), since=t.day(metric.since)),
        )
        for metric in METRICS.values()
    )
    head = ("metric", "definition", "formula", "denominator", "version")
    return Table(
        t("report.method.definitions"),
        tuple(t(f"report.head.{name}") for name in head),
        rows,
        file="definitions",
        words=True,
    )
