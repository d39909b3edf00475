"""The posts: what people wrote, masked, by page, filtered and sorted in the database."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, no_update

from config.i18n import Translator
from dashboard import ids
from dashboard.clientside import browser_callback
from dashboard.context import Desk, Shown
from dashboard.data import Question
from dashboard.pages.topics import topic_name
from dashboard.parts.copies import copies
from dashboard.parts.post import detail, row
from dashboard.view import whole_number
from dashboard.words import language_name
from storage.rows import Cut

PAGE_SIZE = 20
MOST = 100
LABELS = ("neg", "neu", "pos")
KINDS = ("original", "repost", "reply", "quote")
COPIES = ("without", "copies", "coordinated")
LANGUAGES = (
    "fr",
    "ary-Arab",
    "ary-Latn",
    "arb",
    "en",
    "es",
    "ber-Tfng",
    "ber-Latn",
    "mixed",
    "other",
)
SORTS = {"when": "created_at", "engagement": "engagement", "offensive": "offensive"}
"""Sortable columns of the grid and what the database calls them."""


def layout(shown: Shown) -> Any:
    t = shown.t
    return html.Div(
        [
            html.Header(
                [
                    html.H1(t("posts.title"), className="lead lead-small"),
                    html.P(t("posts.note"), className="section-note"),
                ],
                className="lead-box",
            ),
            copies(shown),
            _filters(shown),
            html.Div(id=ids.POSTS_COUNT, className="posts-count", role="status"),
            html.Div(_grid(shown), key=repr((shown.slug, shown.view)), className="grid-box"),
            dmc.Drawer(
                html.Div(id=ids.POST_DETAIL_BODY),
                id=ids.POST_DETAIL,
                title=t("posts.detail"),
                position="right",
                lockScroll=False,  # locking empties a right-to-left page in Chromium
                size="md",
                closeButtonProps={"aria-label": t("close")},
            ),
        ],
        className="posts",
    )


def _filters(shown: Shown) -> html.Div:
    t = shown.t
    topics = [
        {"value": str(topic.number), "label": topic_name(topic, t)}
        for topic in shown.source.topics(shown.slug, shown.cut)
    ]
    topic = "" if shown.view.topic is None else str(shown.view.topic)
    return html.Div(
        [
            dmc.TextInput(
                id=ids.POSTS_SEARCH,
                label=t("posts.search"),
                placeholder=t("posts.search_hint"),
                debounce=400,
                size="sm",
            ),
            _choice(ids.POSTS_LABEL, t("posts.label"), [(c, t(f"label.{c}")) for c in LABELS]),
            _choice(
                ids.POSTS_LANGUAGE,
                t("posts.language"),
                [(code, language_name(t, code)) for code in LANGUAGES],
            ),
            _choice(ids.POSTS_KIND, t("posts.kind"), [(k, t(f"kind.{k}")) for k in KINDS]),
            _choice(ids.POSTS_COPIES, t("posts.copies"), [(c, t(f"copies.{c}")) for c in COPIES]),
            dmc.Select(
                id=ids.POSTS_TOPIC,
                label=t("posts.topic"),
                placeholder=t("all"),
                data=topics,
                value=topic if topic in {item["value"] for item in topics} else None,
                clearable=True,
                searchable=True,
                disabled=not topics,
                nothingFoundMessage=t("nothing_found"),
                size="sm",
            ),
        ],
        className="filters",
    )


def _choice(id_: str, label: str, options: list[tuple[str, str]]) -> dmc.Select:
    return dmc.Select(
        id=id_,
        label=label,
        data=[{"value": value, "label": text} for value, text in options],
        placeholder="—",
        clearable=True,
        size="sm",
    )


def _grid(shown: Shown) -> dag.AgGrid:
    t = shown.t
    return dag.AgGrid(
        id=ids.POSTS_GRID,
        rowModelType="infinite",
        columnDefs=_columns(t),
        defaultColDef={
            "resizable": True,
            "sortable": False,
            "suppressMovable": True,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
        },
        columnSize="responsiveSizeToFit",
        filterModel=question_model({"topic": shown.view.topic}),
        getRowId="params.data.id",
        className="grid",
        dashGridOptions={
            "pagination": True,
            "paginationPageSize": PAGE_SIZE,
            "paginationPageSizeSelector": False,
            "cacheBlockSize": PAGE_SIZE,
            "maxBlocksInCache": 5,
            "rowHeight": 68,
            "domLayout": "autoHeight",
            "enableRtl": t.direction == "rtl",
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "suppressCellFocus": False,
            "localeText": _grid_texts(t),
        },
        style={"height": None},
    )


def _columns(t: Translator) -> list[dict[str, Any]]:
    def column(field: str, width: int, **more: Any) -> dict[str, Any]:
        base = {"field": field, "headerName": t(f"column.{field}"), "width": width}
        return base | {"minWidth": width, "cellClass": f"cell cell-{field}"} | more

    return [
        column("when", 118, sortable=True, sort="desc", cellRenderer="SadaWhen"),
        column("text", 380, flex=1, minWidth=240, cellRenderer="SadaPost"),
        column("author", 112, cellRenderer="SadaShort"),
        column("language", 132, wrapText=True),
        column("label", 105, cellRenderer="SadaLabel"),
        column("topic", 160, cellRenderer="SadaShort"),
        column("offensive", 112, sortable=True),
        column("engagement", 128, sortable=True, type="rightAligned"),
        {"field": "q", "hide": True, "filter": "agTextColumnFilter"},
    ]


def _grid_texts(t: Translator) -> dict[str, str]:
    names = ("page", "of", "to", "noRowsToShow", "loadingOoo")
    arrows = ("firstPage", "previousPage", "nextPage", "lastPage")
    return {name: t(f"grid.{name}") for name in (*names, *arrows)} | {
        "thousandSeparator": "\u00a0",
        "decimalSeparator": ",",
    }


def question_model(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The grid's filter that carries the question to the server (a change makes it ask anew)."""
    return {"q": {"filterType": "text", "type": "contains", "filter": json.dumps(asked)}}


