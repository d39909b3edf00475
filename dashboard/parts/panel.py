"""A chart or table in its frame: the finding as title, the question below, notes at its foot."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.figures.style import Figure
from dashboard.parts.aria import HIDDEN, aria


def panel(
    title: str, body: Any, *, question: Any = "", notes: Sequence[Any] = (), wide: bool = False
) -> html.Section:
    return html.Section(
        [
            html.H2(title, className="panel-title"),
            html.P(question, className="panel-question") if question else None,
            html.Div(body, className="panel-body"),
            html.Div([html.Span(note) for note in notes if note], className="panel-notes")
            if any(notes)
            else None,
        ],
        className="panel panel-wide" if wide else "panel",
    )


def graph(id_: str, figure: Figure, description: str) -> html.Div:
    """A chart without buttons or zoom; `description` says for screen readers what it shows. Its
    room is kept while it is loaded, so that nothing below it jumps."""
    height = {"height": f"{figure['layout']['height']}px"}
    return html.Div(
        dcc.Graph(
            id=id_,
            figure=figure,
            config={"displayModeBar": False, "responsive": True, "scrollZoom": False},
            style=height,
            responsive=True,
        ),
        style=height,
        role="img",
        className="graph",
        **aria(label=description),
    )


def bars(rows: Sequence[tuple[str, float, str]], colour: str) -> html.Ul:
    """Horizontal bars as a list: label, share (0 to 1), text of the value."""
    most = max((share for _label, share, _text in rows), default=1) or 1
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(label, className="bar-label"),
                    html.Span(text, className="bar-value"),
                    html.Div(
                        html.Div(
                            className="bar-fill",
                            style={"width": f"{100 * share / most:.1f}%", "background": colour},
                        ),
                        className="bar-track",
                        **HIDDEN,
                    ),
                ],
                className="bar",
            )
            for label, share, text in rows
        ],
        className="bars",
    )


def split(neg: int, neu: int, pos: int, label: str) -> html.Div:
    """A tone as one bar of three parts; its text says what the colours say."""
    total = neg + neu + pos
    parts = (("neg", neg), ("neu", neu), ("pos", pos))
    return html.Div(
        [
            html.Div(className=f"split-{name}", style={"width": f"{100 * count / total:.1f}%"})
            for name, count in parts
            if total and count
        ],
        className="split",
        role="img",
        title=label,
        **aria(label=label),
    )
