"""Labelling: people read a random sample, so that the model's shares can be corrected."""

from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, callback_context, dcc, html, no_update

from config.i18n import Translator
from dashboard import ids
from dashboard.clientside import browser_callback
from dashboard.context import Desk, Shown
from dashboard.gather import overview
from dashboard.labelling import answer, draw_more, read_turn, state_of, take_in
from dashboard.parts.labelled import precision, results
from dashboard.parts.labelling import desk
from dashboard.parts.notice import notice
from storage.labels_draw import MOST_AT_ONCE
from storage.labels_queue import is_disputed
from storage.labels_rows import by_post

FIRST_DRAW, NEXT_DRAW = 200, 50
LARGEST_FILE = 5_000_000


def layout(shown: Shown) -> Any:
    t = shown.t
    return html.Div(
        [
            html.Header(
                [
                    html.H1(t("labels.title"), className="lead lead-small"),
                    html.P(t("labels.note"), className="section-note"),
                ],
                className="lead-box",
            ),
            html.Div(body(shown), id=ids.LABELS_BODY),
            dcc.Download(id=ids.LABELS_FILE),
        ],
        className="labels",
    )


def body(shown: Shown, told: str = "") -> list[Any]:
    """The desk and what labels tell, or how to begin; `told` is what was just done."""
    samples, answers = shown.labels.sample(shown.slug)
    if not samples:
        return [_begin(shown, told)]
    given = by_post(answers)
    disputed = sum(is_disputed(said) for said in given.values())
    t = shown.t
    return [
        desk(t, disputed=disputed),
        html.Div(
            [
                html.H2(t("labels.results"), className="section-title"),
                html.Button(
                    t("labels.refresh"),
                    id=ids.LABELS_REFRESH,
                    type="button",
                    className="button button-quiet",
                ),
            ],
            className="label-bar",
        ),
        html.Div(html.Div(className="bone bone-chart"), id=ids.LABELS_RESULTS),
        _tools(t, told),
    ]


def _begin(shown: Shown, told: str) -> html.Div:
    t = shown.t
    if shown.slug not in shown.source.campaigns_with_posts():
        return notice(t("empty.posts.title"), t("empty.posts.text"))
    return notice(
        t("labels.begin.title"),
        f"{t('labels.begin.text')} {precision(t)}",
        _draw_box(t, FIRST_DRAW, told),
    )


def _draw_box(t: Translator, count: int, told: str) -> html.Div:
    return html.Div(
        [
            dmc.NumberInput(
                id=ids.LABELS_COUNT,
                label=t("labels.draw.count"),
                value=count,
                min=1,
                max=MOST_AT_ONCE,
                size="sm",
                className="label-count",
            ),
            html.Button(t("labels.draw"), id=ids.LABELS_DRAW, type="button", className="button"),
            html.P(told, id=ids.LABELS_DRAWN, className="section-note", role="status"),
        ],
        className="label-draw",
    )


def _tools(t: Translator, told: str) -> html.Section:
    return html.Section(
        [
            html.H2(t("labels.tools"), className="panel-title"),
            _draw_box(t, NEXT_DRAW, told),
            html.P(t("labels.draw.note"), className="section-note"),
            html.Div(
                [
                    _file_button(ids.LABELS_EXPORT, t("labels.export")),
                    _file_button(ids.LABELS_SHEET, t("labels.sheet")),
                    dcc.Upload(
                        html.Span(t("labels.import"), className="button button-quiet"),
                        id=ids.LABELS_UPLOAD,
                        accept=".csv,text/csv",
                        max_size=LARGEST_FILE,
                    ),
                ],
                className="label-files",
            ),
            html.P(t("labels.files.note"), className="section-note"),
            html.Div(id=ids.LABELS_IMPORTED, role="status"),
        ],
        className="panel label-tools",
    )


def _file_button(id_: str, text: str) -> html.Button:
    return html.Button(text, id=id_, type="button", className="button button-quiet")


def register(app: Dash, desk_: Desk) -> None:
    def here(search: Any) -> Shown | None:
        return desk_.shown(replace(desk_.view("/labels", search), page="labels"))

    @app.callback(
        Output(ids.LABELS_CARD, "children"),
        Output(ids.LABELS_ITEM, "data"),
        Output(ids.LABELS_FLAG, "data"),
        Output(ids.LABELS_PROGRESS, "children"),
        Output(ids.LABELS_STATUS, "children"),
        Output(ids.LABELS_BUTTONS, "disabled"),
        *[Input(name, "n_clicks") for name in ids.LABEL_ACTIONS],
        Input(ids.LABELS_WHO, "value"),
        Input(ids.LABELS_MODE, "value"),
        State(ids.LABELS_ITEM, "data"),
        State(ids.LABELS_FLAG, "data"),
        State(ids.URL, "search"),
    )
    def turn(*values: Any) -> Any:
        who, mode, item, flag, search = values[len(ids.LABEL_ACTIONS) :]
        shown = here(search)
        if shown is None:
            return (no_update,) * 6
        trigger = callback_context.triggered_id
        return answer(shown, read_turn(who, mode, item, flag, trigger))

    @app.callback(
        Output(ids.LABELS_RESULTS, "children"),
        Input(ids.LABELS_REFRESH, "n_clicks"),
        State(ids.URL, "search"),
    )
    def show(_clicks: Any, search: Any) -> Any:
        shown = here(search)
        return no_update if shown is None else _results(shown)

    @app.callback(
        Output(ids.LABELS_BODY, "children"),
        Input(ids.LABELS_DRAW, "n_clicks"),
        State(ids.LABELS_COUNT, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def draw(clicks: Any, count: Any, search: Any) -> Any:
        shown = here(search)
        if shown is None or not clicks:
            return no_update
        return body(shown, draw_more(shown, count))

    _register_files(app, here)
    browser_callback(
        app,
        "offensive",
        Output(ids.LABELS_OFFENSIVE, "className"),
        Output(ids.LABELS_FLAG, "data", allow_duplicate=True),
        Input(ids.LABELS_OFFENSIVE, "n_clicks"),
        Input(ids.LABELS_FLAG, "data"),
        prevent_initial_call=True,
    )


def _results(shown: Shown) -> Any:
    return results(state_of(shown), overview(shown).summary, shown.t)


def _register_files(app: Dash, here: Any) -> None:
    @app.callback(
        Output(ids.LABELS_FILE, "data"),
        Input(ids.LABELS_EXPORT, "n_clicks"),
        Input(ids.LABELS_SHEET, "n_clicks"),
        State(ids.LABELS_WHO, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def download(exported: Any, sheet: Any, who: Any, search: Any) -> Any:
        shown = here(search)
        name = " ".join(who.split())[:40] if isinstance(who, str) else ""
        if shown is None or not (exported or sheet):
            return no_update
        if callback_context.triggered_id == ids.LABELS_SHEET:
            if not name:
                return no_update
            text, _count = shown.labels.sheet(shown.slug, name)
            return _file(f"{shown.slug}-sheet.csv", text)
        text, _count = shown.labels.answers_file(shown.slug)
        return _file(f"{shown.slug}-labels.csv", text)

    @app.callback(
        Output(ids.LABELS_IMPORTED, "children"),
        Input(ids.LABELS_UPLOAD, "contents"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def upload(contents: Any, search: Any) -> Any:
        shown = here(search)
        return no_update if shown is None or not contents else take_in(shown, contents)


def _file(name: str, text: str) -> dict[str, Any]:
    return {"filename": name, "content": text, "type": "text/csv;charset=utf-8", "base64": False}
