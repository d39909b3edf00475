"""What the figures mean, from the dictionary of metrics."""

from typing import Any

from dash import html

from config.i18n import Translator
from measures.dictionary import METRICS, Metric


def metric_name(key: str, t: Translator) -> str:
    metric = METRICS.get(key)
    return metric.name[t.language] if metric else t.messages.get(f"metric.{key}", key)


def denominator_of(metric: Metric, t: Translator) -> str:
    return metric.denominator[t.language] if metric.denominator else ""


def explained(key: str, t: Translator) -> list[str]:
    """What a metric is, how it is computed and among what, a line each; empty
    for one that is not in the dictionary."""
    metric = METRICS.get(key)
    if metric is None:
        return []
    lines = [
        metric.definition[t.language],
        t("colon", name=t("method.formula"), value=metric.formula[t.language]),
    ]
    if metric.denominator:
        value = denominator_of(metric, t)
        lines.append(t("colon", name=t("method.denominator"), value=value))
    return lines


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
        (t("method.formula"), metric.formula[t.language]),
        (t("method.denominator"), denominator_of(metric, t)),
        (t("method.platforms"), metric.platforms),
        (t("method.version"), t("method.since", version=metric.version, day=t.day(metric.since))),
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
