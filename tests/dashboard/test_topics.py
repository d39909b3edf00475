"""What the topics page says of change: only what holds for all topics together."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from config.i18n import LANGUAGES
from dashboard.pages.topics import layout
from dashboard.parts.changed_words import changed_words
from dashboard.parts.topic_change import mix_words
from dashboard.topicmix import mix_of
from dashboard.words import translator
from tests.dashboard.fakes import XSS, FakeSource, desk, made_rows, made_words

HELP_LINE = 1
START = date(2025, 9, 29)


def page(language: str = "en", search: str = "", now: datetime | None = None, **more: Any) -> Any:
    rows = made_rows(date(2025, 9, 1), date(2025, 10, 12), START, set())
    source = FakeSource({"mamhkoumch": rows}, **more)
    made = desk(source, clock=lambda: now) if now else desk(source)
    return made.shown(made.view("/topics", f"?campaign=mamhkoumch&lang={language}{search}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_that_grew_is_named_with_its_shares(language: str) -> None:
    shown, t = page(language, moved=4.0), translator(language)
    mix = mix_of(shown)
    assert mix is not None
    change = mix.changes[HELP_LINE]
    assert change.verdict == "rose"
    drawn = str(layout(shown)).replace(r"\xa0", "\xa0")
    assert "ligne d’aide 8350" in str(mix_words(mix, {HELP_LINE: "ligne d’aide 8350"}, t))
    assert t(
        "topics.shares", before=t.percent(change.baseline), during=t.percent(change.level)
    ) in (drawn)
    assert t("topics.mix.none") not in drawn
    assert "chip-rose" in drawn
    assert mix_of(page(language, moved=4.0, search="&period=7")) == mix, (
        "the view's days do not matter"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_moved_that_is_the_headline(language: str) -> None:
    drawn = str(layout(page(language))).replace(r"\xa0", "\xa0")
    assert translator(language)("topics.mix.none") in drawn
    assert "chip-rose" not in drawn
    assert "chip-fell" not in drawn


def test_few_authors_keep_a_change_back() -> None:
    shown = page(moved=4.0, voices={HELP_LINE: 9})
    mix = mix_of(shown)
    assert mix is not None
    assert mix.withheld == {HELP_LINE}
    assert HELP_LINE not in mix.changes
    assert str(layout(shown)).count("under 10 authors") == 1


def test_before_the_campaign_there_is_nothing_to_compare() -> None:
    for moment in (datetime(2025, 9, 20, 10, tzinfo=UTC), datetime(2025, 9, 29, 10, tzinfo=UTC)):
        shown = page(now=moment)
        assert mix_of(shown) is None
        assert "topic-mix" not in str(layout(shown))


class Gappy(FakeSource):
    """Every third day was not collected."""

    def missing_days(self, *asked: Any) -> Any:
        return {date(2025, 9, 1) + timedelta(days=n): 1.0 for n in range(0, 41, 3)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_little_data_says_why(language: str) -> None:
    rows = made_rows(date(2025, 9, 1), date(2025, 10, 12), START, set())
    made = desk(Gappy({"mamhkoumch": rows}, moved=4.0))
    shown = made.shown(made.view("/topics", f"?campaign=mamhkoumch&lang={language}"))
    assert shown is not None
    t = translator(language)
    drawn = str(layout(shown)).replace(r"\xa0", "\xa0")
    assert t("topics.mix.not_enough", why=t("reason.too_many_days_missing")) in drawn
    assert t("verdict.not_enough_data") in drawn
    assert "chip-rose" not in drawn


def test_names_of_topics_stay_text() -> None:
    drawn = layout(page(moved=4.0))
    assert XSS in str(drawn)
    assert "dangerously" not in str(drawn)


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_words_are_told_with_language_and_interval(language: str) -> None:
    shown, t = page(language, words=made_words()), translator(language)
    drawn = str(layout(shown)).replace(r"\xa0", "\xa0")
    assert t("language.ary-Arab") in drawn
    assert t("words.note", tested=t.number(160)) in drawn
    found = changed_words(shown)
    assert found is not None
    title = found.children[0].children
    assert "plainte" in title
    assert "scandale" in title
    assert "chouha" not in title


def test_offensive_words_are_veiled() -> None:
    section = changed_words(page(words=made_words()))
    assert section is not None
    veils = [one for one in section._traverse() if type(one).__name__ == "Details"]
    assert len(veils) == 1
    summary, word = veils[0].children
    assert word.children == "chouha"
    assert "chouha" not in str(summary)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_say_when_nothing_can_be_told(language: str) -> None:
    t = translator(language)
    nothing = {"tested": 90, "reason": "", "found": []}
    for words, said in (
        (None, t("words.next_run")),
        ({"during": nothing}, t("words.nothing", tested="90")),
        (
            {"during": {**nothing, "reason": "too_few_authors"}},
            t("words.not_enough", why=t("reason.too_few_authors")),
        ),
    ):
        assert said in str(layout(page(language, words=words))).replace(r"\xa0", "\xa0")
    assert changed_words(page(language, words={})) is None
