"""Yesterday against the day before, 7 days against 7, 30 against 30."""

from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.comparing import Lately
from dashboard.parts.panel import panel
from dashboard.parts.table import versus_table
from dashboard.parts.versus import judged, named
from dashboard.wording import MINUS, level, scale
from dashboard.words import figure
from measures.compare import SPANS, Comparison


def lately_table(found: Lately, t: Translator) -> html.Section:
    """A row a metric, a column a span."""
    titles = [t(f"compare.span.{span}") for span in SPANS]
    head = [t("labels.metric"), *[_head(found, span, t) for span in SPANS]]
    rows = [
        [named(key, t), *[_cell(by[span], found, t) for span in SPANS]]
        for key, by in found.comparisons.items()
    ]
    title = t("compare.lately.title", day=t.day(found.last))
    notes = [t("compare.lately.note"), t("compare.lately.unknown")]
    if found.without:
        names = ", ".join(map(t.platform, found.without))
        notes.insert(0, t("compare.lately.without", platforms=names))
    return panel(
        title,
        versus_table(head, titles, rows, title),
        question=t("compare.lately.question"),
        notes=notes,
        wide=True,
    )


def _head(found: Lately, span: int, t: Translator) -> Any:
    start, middle, first = found.stretches(span)
    days = t("compare.span.days", now=_days(first, found.last, t), before=_days(start, middle, t))
    reason = found.reason(span)
    return [
        html.Div(t(f"compare.span.{span}")),
        html.Div(days, className="versus-levels"),
        html.Div(t("compare.span.described", why=t(f"reason.{reason}")), className="versus-levels")
        if reason
        else None,
    ]


def _days(first: Any, last: Any, t: Translator) -> str:
    if first == last:
        return t.day(first, "d MMM")
    return t("between", low=t.day(first, "d MMM"), high=t.day(last, "d MMM"))


def _cell(one: Comparison, found: Lately, t: Translator) -> Any:
    if one.now is None and one.before is None:
        return html.Span(t("unknown"), className="soft")
    said: list[Any] = [
        html.Div(
            [html.Strong(_amount(one, one.now, t)), " ", html.Span(difference(one, t))],
            className="lately-now",
        ),
        html.Div(t("compare.before", value=_amount(one, one.before, t)), className="versus-levels"),
    ]
    if one.tested is not None and not found.reason(one.span):
        said += judged(one.tested, scale(one.key), t)
    return said


def difference(one: Comparison, t: Translator) -> str:
    """How far the newer stretch is from the older one; empty where that is unknown."""
    if one.change is None:
        return ""
    if one.kind == "share":
        return t("unit.points", value=figure(t.points(one.change, 1)))
    sign = MINUS if one.change < 0 else "+" if one.change > 0 else ""
    return figure(sign + t.percent(abs(one.change)))


def _amount(one: Comparison, value: float | None, t: Translator) -> str:
    if value is None:
        return t("unknown")
    return t.compact(value) if one.kind == "count" else level(value, one.key, t)
