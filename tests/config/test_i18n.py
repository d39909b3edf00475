from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config.i18n import Language, Translator, load_translator

CATALOGUE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, text in {"fr": "{n} messages", "ar": "{n} رسائل", "en": "{n} posts"}.items():
        path = tmp_path / f"{language}.po"
        path.write_text(f'{CATALOGUE}msgid "posts"\nmsgstr "{text}"\n', encoding="utf-8")
    return tmp_path


def test_texts_and_direction(folder: Path) -> None:
    arabic = load_translator("ar", folder)
    assert arabic("posts", n=3) == "3 رسائل"
    assert arabic.direction == "rtl"
    assert load_translator("en", folder)("posts", n=3) == "3 posts"


def test_an_unknown_language_is_french(folder: Path) -> None:
    assert load_translator("xx", folder)("posts", n=1) == "1 messages"


def test_an_unknown_key_is_an_error(folder: Path) -> None:
    with pytest.raises(KeyError):
        load_translator("fr", folder)("nothing")


@pytest.mark.parametrize(
    ("language", "number", "percent"),
    [
        ("fr", "12\u202f345,6", "38,5\xa0%"),
        ("ar", "12.345,6", "38,5%"),
        ("en", "12,345.6", "38.5%"),
    ],
)
def test_numbers_use_western_digits(language: Language, number: str, percent: str) -> None:
    translator = Translator(language, {})
    assert translator.number(12345.6, 1) == number
    assert translator.percent(0.385, 1).replace("\u200e", "").replace("\u202f", "\xa0") == percent
    assert translator.percent(0.385)[:2] == "38"
    assert translator.points(-0.034, 1)[0] == "−"
    assert translator.points(0.0) == "0"


def test_moments_are_those_of_casablanca() -> None:
    english = Translator("en", {})
    assert english.moment(datetime(2026, 1, 1, 23, 30, tzinfo=UTC)) == "2 Jan 2026 00:30"
    # In Ramadan 2026 (from 18 February) Morocco was on UTC.
    assert english.moment(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == "1 Mar 2026 23:30"
    assert english.day(date(2026, 3, 1)) == "1 Mar 2026"


def test_platforms_are_named_in_the_readers_language() -> None:
    french = Translator("fr", {"platform.news": "Presse"})
    named = [french.platform(name) for name in ("news", "x", "youtube", "some_forum")]
    assert named == ["Presse", "X", "YouTube", "Some forum"]
