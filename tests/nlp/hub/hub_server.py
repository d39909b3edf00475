"""A hub on loopback: what huggingface_hub asks of the real one, for models in a folder."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub:
    """Serves `models[id]` (a folder); `asked` has every path, `status` makes every answer fail."""

    def __init__(self) -> None:
        self.models: dict[str, Path] = {}
        self.asked: list[str] = []
        self.status = 200
        self.url = ""

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(path)
        if self.status != 200:
            return self.status, {}, b""
        for name, folder in self.models.items():
            if path.startswith(f"/api/models/{name}/revision/"):
                return self._info(name, folder, path.rsplit("/", 1)[1])
            if path.startswith(f"/api/models/{name}/tree/"):
                return self._tree(folder)
            if path == f"/api/models/{name}":
                return self._info(name, folder, "main")
            if path.startswith(f"/{name}/resolve/"):
                return self._file(folder / path.split("/", 5)[5])
        return 404, {"X-Error-Code": "RepoNotFound"}, b"{}"

    def _info(self, name: str, folder: Path, revision: str) -> tuple[int, dict[str, str], bytes]:
        if revision not in ("main", "v1", COMMIT):
            return 404, {"X-Error-Code": "RevisionNotFound"}, b"{}"
        siblings = [{"rfilename": one} for one in self._names(folder)]
        return _json({"id": name, "sha": COMMIT, "siblings": siblings, "private": False})

    def _tree(self, folder: Path) -> tuple[int, dict[str, str], bytes]:
        rows = [
            {
                "type": "file",
                "path": name,
                "size": (folder / name).stat().st_size,
                "oid": _etag(folder / name),
            }
            for name in self._names(folder)
        ]
        return _json(rows)

    def _file(self, path: Path) -> tuple[int, dict[str, str], bytes]:
        if not path.is_file():
            return 404, {"X-Error-Code": "EntryNotFound"}, b""
        return 200, {"ETag": f'"{_etag(path)}"', "X-Repo-Commit": COMMIT}, path.read_bytes()

    @staticmethod
    def _names(folder: Path) -> list[str]:
        return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _etag(path: Path) -> str:
    return hashlib.sha1(path.read_bytes()).hexdigest()


def _json(document: Any) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "application/json"}, json.dumps(document).encode()


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        def _respond(self, *, body: bool) -> None:
            status, headers, content = hub.answer(unquote(urlsplit(self.path).path))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if body:
                self.wfile.write(content)

        def do_GET(self) -> None:
            self._respond(body=True)

        def do_HEAD(self) -> None:
            self._respond(body=False)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
