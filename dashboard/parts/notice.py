"""What stands where there is nothing to show, and why."""

from typing import Any

from dash import html

from dashboard.parts.aria import HIDDEN


def notice(title: str, text: str, *actions: Any, kind: str = "empty") -> html.Div:
    """A calm panel: what is the case and what can be done."""
    return html.Div(
        [
            html.Div(className=f"notice-mark notice-{kind}", **HIDDEN),
            html.H2(title, className="notice-title"),
            html.P(text, className="notice-text"),
            html.Div(list(actions), className="notice-actions") if actions else None,
        ],
        className="notice",
        role="alert" if kind == "problem" else "status",
    )


def skeleton() -> html.Div:
    """Grey shapes where the page is going to be."""
    shapes = ["bone bone-line", "bone bone-lead", "bone-row", "bone bone-chart"]
    cards = [html.Div(className="bone bone-card") for _ in range(5)]
    return html.Div(
        [html.Div(cards if "row" in shape else None, className=shape) for shape in shapes],
        className="skeleton",
        **HIDDEN,
    )
