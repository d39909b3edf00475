"""The digest in words of one language: what both the HTML and the plain text of the mail show."""

from dataclasses import dataclass
from datetime import timedelta

from config.campaign import Campaign, Signpost
from config.i18n import Translator
from measures.change import Period
from measures.labelling import PRECISION
from measures.suppress import LEAST_AUTHORS, enough
from reports.alarm_words import alarm_words
from reports.charts import WEEKS
from reports.digest import Cell, Digest, Row
from reports.digest_headline import dateline, subject, title
from reports.gather import Material
from reports.sources import sources_told
from reports.told import Told
from reports.topics import TopicCount
from reports.usual import LEAST
from reports.words import (
    VOLUMES,
    change_label,
    change_words,
    counted,
    isolated,
    metric_name,
    percent,
    points,
    signed_percent,
)

CHANGES = ("originals", "negative_share", "signposting_rate")


@dataclass(frozen=True, slots=True)
class Shown:
    """A table cell: the figure and, beneath it, its change or why there is none."""

    main: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """Texts in reading order; an empty one is left out."""

    language: str
    direction: str
    subject: str
    preview: str
    title: str
    dateline: str
    alarms: tuple[str, ...]
    brief: tuple[Told, ...]
    advice: tuple[Told, ...]
    help_lines: str
    chart_title: str
    chart_alt: str
    chart_note: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    changes: tuple[Told, ...]
    topics: tuple[Told, ...]
    sources: tuple[Told, ...]
    link: str
    notes: tuple[str, ...]


def view_digest(digest: Digest, t: Translator, dashboard_url: str = "") -> DigestView:
    """`digest` in the words of `t`; `dashboard_url` is linked to when given."""
    material = digest.material
    brief = _brief(digest, t)
    grave = tuple(alarm_words(material, alarm, t) for alarm in digest.alarms)
    return DigestView(
        language=t.language,
        direction=t.direction,
        subject=subject(digest, t),
        preview=" ".join(
            [*grave[:1], *(t("words.labelled", label=told.label, text=told.text) for told in brief)]
        ),
        title=title(digest, t),
        dateline=dateline(material, t),
        alarms=grave,
        brief=brief,
        advice=_advice(digest, t),
        help_lines=_help_lines(material.campaign, t) if digest.posts else "",
        chart_title=t("digest.chart.title") if digest.series else "",
        chart_alt=_chart_alt(digest, t),
        chart_note=_chart_note(digest, t),
        head=tuple(t(f"digest.head.{name}") for name in ("metric", "1", "before", "7", "30")),
        lines=tuple(_line(row, t) for row in digest.rows),
        changes=_changes(material, t),
        topics=tuple(_topic(topic, t) for topic in digest.moved),
        sources=sources_told(material, t),
        link=dashboard_url,
        notes=_notes(material, t),
    )


def _brief(digest: Digest, t: Translator) -> tuple[Told, ...]:
    if digest.posts is None:
        return ()
    told = [Told(t("brief.ordinary"), _ordinary(digest, t))]
    rows = {row.key: row for row in digest.rows}
    if (negative := rows.get("negative_share")) and (positive := rows.get("positive_share")):
        told.append(Told(t("brief.tone"), _tone(negative, positive, t)))
    if signposting := rows.get("signposting_rate"):
        told.append(Told(t("brief.help"), _help(signposting.week, t)))
    return tuple(told)


def _ordinary(digest: Digest, t: Translator) -> str:
    usual = digest.usual
    if usual is None:
        return t("brief.ordinary.unknown", least=t.number(LEAST))
    return t(
        "brief.ordinary.told",
        posts=counted(t, "posts", round(usual.middle)),
        low=t.number(usual.low),
        high=t.number(usual.high),
        days=t.number(usual.days),
    )


def _tone(negative: Row, positive: Row, t: Translator) -> str:
    cell = negative.week
    if cell.value is None or positive.week.value is None:
        return t(f"note.{cell.note or 'unknown'}.long", least=t.number(LEAST_AUTHORS))
    return t(
        "brief.tone.told",
        negative=percent(t, cell.value),
        positive=percent(t, positive.week.value),
        change=_week_change(cell, t),
    )


def _help(cell: Cell, t: Translator) -> str:
    if cell.value is None:
        return t(f"note.{cell.note or 'unknown'}.long", least=t.number(LEAST_AUTHORS))
    return t("brief.help.told", share=percent(t, cell.value), change=_week_change(cell, t))


def _week_change(cell: Cell, t: Translator) -> str:
    if cell.change is None:
        return t("brief.no_week")
    return t("brief.week", change=points(t, cell.change))


