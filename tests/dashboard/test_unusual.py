"""The notice of an unusual day: there in each language, whatever the view leaves out."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config.i18n import LANGUAGES
from dashboard.pages.overview import layout
from dashboard.parts.unusual import unusual_yesterday
from dashboard.words import translator
from storage.rows import DayRow
from tests.dashboard.fakes import FakeSource, desk, made_rows

YESTERDAY = date(2025, 10, 11)


def rows(times: int) -> list[DayRow]:
    made = made_rows(date(2025, 9, 1), date(2025, 10, 12), date(2025, 9, 29), set())
    return [
        replace(row, originals=row.originals * times, posts=row.posts * times)
        if row.day == YESTERDAY
        else row
        for row in made
    ]


def shown(times: int, query: str) -> Any:
    made = desk(FakeSource({"mamhkoumch": rows(times)}))
    return made.shown(made.view("/", f"?campaign=mamhkoumch{query}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_loud_day_is_told(language: str) -> None:
    one = shown(9, f"&lang={language}&platforms=reddit&scope=campaign")
    found = unusual_yesterday(one)
    assert [unusual.platform for unusual in found] == ["", "reddit", "x"]
    page, t = str(layout(one)), translator(language)
    assert page.count("lead-notice") == 1
    for unusual in found:
        assert t.number(unusual.alert.count) in page
        assert unusual.topic is not None


def test_an_ordinary_day_is_not() -> None:
    one = shown(1, "&lang=fr")
    assert unusual_yesterday(one) == ()
    assert "lead-notice" not in str(layout(one))
