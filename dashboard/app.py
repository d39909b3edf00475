"""Builds the dashboard. Nothing here connects, reads settings or runs by being imported."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from hashlib import blake2b
from importlib.resources import files
from secrets import token_bytes
from typing import Any

from dash import (
    ALL,
    Dash,
    Input,
    Output,
    State,
    callback_context,
    no_update,
    set_props,
)
from dash.exceptions import PreventUpdate
from flask import has_request_context, request

from config.campaign import Campaign
from config.i18n import LANGUAGES, Language
from dashboard import ids, shell
from dashboard.cache import Cache
from dashboard.clientside import browser_callback
from dashboard.compression import compress_files
from dashboard.context import Desk
from dashboard.controls import against_options, platform_options
from dashboard.freshness import freshness
from dashboard.labelbook import HeldApart, StoredLabels
from dashboard.pages import compare, labels, posts, render
from dashboard.reading import banner
from dashboard.security import LOOPBACK, secure
from dashboard.stored import StorageSource
from dashboard.view import parse
from dashboard.words import translator
from storage.database import Database

log = logging.getLogger(__name__)
_token = partial(token_bytes, 16)


def create_app(
    database: Database,
    campaigns: Mapping[str, Campaign],
    *,
    clock: Callable[[], datetime],
    language: Language = "fr",
    offensive_excluded: frozenset[str] = frozenset(),
    hosts: frozenset[str] = LOOPBACK,
    held_apart: HeldApart | None = None,
    token: Callable[[], bytes] = _token,
) -> Dash:
    """The dashboard of `campaigns` (by slug) over `database`.

    `clock` answers the aware present moment; `language` is used where an address names none.
    Offensiveness is not shown for the platforms `offensive_excluded`. `hosts` are the names
    (without port) that the server answers to. Texts for which `held_apart` answers True are not
    shown for labelling; `token` makes the key of a sample's pseudonyms.
    """
    desk = Desk(
        StorageSource(database),
        StoredLabels(database, token, held_apart),
        campaigns,
        clock,
        language,
        offensive_excluded,
        Cache(),
    )
    return build_app(desk, hosts)


def build_app(desk: Desk, hosts: frozenset[str] = LOOPBACK) -> Dash:
    """The dashboard over any source of rows."""
    app = SadaDash(
        __name__,
        assets_folder=str(files("dashboard") / "assets"),
        pages_folder="",
        use_pages=False,
        serve_locally=True,
        suppress_callback_exceptions=True,
        title="Sada",
        update_title="",
        add_log_handler=False,
        enable_mcp=False,
        on_error=partial(report, desk.language),
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": "light dark"},
            {"name": "robots", "content": "noindex"},
        ],
    )
    app.default_language = desk.language
    app.layout = shell.root
    register(app, desk)
    posts.register(app, desk)
    labels.register(app, desk)
    compare.register(app, desk)
    compress_files(app.server)
    secure(app.server, app.csp_hashes(), hosts)
    return app


class SadaDash(Dash):
    """Dash with the language and direction of the asked page in its very first bytes."""

    default_language: Language = "fr"

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        asked = request.args.get("lang", "") if has_request_context() else ""
        t = translator(asked if asked in LANGUAGES else self.default_language)
        return (
            f'<!DOCTYPE html>\n<html lang="{t.language}" dir="{t.direction}">\n<head>'
            f"{parts['metas']}<title>{parts['title']}</title>{parts['favicon']}{parts['css']}"
            f"</head>\n<body>{parts['app_entry']}"
            f"<noscript><p>{t('no_script')}</p></noscript>"
            f"<footer>{parts['config']}{parts['scripts']}{parts['renderer']}</footer>"
            "</body>\n</html>"
        )


def register(app: Dash, desk: Desk) -> None:
    """The callbacks of the frame."""

    @app.callback(
        Output(ids.FRAME, "children"),
        Output(ids.FRAMED, "data"),
        Input(ids.URL, "search"),
        State(ids.FRAMED, "data"),
        State(ids.URL, "pathname"),
    )
    def frame(search: Any, framed: Any, pathname: Any) -> Any:
        view = desk.view(pathname, search)
        if framed == view.language:
            return no_update, no_update
        return shell.frame(desk, view), view.language

    @app.callback(
        Output(ids.MAIN, "children"),
        Output(ids.STAMP, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        Input(ids.TICK, "n_intervals"),
        State(ids.STAMP, "data"),
        running=[(Output(ids.BUSY, "className"), "busy busy-on", "busy")],
    )
    def page(pathname: Any, search: Any, _ticks: Any, stamp: Any) -> Any:
        view = desk.view(pathname, search)
        by_itself = callback_context.triggered_id == ids.TICK
        if by_itself and view.page not in render.LIVE:
            raise PreventUpdate
        drawn = render.render(desk, view)
        made = fingerprint(drawn)
        if by_itself and made == stamp:
            raise PreventUpdate
        return drawn, made

    @app.callback(
        Output(ids.FRESH, "children"),
        Output(ids.READING, "children"),
        Output(ids.PLATFORMS, "data"),
        Output(ids.AGAINST, "data"),
        Input(ids.URL, "search"),
        Input(ids.TICK, "n_intervals"),
        State(ids.URL, "pathname"),
    )
    def status(search: Any, _ticks: Any, pathname: Any) -> Any:
        view = desk.view(pathname, search)
        shown = desk.shown(view)
        if shown is None:
            return None, None, [], against_options(desk, view, translator(view.language))
        last = desk.source.last_change(shown.slug)
        badge = shell.badge(freshness(shown.campaign, last, shown.now, shown.t), shown.t)
        reading = banner(desk.source.reading(), shown.t)
        options = (platform_options(desk, view, shown.t), against_options(desk, view, shown.t))
        return badge, reading, *options

    _register_client_side(app)


def _register_client_side(app: Dash) -> None:
    controls = (ids.CAMPAIGN, ids.PERIOD, ids.RANGE, ids.SCOPE, ids.PLATFORMS, ids.AGAINST)
    browser_callback(
        app,
        "toAddress",
        Output(ids.SINK, "data"),
        *[Input(name, "value") for name in controls],
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    browser_callback(
        app,
        "fromAddress",
        *[Output(name, "value") for name in controls],
        Output(ids.RANGE_BOX, "className"),
        Input(ids.URL, "search"),
        State(ids.DEFAULTS, "data"),
        *[State(name, "value") for name in controls],
    )
    browser_callback(
        app,
        "links",
        Output({"type": "nav", "page": ALL, "place": ALL}, "href"),
        Output({"type": "language", "language": ALL}, "href"),
        Input(ids.URL, "search"),
        Input(ids.URL, "pathname"),
        State({"type": "nav", "page": ALL, "place": ALL}, "id"),
        State({"type": "language", "language": ALL}, "id"),
    )
    browser_callback(
        app,
        "nothing",
        Output(ids.PROBLEM, "children"),
        Input(ids.URL, "search"),
        Input(ids.URL, "pathname"),
    )
    browser_callback(
        app,
        "open",
        Output(ids.METHOD, "opened"),
        Input(ids.METHOD_OPEN, "n_clicks"),
        prevent_initial_call=True,
    )
    browser_callback(
        app,
        "toggleControls",
        Output(ids.CONTROLS, "className"),
        Input(ids.CONTROLS_TOGGLE, "n_clicks"),
        State(ids.CONTROLS, "className"),
        prevent_initial_call=True,
    )


def fingerprint(drawn: Any) -> str:
    """The same for the same page."""
    text = json.dumps(drawn, default=lambda component: component.to_plotly_json())
    return blake2b(text.encode(), digest_size=12).hexdigest()


def report(default: Language, error: Exception) -> None:
    """Logs what a callback raised and tells the reader no more than that it failed."""
    log.error("A callback failed", exc_info=error)
    told = {**callback_context.states, **callback_context.inputs}
    view = parse("/", told.get(f"{ids.URL}.search"), language=default, campaign="")
    set_props(ids.PROBLEM, {"children": shell.problem(translator(view.language))})
