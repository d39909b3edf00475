"""Serves the dashboard with waitress."""

from collections.abc import Callable
from ipaddress import ip_address

from dash import Dash

from config.errors import ConfigurationError, SadaError


class ServeError(SadaError):
    """The dashboard cannot be served."""


def check_host(host: str) -> str:
    """`host` when it is this machine alone. Raises `ConfigurationError` for any other.

    There is no log-in yet, so whoever could reach the address could read everything.
    """
    try:
        inside = host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        inside = False
    if not inside:
        raise ConfigurationError(
            f"SADA_DASHBOARD__HOST: {host} can be reached from other machines, and this version"
            " has no log-in. Use 127.0.0.1, and a tunnel (ssh -L) to look from elsewhere."
        )
    return host


def serve(app: Dash, host: str, port: int, ready: Callable[[], None] = lambda: None) -> None:
    """Serves `app` until interrupted; `ready` is called once it listens.

    Raises `ConfigurationError` for a host beyond loopback and
    `ServeError` when the port is taken.
    """
    from waitress.server import create_server

    check_host(host)
    try:
        server = create_server(
            app.server,
            host=host.strip("[]"),
            port=port,
            threads=8,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise ServeError(
            f"Port {port} of {host} cannot be used ({error.strerror or error})."
            " Stop what listens there, or choose another one with --port."
        ) from error
    ready()
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
