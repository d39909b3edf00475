"""A tab in a real browser on an app that is served from a thread of the test's process."""

import socket
import threading
from typing import Any

from dashboard.serve import serve

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HORIZONTAL = "document.documentElement.scrollWidth - window.innerWidth"


def served(app: Any) -> str:
    """The address of `app`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ready = threading.Event()
    work = threading.Thread(target=serve, args=(app, "127.0.0.1", port, ready.set), daemon=True)
    work.start()
    assert ready.wait(30)
    return f"http://127.0.0.1:{port}"


class Visit:
    """A tab that remembers every complaint of the browser."""

    def __init__(self, browser: Any, address: str, width: int = 1280, **more: Any) -> None:
        self.address, self.complaints = address, list[str]()
        self.tab = browser.new_page(viewport={"width": width, "height": 850}, **more)
        self.tab.set_default_timeout(30_000)
        self.tab.on("console", self._hear)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", self._watch)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked {request.url}")

    def go(self, path: str, search: str) -> Any:
        self.tab.goto(f"{self.address}{path}{search}")
        self.tab.wait_for_selector("main h1, main .notice")
        self.settle(path)
        return self.tab

    def settle(self, path: str) -> None:
        """Waits for what comes after the page itself: charts, rows."""
        waited = {"/": "#volume .bars path", "/posts": ".ag-row .post-cell", "/topics": ".topic",
                  "/sources": "#coverage-x .hm image", "/labels": "#labels-draw",
                  "/compare": ".versus"}  # fmt: skip
        self.tab.wait_for_selector(waited[path], state="attached")
