"""What protects the pages in a browser: headers, the hosts that are answered, plain error pages."""

import logging
from collections.abc import Sequence

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dashboard.words import translator

log = logging.getLogger(__name__)
LONG_LIVED = "/_dash-component-suites/"
INSIDE = "/_dash-"
"""Addresses between our pages and Dash; what a callback itself raises is told by `app.report`."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def policy(script_hashes: Sequence[str]) -> str:
    """The Content-Security-Policy: everything from here, and no script but ours.

    Styles may be inline, because Mantine, plotly and ag-grid write style elements at run time;
    pictures may be data addresses, for sparklines and icons.
    """
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *script_hashes)),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def secure(server: Flask, script_hashes: Sequence[str], hosts: frozenset[str]) -> None:
    """Adds the headers and error pages to `server`; other hosts than `hosts` get no answer.

    The check of the host keeps web sites elsewhere from reading a dashboard on loopback by making
    their own name point to it; that of the origin keeps them from answering or drawing in the name
    of whoever has both open.
    """
    csp = policy(script_hashes)

    @server.before_request
    def check_host() -> Response | None:
        name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
        return None if name in hosts else plain_error(421)

    @server.before_request
    def check_origin() -> Response | None:
        origin = request.headers.get("Origin")
        if request.method in ("GET", "HEAD") or origin is None:
            return None
        return None if origin.partition("://")[2] == request.host else plain_error(403)

    @server.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = csp
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if not (request.path.startswith(LONG_LIVED) and response.status_code == 200):
            headers["Cache-Control"] = "no-store"
        return response

    @server.errorhandler(Exception)
    def fail(error: Exception) -> Response:
        if isinstance(error, HTTPException):
            return plain_error(error.code or 500)
        if request.path.startswith(LONG_LIVED):
            return plain_error(404)
        if request.path.startswith(INSIDE):
            log.warning("%r was asked in a form no page of ours uses", request.path)
            return plain_error(400)
        log.error("%s %r failed", request.method, request.path, exc_info=error)
        return plain_error(500)


def plain_error(status: int) -> Response:
    """An error page that says no more than that, in French, Arabic and English."""
    text = "http.missing" if status == 404 else "http.error"
    words = [translator(language) for language in ("fr", "ar", "en")]
    body = "".join(f'<p lang="{t.language}" dir="{t.direction}">{t(text)}</p>' for t in words)
    page = f"<!doctype html><meta charset=utf-8><title>Sada</title>{body}"
    return Response(page, status=status, mimetype="text/html")
