"""One app over made-up rows for the whole session; tests that change anything make their own."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.app import build_app
from dashboard.context import Desk, Shown
from tests.dashboard.browsing import NAMES
from tests.dashboard.fakes import desk


@pytest.fixture(scope="session")
def some_desk() -> Desk:
    return desk()


@pytest.fixture(scope="session")
def app(some_desk: Desk) -> Any:
    return build_app(some_desk)


@pytest.fixture
def client(app: Any) -> Iterator[Any]:
    with app.server.test_client() as client:
        yield client


@pytest.fixture
def shown(some_desk: Desk) -> Any:
    """Makes what a page is shown with, from an address."""

    def make(search: str = "?lang=fr", pathname: str = "/") -> Shown:
        made = some_desk.shown(some_desk.view(pathname, search))
        assert made is not None
        return made

    return make


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
