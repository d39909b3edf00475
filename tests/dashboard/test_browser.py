"""The dashboard in a real browser: it opens, speaks three languages, fits a phone, runs no post."""

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.app import build_app
from tests.dashboard.browsing import HORIZONTAL, Visit, served
from tests.dashboard.fakes import desk

pytestmark = pytest.mark.browser
PATHS = ("/", "/topics", "/compare", "/posts", "/sources", "/labels")


@pytest.fixture(scope="module")
def address() -> str:
    return served(build_app(desk()))


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


def test_a_comparison_is_chosen_and_stays_in_the_address(visit: Any) -> None:
    one = visit()
    tab = one.go("/compare", "?lang=en&with=vide")
    assert tab.input_value("#against") == "Empty campaign"
    assert not tab.is_visible("#period")
    tab.click("#against")
    tab.click("text=The conversation around it")
    tab.wait_for_url("**with=the_conversation**")
    tab.wait_for_selector(".notice .snippet")
    assert not tab.is_visible("#scope")
    tab.go_back()
    tab.wait_for_selector(".versus")
    assert one.complaints == []
