"""A small HTTP server on loopback for the simulators: routing, faults, latency."""

import gzip
import json
import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sada.sandbox.faults import Fault, Faults

BREAKS = ("reset", "truncated-gzip", "malformed")


@dataclass(frozen=True, slots=True)
class Request:
    """One call; `query` and `form` keep the last value of a repeated name."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer whose body is one JSON document."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Request], Response]
Refuse = Callable[[Fault], Response]
"""What a platform says where a fault is a status of its own (429, 402, 403, 503)."""


@dataclass(frozen=True)
class Service:
    """What answers the calls whose path starts with `prefix`."""

    prefix: str
    answer: Answer
    refuse: Refuse


class Server(ThreadingHTTPServer):
    """Serves on 127.0.0.1 in daemon threads; `latency` (seconds) is added to every call."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        port: int,
        services: list[Service],
        faults: Faults,
        latency: float = 0.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.services, self.faults, self.latency, self.sleep = services, faults, latency, sleep

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Queries hold people's words: nothing is logged."""

    def _serve(self, method: str) -> None:
        request = self._request(method)
        service = next(one for one in self.server.services if request.path.startswith(one.prefix))
        fault = self.server.faults.next(request.path)
        if self.server.latency:
            self.server.sleep(self.server.latency)
        if fault is not None and fault.kind == "slow":
            self.server.sleep(fault.seconds)
        if fault is not None and fault.kind[0].isdigit():
            return self._send(service.refuse(fault))
        if fault is not None and fault.kind == "reset":
            return self._hang_up()
        return self._send(service.answer(request), fault.kind if fault else "")

    def _request(self, method: str) -> Request:
        parts = urlsplit(self.path)
        length = int(self.headers.get("content-length") or 0)
        form = self.rfile.read(length).decode("utf-8", "replace") if length else ""
        return Request(
            method,
            parts.path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            dict(parse_qsl(form, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
        )

    def _send(self, response: Response, fault: str = "") -> None:
        body = json.dumps(response.body, ensure_ascii=False).encode("utf-8")
        if fault == "malformed":
            body = body[: len(body) // 2]
        self.send_response(response.status)
        zipped = fault == "truncated-gzip" or (
            "gzip" in (self.headers.get("accept-encoding") or "") and len(body) > 1400
        )
        if zipped:
            body = gzip.compress(body, 1, mtime=0)
            self.send_header("content-encoding", "gzip")
        if fault == "truncated-gzip":
            body = body[: len(body) // 2]
        self.send_header("content-type", "application/json; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        """Closes at once, so that the client sees a connection reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
