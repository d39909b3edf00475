"""The dashboard in a real browser: it opens, speaks three languages, fits a phone, runs no post."""

import shutil
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.app import build_app
from dashboard.serve import serve
from tests.dashboard.fakes import desk

pytestmark = pytest.mark.browser
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATHS = ("/", "/topics", "/posts", "/sources")
HORIZONTAL = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def address() -> str:
    """The dashboard served from a thread of this process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ready = threading.Event()
    work = threading.Thread(
        target=serve, args=(build_app(desk()), "127.0.0.1", port, ready.set), daemon=True
    )
    work.start()
    assert ready.wait(30)
    return f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium found on PATH ({', '.join(NAMES)})")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


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
                  "/sources": "#coverage-x .hm image"}  # fmt: skip
        self.tab.wait_for_selector(waited[path], state="attached")


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Any]:
    visits: list[Visit] = []

    def start(**options: Any) -> Visit:
        visits.append(Visit(browser, address, **options))
        return visits[-1]

    yield start
    for one in visits:
        one.tab.close()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_pages_open_without_a_complaint(visit: Any, language: str) -> None:
    one = visit(color_scheme="dark" if language == "ar" else "light")
    for path in PATHS:
        tab = one.go(path, f"?lang={language}")
        assert tab.evaluate("document.documentElement.lang") == language
        assert tab.evaluate("document.documentElement.dir") == (
            "rtl" if language == "ar" else "ltr"
        )
        assert tab.get_attribute('.nav-top [aria-current="page"]', "href")
        assert tab.evaluate(HORIZONTAL) <= 0
        assert tab.evaluate("window.hacked") is None
    assert one.complaints == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_phone_never_scrolls_sideways(visit: Any, language: str) -> None:
    one = visit(width=390, has_touch=True)
    for path in PATHS:
        tab = one.go(path, f"?lang={language}")
        assert tab.evaluate(HORIZONTAL) <= 0, path
        assert tab.is_visible(".nav-tabs")
    tab.click("#controls-toggle")
    tab.wait_for_selector("#campaign", state="visible")
    assert one.complaints == []


def test_what_is_chosen_is_in_the_address_and_back_goes_back(visit: Any) -> None:
    one = visit()
    tab = one.go("/", "?lang=fr")
    whole = tab.inner_text(".card-value >> nth=0")
    tab.click("text=Campagne seule")
    tab.wait_for_url("**scope=campaign**")
    tab.wait_for_function(
        "was => document.querySelector('.card-value').innerText !== was", arg=whole
    )
    part = tab.inner_text(".card-value >> nth=0")
    tab.click(".nav-top >> text=Sujets")
    tab.wait_for_selector(".topic")
    assert "scope=campaign" in tab.url
    tab.go_back()
    tab.wait_for_selector(".card-value")
    assert tab.inner_text(".card-value >> nth=0") == part
    tab.go_back()
    tab.wait_for_function(
        "was => document.querySelector('.card-value')?.innerText !== was", arg=part
    )
    assert tab.inner_text(".card-value >> nth=0") == whole
    assert tab.input_value("#scope input:checked") == "all"
    assert one.complaints == []


def test_a_post_opens_whole_and_stays_text(visit: Any) -> None:
    one = visit()
    tab = one.go("/posts", "?lang=fr")
    tab.fill("#posts-search", "onerror")
    tab.wait_for_function(
        "() => document.querySelector('#posts-count').innerText.startsWith('30 ')"
    )
    tab.click(".ag-row .post-cell >> nth=0")
    tab.wait_for_selector(".post-text")
    assert "<script>" in tab.inner_text(".post-text")
    assert tab.evaluate("window.hacked") is None
    assert one.complaints == []


def test_the_keyboard_finds_its_way(visit: Any) -> None:
    one = visit()
    tab = one.go("/", "?lang=en")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.focus(".card .about")
    tab.wait_for_selector(".tip")
    tab.focus("#method-open")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".method-entry")
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".method-entry", state="detached")
    assert one.complaints == []


def test_light_and_dark_can_be_switched(visit: Any) -> None:
    one = visit(color_scheme="dark")
    tab = one.go("/topics", "?lang=fr")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = tab.evaluate(ground)
    tab.click(".tools .mantine-ActionIcon-root")
    tab.wait_for_function(f"was => {ground} !== was", arg=dark)
    assert tab.evaluate("document.documentElement.dataset.mantineColorScheme") == "light"
