"""The line under the controls while another model reads: whose figures these are, and how far
the other one is."""

from typing import Any

from dash import html

from config.i18n import Translator
from dashboard.parts.aria import HIDDEN, aria
from dashboard.words import isolate
from storage.wanted import Progress

ALMOST = 0.99
"""Never 100 % before the figures have switched."""


def banner(progress: Progress | None, t: Translator) -> Any:
    """`None` while the figures are those of the model that the settings ask for."""
    if progress is None:
        return None
    if progress.error:
        return _failed(progress, t)
    share = min(progress.share, ALMOST)
    done = int(share * 100) / 100
    return html.Div(
        [
            html.Span(className="reading-mark", **HIDDEN),
            html.Div(
                [
                    html.P(t("reading.title", share=t.percent(done)), className="reading-title"),
                    html.P(_models(progress, t), className="reading-text"),
                ]
            ),
            html.Div(
                html.Div(className="reading-done", style={"width": f"{100 * share:.0f}%"}),
                className="reading-bar",
                role="progressbar",
                **aria(
                    label=t("reading.label"),
                    valuenow=f"{100 * share:.0f}",
                    valuemin="0",
                    valuemax="100",
                ),
            ),
        ],
        className="reading",
    )


def _failed(progress: Progress, t: Translator) -> Any:
    """Why is for operators: it may name folders of the server."""
    key = "reading.failed" if progress.shown != progress.wanted else "reading.stopped"
    return html.Div(
        [
            html.Span(className="reading-mark", **HIDDEN),
            html.Div(
                [
                    html.P(t(key), className="reading-title"),
                    html.P(_models(progress, t), className="reading-text"),
                ]
            ),
        ],
        className="reading reading-failed",
    )


def _models(progress: Progress, t: Translator) -> str:
    """The new one only once it was opened: before, it may be told by a folder of the server."""
    current = t("reading.shown", model=isolate(progress.shown or t("unknown")))
    if progress.shown == progress.wanted or not progress.read:
        return current
    return f"{current} · {t('reading.wanted', model=isolate(progress.wanted))}"
