"""Two sides beside each other: what changed on either and how that compares, and their figures."""

from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.cards import Card, cards
from dashboard.comparing import Side, Versus
from dashboard.definitions import metric_name
from dashboard.parts.card import chip, explain, phase_rows
from dashboard.parts.panel import panel
from dashboard.parts.strip import Domain, domain, strip
from dashboard.parts.table import versus_table
from dashboard.wording import Scale, change_words, contrast_words, level, scale, verdict
from measures.change import Change, Period

PERIODS: tuple[Period, ...] = ("during", "after")


def changes(pair: Versus, t: Translator) -> list[html.Section]:
    """A table for each period that at least one side has reached."""
    return [found for period in PERIODS if (found := _period(pair, period, t)) is not None]


def _period(pair: Versus, period: Period, t: Translator) -> html.Section | None:
    rows = [
        _row(pair, key, period, t)
        for key in pair.keys
        if any(pair.change(side, key, period) for side in pair.sides)
    ]
    if not rows:
        return None
    title = t(f"compare.changes.{period}")
    names = [side.name for side in pair.sides]
    labels = [*names, t("compare.contrast")]
    contrast = html.Span(
        [t("compare.contrast"), " ", explain("contrast", t)], className="versus-name"
    )
    head = [t("labels.metric"), *[html.Bdi(name) for name in names], contrast]
    return panel(
        title,
        versus_table(head, labels, rows, title),
        question=t("compare.changes.question"),
        notes=[t("compare.contrast.note"), t("compare.changes.note")],
        wide=True,
    )


def _row(pair: Versus, key: str, period: Period, t: Translator) -> list[Any]:
    on = scale(key)
    found = [pair.change(side, key, period) for side in pair.sides]
    within = domain(found, on)
    cells = [
        _side(change, key, on, within, t) if change is not None else _absent(side, period, t)
        for side, change in zip(pair.sides, found, strict=True)
    ]
    return [named(key, t), *cells, _contrast(pair, key, period, t)]


def named(key: str, t: Translator) -> html.Span:
    """A metric's name with its definition behind the i."""
    return html.Span([metric_name(key, t), " ", explain(key, t)], className="versus-name")


def _absent(side: Side, period: Period, t: Translator) -> html.Span:
    """In the place of a change: the period has not begun, or the metric does not apply."""
    begun = period in side.data.summary.changes.get("originals", {})
    return html.Span(t("not_available" if begun else "compare.not_yet"), className="soft")


def _side(change: Change, key: str, on: Scale, within: Domain | None, t: Translator) -> Any:
    levels = None
    if change.baseline is not None and change.level is not None:
        before, now = level(change.baseline, key, t), level(change.level, key, t)
        levels = html.Div(t("compare.levels", before=before, now=now), className="versus-levels")
    return [*judged(change, on, t), strip(change, within, on), levels]


def judged(change: Change, on: Scale, t: Translator) -> list[Any]:
    """The chip of a change with its interval, or why there is none, for all to read."""
    return [
        chip(verdict(change, on, t), t),
        html.Div(change_words(change, on, t), className="versus-interval"),
    ]


def _contrast(pair: Versus, key: str, period: Period, t: Translator) -> Any:
    found = pair.contrasts.get(key, {}).get(period)
    if found is None:
        return html.Span(t("compare.contrast.one_side"), className="soft")
    said = contrast_words(found, scale(key), t)
    corrected = t("compare.corrected") if found.corrected else ""
    return [
        chip(said, t),
        html.Div(said.detail, className="versus-interval"),
        html.Div(corrected, className="versus-levels") if corrected else None,
    ]


def figures(pair: Versus, t: Translator) -> html.Section:
    """The figures of each phase, which are shown and not tested."""
    both = [cards(side.data, t, whole=True) for side in pair.sides]
    rows = [
        [named(one.key, t), *[_phases(card, t) for card in (one, other)]]
        for one, other in zip(*both, strict=True)
    ]
    names = [side.name for side in pair.sides]
    title = t("compare.figures")
    return panel(
        title,
        versus_table([t("labels.metric"), *[html.Bdi(name) for name in names]], names, rows, title),
        question=t("compare.figures.question"),
        notes=[t("compare.figures.note")],
        wide=True,
    )


def _phases(card: Card, t: Translator) -> Any:
    if not card.phases:
        return html.Span(t("unknown"), className="soft")
    return [
        html.Dl(phase_rows(card.phases, t), className="phases"),
        html.Div(card.correction, className="versus-levels") if card.correction else None,
    ]


def who(side: Side, t: Translator, *, posts: bool) -> html.Article:
    """One side by name: when it ran and what there is of it."""
    campaign, summary = side.campaign, side.data.summary
    start = t.day(campaign.start)
    dates = t("campaign.dates_open", start=start)
    if campaign.end is not None:
        dates = t("campaign.dates", start=start, end=t.day(campaign.end))
    said = [dates, t("compare.baseline", days=t.number(campaign.baseline_days))]
    if not posts:
        said.append(t("compare.no_posts"))
    return html.Article(
        [
            html.Span(t(f"state.{summary.state}"), className="state"),
            html.H2(html.Bdi(side.name), className="side-name"),
            html.P(" · ".join(said), className="section-note"),
        ],
        className="side",
    )
