"""What the figures mean, from the dictionary of metrics."""

from typing import Any

from dash import html

from config.i18n import Translator
from measures.dictionary import METRICS, Metric


def metric_name(key: str, t: Translator) -> str:
    metric = METRICS.get(key)
    return metric.name[t.language] if metric else t.messages.get(f"metric.{key}", key)


def definition(key: str, t: Translator) -> str:
    """What a metric is, in a sentence or two; empty for one that is not in the dictionary."""
    metric = METRICS.get(key)
    return metric.definition[t.language] if metric else ""


def dictionary(t: Translator) -> html.Div:
    """All definitions with their formulas, for the drawer "about the figures"."""
    return html.Div(
        [
            html.P(t("method.intro"), className="method-intro"),
            *[html.P(t(f"method.{part}")) for part in ("change", "gaps", "privacy")],
            *[_entry(metric, t) for metric in METRICS.values()],
        ],
        className="method",
    )


def _entry(metric: Metric, t: Translator) -> html.Article:
    facts: list[tuple[str, Any]] = [
        (t("method.formula"), html.Code(metric.formula, dir="ltr")),
        (t("method.denominator"), metric.denominator),
        (t("method.platforms"), metric.platforms),
        (t("method.since"), t.day(metric.since)),
        (t("method.source"), metric.source),
    ]
    return html.Article(
        [
            html.H3(metric.name[t.language]),
            html.P(metric.definition[t.language]),
            html.Dl(
                [
                    html.Div([html.Dt(name), html.Dd(html.Bdi(value))])
                    for name, value in facts
                    if value
                ]
            ),
        ],
        className="method-entry",
    )
