"""Serving: to this machine only, and a clear word when it cannot be."""

import socket
import threading
import urllib.request

import pytest

from config.errors import ConfigurationError
from dashboard.app import build_app
from dashboard.serve import ServeError, check_host, serve
from tests.dashboard.fakes import desk


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "sada.example", "", "8.8.8.8"])
def test_other_machines_are_refused(host: str) -> None:
    with pytest.raises(ConfigurationError, match="SADA_DASHBOARD__HOST"):
        check_host(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_loopback_is_served(host: str) -> None:
    assert check_host(host) == host


def test_a_taken_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"Port {port}"):
            serve(build_app(desk()), "127.0.0.1", port)


def test_it_listens_once_ready_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ready = threading.Event()
    app = build_app(desk())
    threading.Thread(target=serve, args=(app, "127.0.0.1", port, ready.set), daemon=True).start()
    assert ready.wait(20)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/?lang=ar", timeout=20) as answer:
        assert b'dir="rtl"' in answer.read()
        assert answer.headers.get("Server") is None
