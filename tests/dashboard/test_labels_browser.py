"""Labelling in a real browser: by keyboard and by thumb, without a text that is passed unseen."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from dashboard.app import build_app
from tests.dashboard.browsing import HORIZONTAL, Visit, served
from tests.dashboard.fake_labels import FakeLabels
from tests.dashboard.fakes import desk

pytestmark = pytest.mark.browser
ITEM = "document.querySelector('[data-item]').dataset.item"


@pytest.fixture
def book() -> FakeLabels:
    return FakeLabels(40)


@pytest.fixture
def visit(browser: Any, book: FakeLabels) -> Iterator[Any]:
    address, visits = served(build_app(desk(labels=book))), list[Visit]()

    def start(search: str = "?lang=en", **options: Any) -> Visit:
        one = Visit(browser, address, **options)
        visits.append(one)
        one.tab.goto(f"{address}/labels{search}")
        one.tab.wait_for_selector("#labels-who")
        return one

    yield start
    for one in visits:
        one.tab.close()


def name(tab: Any, who: str) -> None:
    tab.fill("#labels-who", who)
    tab.press("#labels-who", "Enter")
    tab.wait_for_selector("#labels-text")


def press(tab: Any, key: str) -> None:
    """Presses a key and waits for the answer to it."""
    before = tab.evaluate(ITEM)
    tab.keyboard.press(key)
    tab.wait_for_function(f"was => {ITEM} !== was", arg=before)


def mark_offensive(tab: Any) -> None:
    """Presses O until it counts: the page drops presses while an answer is on its way."""
    for _ in range(10):
        tab.keyboard.press("o")
        with suppress(Exception):
            tab.wait_for_selector('#labels-offensive[aria-pressed="true"]', timeout=3000)
            return
    raise AssertionError("O never counted")


def test_keys_answer_one_text_after_the_other(visit: Any, book: FakeLabels) -> None:
    one = visit()
    tab = one.tab
    name(tab, "SB")
    press(tab, "1")
    mark_offensive(tab)
    press(tab, "3")
    tab.wait_for_selector('#labels-offensive[aria-pressed="false"]')
    press(tab, "s")
    assert [(a.post_id, a.annotator, a.sentiment, a.offensive) for a in book.answers] == [
        (0, "SB", "neg", False), (1, "SB", "pos", True), (2, "SB", None, False),
    ]  # fmt: skip
    press(tab, "u")
    press(tab, "u")
    assert "Positive" in tab.inner_text(".label-before")
    tab.wait_for_selector('#labels-offensive[aria-pressed="true"]')
    press(tab, "2")
    assert (book.answers[-1].post_id, book.answers[-1].sentiment) == (1, "neu")
    tab.keyboard.press("?")
    assert tab.get_attribute("#labels-help", "open") is not None
    assert tab.inner_text("#labels-status") == "Kept: Neutral. Next text."
    assert one.complaints == []


def test_a_name_is_typed_without_answering_and_is_still_there_later(
    visit: Any, book: FakeLabels
) -> None:
    tab = visit().tab
    tab.click("#labels-who")
    tab.keyboard.type("1 o3s")
    assert book.answers == []
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#labels-text")
    press(tab, "1")
    tab.reload()
    tab.wait_for_selector("#labels-text")
    assert tab.input_value("#labels-who") == "1 o3s"
    assert len(book.answers) == 1


def test_keys_in_haste_answer_only_what_was_seen(visit: Any, book: FakeLabels) -> None:
    tab = visit().tab
    name(tab, "SB")
    before = tab.evaluate(ITEM)
    for _ in range(6):
        tab.keyboard.press("1")
    tab.wait_for_function(f"was => {ITEM} !== was", arg=before)
    tab.wait_for_timeout(300)
    shown = int(tab.evaluate(ITEM).split(":")[0])
    assert sorted(a.post_id for a in book.answers) == list(range(shown))
    assert shown < 6


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_thumb_reaches_every_button(visit: Any, book: FakeLabels, language: str) -> None:
    one = visit(f"?lang={language}", width=390, has_touch=True, color_scheme="dark")
    tab = one.tab
    name(tab, "SB")
    assert tab.evaluate(HORIZONTAL) <= 0
    for button in ("neg", "neu", "pos", "offensive", "skip", "undo"):
        box = tab.locator(f"#labels-{button}").bounding_box()
        assert box["height"] >= 40, button
        assert box["width"] >= 44, button
    box = tab.locator("#labels-pos").bounding_box()
    assert box["y"] + box["height"] < 850 - 55, "under the bar of pages"
    before = tab.evaluate(ITEM)
    tab.tap("#labels-pos")
    tab.wait_for_function(f"was => {ITEM} !== was", arg=before)
    assert book.answers[0].sentiment == "pos"
    right_to_left = "getComputedStyle(document.querySelector('.answers')).direction"
    assert tab.evaluate(right_to_left) == ("rtl" if language == "ar" else "ltr")
    assert one.complaints == []
