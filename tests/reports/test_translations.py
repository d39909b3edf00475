import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from config.i18n import LANGUAGES, load_messages
from reports.chapters.limits import LIMITS
from reports.digest import Note
from reports.pages import TEMPLATES
from reports.words import TRANSLATIONS, translator

ROOM = TRANSLATIONS.parent
CATALOGUES = {language: load_messages(TRANSLATIONS, language) for language in LANGUAGES}
FAMILIES = (
    "posts", "originals", "texts", "hours", "days", "points", "phase", "period", "scope",
    "standing", "sentiment", "language", "gap", "metric", "reason", "change", "alarm",
    "source.state", "source.budget", "advice", "note", "limit", "report.head", "report.rate",
    "report.verdict", "report.change", "digest.title", "digest.phase", "digest.head",
    "chart.change",
)  # fmt: skip
"""Beginnings of keys that code completes."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def used() -> set[str]:
    sources = [*ROOM.rglob("*.py"), *TEMPLATES.glob("*.j2")]
    found: set[str] = set()
    for path in sources:
        found |= set(re.findall(r'\bt\(\s*"([a-z0-9_.]+)"', path.read_text("utf-8")))
    return found


@pytest.mark.parametrize("language", ["ar", "en"])
def test_catalogues_have_the_same_keys_and_placeholders(language: str) -> None:
    mine, french = CATALOGUES[language], CATALOGUES["fr"]
    assert mine.keys() == french.keys()
    counted = re.compile(r"\.(zero|one|two|few|many|other)$")
    for key, text in french.items():
        ours, theirs = placeholders(mine[key]), placeholders(text)
        # "one post" and "two posts" are said without their number in Arabic
        assert ours == theirs or (counted.search(key) and ours < theirs), key


def test_every_key_that_is_used_exists() -> None:
    assert used() <= CATALOGUES["fr"].keys()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("note", [one for one in get_args(Note) if one])
def test_every_note_has_a_short_and_a_long_form(language: str, note: str) -> None:
    t = translator(language)
    assert t(f"note.{note}", least=10)
    assert t(f"note.{note}.long", least=10)


def test_every_key_that_exists_is_used() -> None:
    known = used()
    idle = {
        key
        for key in CATALOGUES["fr"]
        if key not in known and not key.startswith(tuple(f"{name}." for name in FAMILIES))
    }
    # chosen by two names in code
    assert idle <= {"digest.day_of", "digest.day", "platform.news"}


def test_each_limit_has_a_name_and_a_text() -> None:
    for name in LIMITS:
        assert {f"limit.{name}", f"limit.{name}.text"} <= CATALOGUES["fr"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["posts", "originals", "texts", "hours", "days", "points"])
def test_every_number_finds_its_noun(language: str, key: str) -> None:
    t = translator(language)
    for number in (0, 1, 2, 3, 11, 99, 100, 101, 1_000_000):
        assert t(f"{key}.{t.locale.plural_form(number)}", n=number)


def test_no_word_of_another_language_slipped_in() -> None:
    for key, text in CATALOGUES["ar"].items():
        if len(text) > 25 and "{" not in text:
            assert re.search(r"[\u0600-\u06ff]", text), key
    assert not [k for k, v in CATALOGUES["en"].items() if re.search(r"[\u0600-\u06ff]", v)]


def test_catalogue_files_are_package_data() -> None:
    assert {p.name for p in Path(TRANSLATIONS).iterdir()} == {"fr.po", "ar.po", "en.po"}


def test_the_press_has_a_name_in_every_language() -> None:
    named = [translator(name).platform("news") for name in LANGUAGES]
    assert named == ["Presse", "الصحافة", "News"]
