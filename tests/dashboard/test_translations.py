"""Every text exists in the three languages and asks for the same values."""

import re
from pathlib import Path

import pytest

import dashboard
from config.i18n import LANGUAGES
from dashboard.words import translator

SOURCES = [p.read_text("utf-8") for p in Path(dashboard.__file__).parent.rglob("*.py")]
USED = {key for text in SOURCES for key in re.findall(r'\bt\(\s*"([^"]+)"', text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str) -> None:
    assert set(translator("fr").messages) == set(translator(language).messages)
    assert set(translator(language).messages) >= USED


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_ask_for_the_same_values(language: str) -> None:
    for key, text in translator(language).messages.items():
        wanted = re.findall(r"{(\w+)}", translator("fr").messages[key])
        assert sorted(re.findall(r"{(\w+)}", text)) == sorted(wanted), key


def test_an_unknown_language_is_french() -> None:
    assert translator("xx").language == "fr"
    assert translator("ar").direction == "rtl"


def test_the_press_has_a_name_in_every_language() -> None:
    named = [translator(name).platform("news") for name in LANGUAGES]
    assert named == ["Presse", "الصحافة", "News"]