def _advice(digest: Digest, t: Translator) -> tuple[Told, ...]:
    advice = digest.advice
    chosen = (("answer", advice.answer), ("boost", advice.boost), ("help", advice.help))
    return tuple(
        Told(t(f"advice.{name}"), _advised(name, topic, t), name)
        for name, topic in chosen
        if topic is not None
    )


def _advised(name: str, topic: TopicCount, t: Translator) -> str:
    share = topic.positive_share if name == "boost" else topic.negative_share
    return t(
        f"advice.{name}.told",
        topic=isolated(topic.label),
        originals=counted(t, "originals", topic.originals.get("now") or 0),
        share=percent(t, share or 0.0),
    )


def _help_lines(campaign: Campaign, t: Translator) -> str:
    if not campaign.signposts:
        return ""
    shown = " · ".join(isolated(_signpost(signpost)) for signpost in campaign.signposts)
    return t("advice.lines", lines=shown)


def _signpost(signpost: Signpost) -> str:
    more = [part for part in (*signpost.numbers, *signpost.sites[:1]) if part not in signpost.name]
    return f"{signpost.name} {', '.join(more)}" if more else signpost.name


def _chart_alt(digest: Digest, t: Translator) -> str:
    if not digest.series:
        return ""
    last = max(digest.series)
    peak = max(digest.series, key=lambda day: (digest.series[day], day))
    return t(
        "digest.chart.alt",
        first=t.day(min(digest.series)),
        last=t.day(last),
        peak=t.number(digest.series[peak]),
        day=t.day(peak),
    )


def _chart_note(digest: Digest, t: Translator) -> str:
    yesterday = digest.material.yesterday
    drawn = (yesterday - timedelta(days=n) for n in range(7 * WEEKS))
    missing = digest.material.missing
    holes = any(missing.get(day, 0.0) > 0 or day not in digest.series for day in drawn)
    return t("chart.holes") if digest.series and holes else ""


def _line(row: Row, t: Translator) -> Line:
    cells = (row.yesterday, row.day_before, row.week, row.month)
    return Line(metric_name(t, row.key), tuple(_shown(row, cell, t) for cell in cells))


def _shown(row: Row, cell: Cell, t: Translator) -> Shown:
    if cell.value is None:
        return Shown("–", t(f"note.{cell.note or 'unknown'}", least=t.number(LEAST_AUTHORS)))
    main = percent(t, cell.value) if row.kind == "share" else t.compact(cell.value)
    if cell.note == "missing":
        return Shown(main, t("note.missing"))
    if cell.change is None:
        return Shown(main)
    change = points(t, cell.change) if row.kind == "share" else signed_percent(t, cell.change)
    return Shown(main, change)


def _changes(material: Material, t: Translator) -> tuple[Told, ...]:
    """The measured change against the baseline, once the campaign has begun."""
    found = []
    for key in CHANGES:
        periods = material.summary.told_changes.get(key, {})
        period: Period = "after" if "after" in periods else "during"
        change = periods.get(period)
        if change is not None and (key in VOLUMES or _phases_enough(material)):
            corrected = material.summary.corrected_change(key, period)
            told = change_words(t, key, change, corrected=corrected)
            found.append(Told(change_label(t, key, period), told, change.verdict))
    return tuple(found)


def _phases_enough(material: Material) -> bool:
    phases = [f for f in material.summary.phases.values() if f is not None]
    return all(
        enough(material.authors.get((figures.first, figures.last), ())) for figures in phases
    )


def _topic(topic: TopicCount, t: Translator) -> Told:
    now, before = topic.originals.get("now"), topic.originals.get("before")
    few = t("note.few", least=t.number(LEAST_AUTHORS))

    text = t(
        "topic.moved",
        now=few if now is None else counted(t, "originals", now),
        before=few if before is None else t.number(before),
    )
    if topic.negative_share is not None:
        text += t("topic.negative", share=percent(t, topic.negative_share))
    tone = "up" if (now or 0) > (before or 0) else "down"
    return Told(isolated(topic.label), text, tone)


def _notes(material: Material, t: Translator) -> tuple[str, ...]:
    method = [t("note.method", model=" ".join(material.model))] if material.model else []
    if method and not any(material.summary.labelled.labels.values()):
        (few, wide), (many, narrow) = PRECISION
        hint = t("report.corrected.none", few=few, wide=wide, many=many, narrow=narrow)
        method.append(hint)
    later = ", ".join(map(t.platform, material.later))
    return (
        *([t("note.later", platforms=later)] if later else []),
        *method,
        t("note.suppressed", least=t.number(LEAST_AUTHORS)),
        t("note.made", moment=t.moment(material.now), changed=_changed(material, t)),
        t("note.unsubscribe"),
    )


def _changed(material: Material, t: Translator) -> str:
    return t.moment(material.changed) if material.changed else t("words.never")
