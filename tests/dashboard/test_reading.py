"""What a reader is told while another model reads."""

import json
from typing import Any

import pytest

from dashboard.reading import banner
from dashboard.words import translator
from storage.wanted import Progress

NEW = "owner/name (sentiment) + sada-embedded ab-1.0"
UNDER_WAY = Progress("sada-embedded 1.0", NEW, 43, 100, "")


def said(component: Any) -> str:
    return json.dumps(
        component.to_plotly_json(), ensure_ascii=False, default=lambda c: c.to_plotly_json()
    )


def test_nothing_is_said_while_the_wanted_model_is_shown() -> None:
    assert banner(None, translator("fr")) is None


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_whose_figures_these_are_and_how_far_the_other_is(language: str) -> None:
    t = translator(language)
    text = said(banner(UNDER_WAY, t))
    assert t.percent(0.43) in text
    assert "sada-embedded 1.0" in text
    assert NEW in text


def test_it_is_never_done_before_the_figures_switched() -> None:
    text = said(banner(Progress("a 1", "b 1", 100, 100, ""), translator("en")))
    assert "99%" in text
    assert "100%" not in text


def test_a_model_that_cannot_be_opened_is_told_without_what_only_operators_may_see() -> None:
    failed = Progress("a 1", "sentiment: /srv/secret", 0, 9, "/srv/secret: there is no folder")
    text = said(banner(failed, translator("en")))
    assert "could not be opened" in text
    assert "/srv" not in text
    stopped = said(banner(Progress("a 1", "a 1", 9, 9, "killed"), translator("en")))
    assert "new texts are waiting" in stopped
