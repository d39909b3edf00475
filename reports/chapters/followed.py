"""What was followed, from where, when, and what is missing of it."""

from config.i18n import CASABLANCA, Translator
from reports.alarms import hours_missing
from reports.gather import phase_days
from reports.parts import Chapter, Paragraph, Part, Table
from reports.report_data import ReportMaterial
from reports.words import counted, isolated
from storage.rows import Gap

GAPS_SHOWN = 40


def followed(report: ReportMaterial, t: Translator) -> Chapter:
    """Dates, query families, sources and every gap."""
    parts: list[Part] = [_dates(report, t), _families(report, t), _sources(report, t)]
    parts += _gaps(report, t)
    return Chapter("followed", t("report.followed"), tuple(parts))


def _dates(report: ReportMaterial, t: Translator) -> Table:
    spans = phase_days(report.campaign, report.material.today)
    rows = tuple(
        (
            t(f"phase.{phase.value}"),
            t.day(first),
            t.day(last),
            counted(t, "days", (last - first).days + 1),
        )
        for phase, (first, last) in spans.items()
    )
    head = ("report.head.phase", "report.head.first", "report.head.last", "report.head.length")
    return Table(t("report.followed.dates"), tuple(map(t, head)), rows, words=True)


def _families(report: ReportMaterial, t: Translator) -> Table:
    campaign = report.campaign
    scopes = (("campaign", campaign.families), ("topic", campaign.topic_query))
    rows = tuple(
        (
            t(f"scope.{scope}"),
            family.concept,
            " · ".join(isolated(f"#{tag}") for tag in family.hashtags),
            " · ".join(isolated(word) for word in (*family.words, *family.phrases)),
            " · ".join(isolated(word) for word in family.context),
            " · ".join(isolated(word) for word in family.exclusions),
        )
        for scope, families in scopes
        for family in families
    )
    head = ("scope", "concept", "hashtags", "words", "context", "exclusions")
    return Table(
        t("report.followed.families"),
        tuple(t(f"report.head.{name}") for name in head),
        rows,
        words=True,
    )


def _sources(report: ReportMaterial, t: Translator) -> Part:
    material = report.material
    if material.imports_only:
        return Paragraph(t("report.followed.imports"))
    rows = tuple(
        (
            t.platform(source.name),
            t(f"source.state.{source.state}"),
            t.number(source.posts),
            t.moment(source.last_success) if source.last_success else "–",
            t.number(
                sum(
                    hours_missing([gap], gap.start, min(gap.end, material.now))
                    for gap in source.gaps
                )
            ),
            t.number(source.dollars, 2),
        )
        for source in material.sources
    )
    head = ("source", "state", "posts", "latest", "hours_missing", "dollars")
    return Table(
        t("report.followed.sources"), tuple(t(f"report.head.{name}") for name in head), rows
    )


def _gaps(report: ReportMaterial, t: Translator) -> list[Part]:
    gaps = [
        gap
        for source in report.material.sources
        if source.last_run is not None
        for gap in source.gaps
    ]
    if report.material.imports_only:
        return []
    if not gaps:
        return [Paragraph(t("report.followed.complete"))]
    longest = sorted(gaps, key=lambda gap: (gap.start - gap.end, gap.start, gap.source))
    chosen = sorted(longest[:GAPS_SHOWN], key=lambda gap: (gap.start, gap.source))
    head = ("source", "from", "to", "hours", "why")
    table = Table(
        t("report.followed.gaps", shown=t.number(len(chosen)), all=t.number(len(gaps))),
        tuple(t(f"report.head.{name}") for name in head),
        tuple(_gap(gap, t) for gap in chosen),
        file="gaps",
    )
    return [table, Paragraph(t("report.followed.gaps.note"), "note")]


def _gap(gap: Gap, t: Translator) -> tuple[str, ...]:
    return (
        t.platform(gap.source),
        t.moment(gap.start.astimezone(CASABLANCA)),
        t.moment(gap.end.astimezone(CASABLANCA)),
        t.number(hours_missing([gap], gap.start, gap.end)),
        t(f"gap.{gap.state}"),
    )
