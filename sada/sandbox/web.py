"""A small HTTP server on loopback for the simulators: routing, faults, latency."""

import gzip
import json
import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from sada.sandbox.faults import STATUSES, TWISTS, Fault, Faults


@dataclass(frozen=True, slots=True)
class Request:
    """One call; `query` and `form` keep the last value of a repeated name. `path` is without the
    platform's name. `body` is as sent; `twist`: how the fault bends the pages, if it does."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]
    body: str = ""
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    """All values of each name of the query."""
    twist: str = ""
    most: int = 1000
    """Rows of a page at most: platforms may give fewer than they are asked for."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer whose body is one JSON document, or bytes of a `content-type` in `headers`."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """What goes over the wire, before it is packed."""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False).encode("utf-8")


Answer = Callable[[Request], Response]
Refuse = Callable[[Fault], Response]
"""What a platform says where a fault is a status of its own."""


@dataclass(frozen=True)
class Service:
    """What answers the calls whose path starts with `/name/`."""

    name: str
    answer: Answer
    refuse: Refuse


NOWHERE = Service(
    "",
    lambda request: Response({"error": "no such platform"}, 404),
    lambda fault: Response({}, 404),
)


class Server(ThreadingHTTPServer):
    """Serves on 127.0.0.1 in daemon threads.

    `latency` (seconds) is added to every call; `most` is how many rows a page has at most.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        port: int,
        services: list[Service],
        faults: Faults,
        latency: float = 0.0,
        sleep: Callable[[float], None] = time.sleep,
        most: int = 1000,
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.services, self.faults, self.latency, self.sleep = services, faults, latency, sleep
        self.most = most

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

    def do_PUT(self) -> None:
        self._serve("PUT")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Queries hold people's words: nothing is logged."""

    def _serve(self, method: str) -> None:
        whole = urlsplit(self.path).path
        name, _, path = whole.lstrip("/").partition("/")
        service = next((one for one in self.server.services if one.name == name), NOWHERE)
        request = self._request(method, f"/{path}")
        fault = self.server.faults.next(whole)
        kind = fault.kind if fault else ""
        if self.server.latency:
            self.server.sleep(self.server.latency)
        if fault is not None and kind == "slow":
            self.server.sleep(fault.seconds)
        if fault is not None and kind in STATUSES:
            return self._send(service.refuse(fault))
        if kind == "reset":
            return self._hang_up()
        twist = kind if kind in TWISTS else ""
        return self._send(
            service.answer(replace(request, twist=twist, most=self.server.most)), kind
        )

    def _request(self, method: str, path: str) -> Request:
        query = urlsplit(self.path).query
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace") if length else ""
        return Request(
            method,
            path,
            dict(parse_qsl(query, keep_blank_values=True)),
            dict(parse_qsl(body, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            body,
            parse_qs(query, keep_blank_values=True),
        )

    def _send(self, response: Response, fault: str = "") -> None:
        body = response.encoded()
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
        headers = {"content-type": "application/json; charset=utf-8"} | dict(response.headers)
        for name, value in (headers | {"content-length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        if response.status != 304:
            self.wfile.write(body)

    def _hang_up(self) -> None:
        """Closes at once, so that the client sees a connection reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