def read_request(request: Any) -> tuple[dict[str, Any], Question, int, int]:
    """What a grid asks for: raw filters, the question, offset and number of rows.

    Whatever a request holds, the answer can be asked of the database.
    """
    request = request if isinstance(request, dict) else {}
    asked = _asked(request.get("filterModel"))
    start = _bounded(request.get("startRow"), 0, 10_000_000)
    stop = _bounded(request.get("endRow"), start, start + MOST)
    order = request.get("sortModel")
    by = order[0] if isinstance(order, list) and order and isinstance(order[0], dict) else {}
    question = Question(
        search=str(asked.get("search") or "")[:200].strip(),
        label=asked["label"] if asked.get("label") in LABELS else "",
        kind=asked["kind"] if asked.get("kind") in KINDS else "",
        copies=asked["copies"] if asked.get("copies") in COPIES else "",
        topic=whole_number(asked.get("topic")),
        sort=SORTS.get(str(by.get("colId")), "created_at"),
        descending=by.get("sort") != "asc",
    )
    return asked, question, start, stop - start


def _asked(model: Any) -> dict[str, Any]:
    try:
        asked = json.loads(model["q"]["filter"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}


def _bounded(value: Any, least: int, most: int) -> int:
    return min(max(value, least), most) if isinstance(value, int) else least


def answer(shown: Shown, request: Any) -> tuple[dict[str, Any], str]:
    """The rows of one page of the grid, and how many there are in words."""
    asked, question, offset, limit = read_request(request)
    cut: Cut = shown.cut
    if asked.get("language") in LANGUAGES:
        cut = replace(cut, languages=(str(asked["language"]),))
    found, count = shown.source.posts(shown.slug, cut, question, offset, limit or PAGE_SIZE)
    rows = [row(post, shown) for post in found]
    text = shown.t("posts.count", count=shown.t.number(count))
    return {"rowData": rows, "rowCount": count}, text


def register(app: Dash, desk: Desk) -> None:
    browser_callback(
        app,
        "question",
        Output(ids.POSTS_GRID, "filterModel"),
        Input(ids.POSTS_SEARCH, "value"),
        Input(ids.POSTS_LABEL, "value"),
        Input(ids.POSTS_LANGUAGE, "value"),
        Input(ids.POSTS_KIND, "value"),
        Input(ids.POSTS_TOPIC, "value"),
        Input(ids.POSTS_COPIES, "value"),
        State(ids.POSTS_GRID, "filterModel"),
    )
    browser_callback(
        app,
        "columns",
        Output(ids.POSTS_GRID, "columnDefs"),
        Output(ids.POSTS_GRID, "dashGridOptions"),
        Input(ids.POSTS_GRID, "id"),
        State(ids.POSTS_GRID, "columnDefs"),
        State(ids.POSTS_GRID, "dashGridOptions"),
    )

    @app.callback(
        Output(ids.POSTS_GRID, "getRowsResponse"),
        Output(ids.POSTS_COUNT, "children"),
        Input(ids.POSTS_GRID, "getRowsRequest"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
    )
    def rows(request: Any, pathname: Any, search: Any) -> Any:
        shown = desk.shown(desk.view(pathname, search))
        if shown is None or not request:
            return no_update, no_update
        return answer(shown, request)

    @app.callback(
        Output(ids.POST_DETAIL, "opened"),
        Output(ids.POST_DETAIL_BODY, "children"),
        Input(ids.POSTS_GRID, "selectedRows"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def open_post(selected: Any, search: Any) -> Any:
        chosen = selected[0] if isinstance(selected, list) and selected else None
        if not isinstance(chosen, dict):
            return no_update, no_update
        shown = desk.shown(desk.view("/posts", search))
        return (True, detail(chosen, shown.t)) if shown else (no_update, no_update)
