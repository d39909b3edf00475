"""The desk at which texts are labelled: one text, large buttons, keys, and how far one is."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from config.i18n import Translator
from dashboard import ids
from dashboard.parts.aria import HIDDEN, aria
from storage.labels_rows import SENTIMENTS, Answer, Item, Sample

KEYS = {"neg": "1", "neu": "2", "pos": "3"}
SKIP, UNDO, FLAG, HELP = "S", "U", "O", "?"


def desk(t: Translator, *, disputed: int) -> html.Section:
    """The whole desk, still without a text; `disputed` texts wait for one more opinion."""
    return html.Section(
        [
            _who(t, disputed),
            html.Div(id=ids.LABELS_PROGRESS, className="label-progress"),
            html.Div(card(None, 0, t), id=ids.LABELS_CARD, className="label-card"),
            _buttons(t),
            html.P(id=ids.LABELS_STATUS, className="label-status", role="status"),
            _help(t),
            dcc.Store(id=ids.LABELS_ITEM),
            dcc.Store(id=ids.LABELS_FLAG, data=False),
        ],
        className="label-desk panel",
        **aria(label=t("labels.desk")),
    )


def _who(t: Translator, disputed: int) -> html.Div:
    modes = [
        {"value": "queue", "label": t("labels.mode.queue")},
        {"value": "disputed", "label": t("labels.mode.disputed", count=t.number(disputed))},
    ]
    return html.Div(
        [
            dmc.TextInput(
                id=ids.LABELS_WHO,
                label=t("labels.who"),
                placeholder=t("labels.who.hint"),
                debounce=True,
                persistence=True,
                persistence_type="local",
                size="sm",
                className="label-name",
            ),
            dmc.SegmentedControl(id=ids.LABELS_MODE, data=modes, value="queue", size="sm"),
        ],
        className="label-who",
    )


def card(item: Item | None, turn: int, t: Translator, message: str = "") -> html.Article:
    """The text, or in its place `message`. `turn` tells the browser that an answer was taken."""
    if item is None:
        body: Any = html.P(message or t("labels.loading"), className="label-message")
        mark = f"none:{turn}"
    else:
        said = item.text.strip() or t("labels.no_text")
        body = html.P(said, className="label-text", dir="auto", id=ids.LABELS_TEXT, tabIndex=-1)
        mark = f"{item.post_id}:{turn}"
    chosen = item.given.sentiment if item and item.given else None
    marks: dict[str, Any] = {"data-item": mark, **aria(label=t("labels.text"))}
    return html.Article(
        [
            body,
            html.P(t("labels.taken_back", label=t(f"label.{chosen}")), className="label-before")
            if chosen
            else None,
        ],
        **marks,
    )


def _buttons(t: Translator) -> html.Div:
    moods = [
        _button(ids.label_button(mood), t(f"label.{mood}"), KEYS[mood], f"answer answer-{mood}")
        for mood in SENTIMENTS
    ]
    flag = _button(ids.LABELS_OFFENSIVE, t("labels.offensive"), FLAG, "answer answer-flag")
    skip = _button(ids.LABELS_SKIP, t("labels.skip"), SKIP, "answer answer-quiet")
    undo = _button(ids.LABELS_UNDO, t("labels.undo"), UNDO, "answer answer-quiet")
    return html.Div(
        [
            html.Fieldset(
                [
                    html.Legend(t("labels.question"), className="sr-only"),
                    html.Div(moods, className="answers-moods"),
                    html.Div([flag, skip], className="answers-more"),
                ],
                id=ids.LABELS_BUTTONS,
                disabled=True,
            ),
            undo,
        ],
        className="answers",
    )


def _button(id_: str, text: str, key: str, name: str) -> html.Button:
    pressed = aria(pressed="false") if id_ == ids.LABELS_OFFENSIVE else {}
    return html.Button(
        [html.Span(text), html.Kbd(key, **HIDDEN)],
        id=id_,
        type="button",
        className=name,
        **aria(keyshortcuts=key),
        **pressed,
    )


def _help(t: Translator) -> html.Details:
    rules = [
        html.Div([html.Dt(t(f"label.{mood}")), html.Dd(t(f"labels.rule.{mood}"))])
        for mood in SENTIMENTS
    ]
    rules.append(html.Div([html.Dt(t("labels.offensive")), html.Dd(t("labels.rule.offensive"))]))
    return html.Details(
        [
            html.Summary(t("labels.help")),
            html.Dl(rules, className="label-rules"),
            html.P(t("labels.rule.all")),
            html.P(t("labels.rule.care")),
            html.P(t("labels.keys"), className="label-keys"),
        ],
        id=ids.LABELS_HELP,
        className="label-help",
    )


def progress(
    samples: Sequence[Sample], answers: Sequence[Answer], annotator: str, left: int, t: Translator
) -> list[Any]:
    """How many texts the annotator has answered, and how many still wait for them."""
    mine = sum(one.annotator == annotator and one.current for one in answers)
    whole = max(mine + left, 1)
    return [
        html.Progress(value=str(mine), max=str(whole), **aria(label=t("labels.progress.label"))),
        html.Span(t("labels.progress", done=t.number(mine), left=t.number(left))),
        html.Span(t("labels.progress.all", count=t.number(len(samples))), className="soft"),
    ]
