"""Draws a key figure."""

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from config.campaign import Phase
from config.i18n import Translator
from dashboard.cards import Card
from dashboard.definitions import explained, metric_name
from dashboard.parts.aria import HIDDEN, aria
from dashboard.wording import Verdict


def card(shown: Card, t: Translator) -> html.Article:
    lengthy = len(shown.value) > 11 or not any(letter.isdigit() for letter in shown.value)
    return html.Article(
        [
            html.Div(
                [
                    html.H3(metric_name(shown.key, t), className="card-name"),
                    explain(shown.key, t),
                ],
                className="card-head",
            ),
            html.Div(shown.value, className="card-value card-long" if lengthy else "card-value"),
            _more(shown, t),
            html.Div(shown.note, className="card-note"),
            _correction(shown, t),
            html.Dl(phase_rows(shown.phases, t), className="phases"),
            html.Div(
                [
                    chip(said, t, period if len(shown.verdicts) > 1 else "")
                    for period, said in shown.verdicts.items()
                ],
                className="chips",
            ),
            html.Div(shown.warning, className="card-warning") if shown.warning else None,
        ],
        className="card",
    )


def _more(shown: Card, t: Translator) -> html.Details | None:
    if not shown.more:
        return None
    told = html.Summary(t("card.more", count=t.number(len(shown.more))))
    return html.Details([told, html.Div("\n".join(shown.more))], className="card-more")


def _correction(shown: Card, t: Translator) -> html.Div | None:
    if not shown.correction:
        return None
    link = dcc.Link(t("card.label"), href=shown.link) if shown.link else None
    return html.Div([html.Span(shown.correction), " ", link], className="card-correction")


def phase_rows(phases: Mapping[Phase, str], t: Translator) -> list[Any]:
    """A line for each phase that has a text."""
    rows = []
    for phase in Phase:
        if phase in phases:
            rows.append(
                html.Div(
                    [html.Dt(t(f"phase.{phase}")), html.Dd(phases[phase])],
                    className=f"phase phase-{phase}",
                )
            )
    return rows


def chip(said: Verdict, t: Translator, period: str = "") -> dmc.Tooltip:
    """A verdict that can be read at a glance, heard, and tapped for its full meaning."""
    text = t("colon", name=t(f"phase.{period}"), value=said.short) if period else said.short
    return tip(
        html.Span(
            [
                html.Span(said.arrow, className="chip-arrow", **HIDDEN),
                html.Span(text),
            ],
            className=f"chip chip-{said.kind}",
            tabIndex=0,
        ),
        said.detail,
    )


def explain(key: str, t: Translator) -> dmc.Tooltip | None:
    """The definition of a figure behind a small i, on hover, focus and touch."""
    lines = explained(key, t)
    if not lines:
        return None
    name = t("method.about", name=metric_name(key, t))
    return tip(
        html.Button("i", type="button", className="about", **aria(label=name)),
        [html.P(line) for line in lines],
    )


def tip(target: Any, text: Any) -> dmc.Tooltip:
    return dmc.Tooltip(
        target,
        label=text,
        multiline=True,
        w=280,
        withArrow=True,
        openDelay=150,
        events={"hover": True, "focus": True, "touch": True},
        boxWrapperProps={"className": "tip-box"},
        className="tip",
    )
