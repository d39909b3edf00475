"""Callbacks that run in the browser: functions of `assets/sada.js` by their names."""

from typing import Any

from dash import ClientsideFunction, Dash


def browser_callback(app: Dash, function: str, *dependencies: Any, **options: Any) -> None:
    """Calls `dash_clientside.sada.<function>` as `dependencies` say; no script stands inline."""
    call = ClientsideFunction("sada", function)
    app.clientside_callback(call, *dependencies, **options)  # type: ignore[no-untyped-call]
