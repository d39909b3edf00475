"""Outputs: how much was published, who could have seen it, how people responded."""

from collections.abc import Mapping
from datetime import date, timedelta

from config.campaign import Phase
from config.i18n import Translator
from measures.figures import Figures
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
from reports.digest import daily_posts
from reports.gather import Stretch
from reports.parts import Chapter, Chart, Paragraph, Part, Table
from reports.report_charts import daily_chart, events_of
from reports.report_data import Group, ReportMaterial
from reports.words import counted


def reach(report: ReportMaterial, t: Translator) -> Chapter:
    """Volume by day, the figures of each phase, platforms, standing."""
    parts: list[Part] = [Paragraph(t("report.reach.about"))]
    if report.material.seen is not None:
        parts.append(_daily(report, t))
    parts += [_figures(report, t), _authors(report, t), _potential(report, t)]
    parts += [_platforms(report, t), _standing(report, t)]
    parts.append(Paragraph(t("report.reach.note"), "note"))
    return Chapter("reach", t("report.reach"), tuple(parts))


def _daily(report: ReportMaterial, t: Translator) -> Chart:
    material, campaign = report.material, report.campaign
    last = material.yesterday if campaign.last_day is None else campaign.last_day
    span = (campaign.first_day, max(campaign.first_day, min(last, material.yesterday)))
    series = {day: n for day, n in daily_posts(material).items() if span[0] <= day <= span[1]}
    peak = max(series, key=lambda day: (series[day], day), default=span[0])
    title = t(
        "report.daily.title", day=t.day(peak), posts=counted(t, "posts", round(series.get(peak, 0)))
    )
    alt = t("report.daily.alt", first=t.day(span[0]), last=t.day(span[1]))
    drawn = daily_chart(series, material.missing, campaign, span, t)
    return Chart(title, drawn, f"{title}. {alt}", _daily_note(report, span, series, t))


def _daily_note(
    report: ReportMaterial, span: Stretch, series: Mapping[date, float], t: Translator
) -> str:
    events = " · ".join(
        t("report.event", number=t.number(n), day=t.day(e.date, "d MMM"), title=e.title[t.language])
        for n, e in enumerate(events_of(report.campaign, *span), start=1)
    )
    days = (span[0] + timedelta(days=n) for n in range((span[1] - span[0]).days + 1))
    missing = report.material.missing
    holes = any(missing.get(day, 0.0) > 0 or day not in series for day in days)
    return " ".join(filter(None, (events, t("chart.holes") if holes else "")))


def _figures(report: ReportMaterial, t: Translator) -> Table:
    def row(key: str, digits: int = 0) -> tuple[str, ...]:
        return figure_row(report, t, key, lambda f: count_cell(t, getattr(f, key), digits))

    rows = (
        row("posts"),
        row("originals"),
        row("reposts_made"),
        row("replies_made"),
        row("quotes_made"),
        figure_row(report, t, "share_of_voice", lambda f: share_cell(t, f.share_of_voice)),
        row("effective_authors"),
        row("views"),
        _upper_bound(row("potential_impressions"), t),
        row("engagement"),
        figure_row(report, t, "engagement_rate", lambda f: _rate(f, t)),
        row("amplification", 2),
        row("conversation", 2),
        row("applause", 2),
    )
    head = (t("report.head.metric"), *phase_heads(report, t))
    return Table(t("report.reach.figures"), head, rows, file="phases")


def _upper_bound(row: tuple[str, ...], t: Translator) -> tuple[str, ...]:
    return (t("report.upper_bound", metric=row[0]), *row[1:])


def _rate(figures: Figures, t: Translator) -> str:
    rate, under = figures.engagement_rate, figures.engagement_denominator
    if rate is None or under is None:
        return UNKNOWN
    shown = share_cell(t, rate) if under == "views" else t.number(rate, 2)
    return t(f"report.rate.{under}", rate=shown)


def _authors(report: ReportMaterial, t: Translator) -> Table:
    rows = group_rows(
        report, t, "platform", t.platform, lambda group: _of_platform(report, t, group)
    )
    head = (t("report.head.platform"), *phase_heads(report, t))
    return Table(t("report.reach.authors"), head, rows)


def _of_platform(report: ReportMaterial, t: Translator, group: Group) -> str:
    assert group.row is not None  # noqa: S101
    for _, figures in phases_of(report):
        if figures.first == group.row.day:
            return t.number(figures.authors.get(group.name, 0))
    return UNKNOWN


def _potential(report: ReportMaterial, t: Translator) -> Table:
    shown = {
        (phase, group.name)
        for phase, groups in report.groups.get("platform", {}).items()
        for group in groups
        if group.row is not None
    }
    phases = phases_of(report)
    platforms = sorted({name for _, figures in phases for name in figures.potential_reach})

    def cell(phase: Phase, figures: Figures, name: str) -> str:
        interval = figures.potential_reach.get(name)
        if interval is None:
            return UNKNOWN
        if (phase, name) not in shown:
            return withheld_cell(t)
        return t("report.interval", low=t.compact(interval.low), high=t.compact(interval.high))

    rows = tuple(
        (t.platform(name), *(cell(phase, figures, name) for phase, figures in phases))
        for name in platforms
    )
    head = (t("report.head.platform"), *phase_heads(report, t))
    return Table(t("report.reach.potential"), head, rows)


def _platforms(report: ReportMaterial, t: Translator) -> Table:
    rows = group_rows(report, t, "platform", t.platform, lambda group: _posts(group, t))
    head = (t("report.head.platform"), *phase_heads(report, t))
    return Table(t("report.reach.platforms"), head, rows, file="platforms")


def _standing(report: ReportMaterial, t: Translator) -> Table:
    rows = group_rows(
        report, t, "standing", lambda name: t(f"standing.{name}"), lambda group: _posts(group, t)
    )
    head = (t("report.head.standing"), *phase_heads(report, t))
    return Table(t("report.reach.standing"), head, rows, file="standing")


def _posts(group: Group, t: Translator) -> str:
    return UNKNOWN if group.row is None else t.number(group.row.posts)
