"""A tiny platform on loopback that answers as it is told, faults included."""

import gzip
import json
import random
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from collectors.retry import Patience


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    params: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]
    body: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer. `fault`: "" | "silence" | "reset" | "cut" (a gzip stream that ends early)."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""

    def encoded(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps({} if self.body is None else self.body).encode()


class Platform:
    """Set `answer` to a function of the request; `asked` holds every request so far."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Answer] = lambda asked: Answer()
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def say(self, *answers: Answer) -> None:
        """Gives `answers` one after the other, the last one for ever."""
        left = list(answers)
        self.answer = lambda asked: left.pop(0) if len(left) > 1 else left[0]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length).decode()
            form = parse_qs(body)
            parts = urlsplit(self.path)
            asked = Asked(
                self.command,
                parts.path,
                {name: values[0] for name, values in parse_qs(parts.query).items()},
                {name.lower(): value for name, value in self.headers.items()},
                {name: values[0] for name, values in form.items()},
                body,
            )
            platform.asked.append(asked)
            self._give(platform.answer(asked))

        do_POST = do_PUT = do_GET

        def _give(self, answer: Answer) -> None:
            self.close_connection = True
            if answer.fault == "silence":
                platform.closing.wait(10)
                return
            if answer.fault == "reset":
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
                return
            body = answer.encoded()
            headers = {"content-type": "application/json", **answer.headers}
            if answer.fault == "cut":
                body = gzip.compress(body + b" " * 100)[:-30]
                headers["content-encoding"] = "gzip"
            self.send_response(answer.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


@pytest.fixture
def platform() -> Iterator[Platform]:
    running = Platform()
    yield running
    running.close()


@pytest.fixture
def say() -> type[Answer]:
    return Answer


@pytest.fixture
def slept() -> list[float]:
    """Seconds that a collector would have slept."""
    return []


@pytest.fixture
def patience(slept: list[float]) -> Patience:
    return Patience(attempts=3, connect=2.0, read=0.3, sleep=slept.append, chance=random.Random(1))
