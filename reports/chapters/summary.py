"""What happened, in a few sentences with their verdicts."""

from collections.abc import Sequence

from config.campaign import Phase
from config.i18n import Translator
from reports.parts import Chapter, Paragraph, Part, Points
from reports.report_data import Group, ReportMaterial
from reports.told import Told
from reports.words import VOLUMES, change_label, change_words, counted, percent


def summary(report: ReportMaterial, t: Translator) -> Chapter:
    """Verdicts first, then how far the data can be trusted."""
    material = report.material
    parts: list[Part] = []
    if material.seen is None:
        parts.append(Paragraph(t("report.empty"), "warning"))
        return Chapter("summary", t("report.summary"), tuple(parts))
    parts += [Paragraph(text) for text in _opening(report, t)]
    lines = _verdicts(report, t)
    if lines:
        parts += [Points(lines), Paragraph(t("report.summary.cause"), "note")]
    parts += [Paragraph(text, "warning") for text in _cautions(report, t)]
    return Chapter("summary", t("report.summary"), tuple(parts))


def _opening(report: ReportMaterial, t: Translator) -> list[str]:
    campaign, figures = report.campaign, report.material.summary.phases.get(Phase.DURING)
    told = []
    if figures is not None and figures.originals is not None:
        told.append(
            t(
                "report.summary.volume",
                first=t.day(figures.first, "d MMMM"),
                last=t.day(figures.last, "d MMMM yyyy"),
                posts=counted(t, "posts", figures.posts or 0),
                originals=counted(t, "originals", figures.originals),
            )
        )
    shown = {group.name for group in _platforms(report) if group.row is not None}
    authors = {n: c for n, c in figures.authors.items() if n in shown} if figures else {}
    if authors:
        listed = " · ".join(f"{t.platform(n)} {t.number(c)}" for n, c in sorted(authors.items()))
        told.append(t("report.summary.authors", authors=listed))
    if figures and report.shown.get(Phase.DURING) and figures.signposting_rate is not None:
        told.append(t("report.summary.help", share=percent(t, figures.signposting_rate, 1)))
    if campaign.end is None or report.material.today <= campaign.end:
        told.append(t("report.summary.unfinished", day=t.day(report.material.today)))
    return told


def _platforms(report: ReportMaterial) -> Sequence[Group]:
    return report.groups.get("platform", {}).get(Phase.DURING, ())


def _verdicts(report: ReportMaterial, t: Translator) -> tuple[Told, ...]:
    """What rose or fell, one line each; then in one line each what did not or could not be told."""
    enough, summary = all(report.shown.values()), report.material.summary
    told = [
        (key, period, change)
        for key, periods in summary.told_changes.items()
        for period, change in periods.items()
        if key in VOLUMES or enough
    ]
    moved = [
        Told(
            change_label(t, key, period),
            change_words(t, key, change, corrected=summary.corrected_change(key, period)),
            change.verdict,
        )
        for key, period, change in told
        if change.verdict in ("rose", "fell")
    ]
    for verdict in ("not_detectable", "not_enough_data"):
        labels = [change_label(t, key, p) for key, p, change in told if change.verdict == verdict]
        if labels:
            moved.append(Told(t(f"report.verdict.{verdict}"), " · ".join(labels), verdict))
    return tuple(moved)


def _cautions(report: ReportMaterial, t: Translator) -> list[str]:
    found = []
    for phase, figures in report.material.summary.phases.items():
        if figures is None:
            continue
        name = t(f"phase.{phase.value}")
        if figures.missing_share > 0.1:
            share = percent(t, figures.missing_share)
            found.append(t("report.caution.missing", phase=name, share=share))
        if figures.few_authors:
            found.append(t("report.caution.authors", phase=name))
    return found
