"""The page of the sources: calendar, budgets, and what is told without colour."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from config.i18n import CASABLANCA, LANGUAGES
from dashboard.parts.budget import budget
from dashboard.parts.calendar import calendar, told
from dashboard.words import reason, run_error, translator
from measures.budget import account
from measures.coverage import days, hours
from storage.rows import Gap, SourceState, Spent
from tests.dashboard.fakes import campaign

TODAY = date(2025, 10, 12)
NOW = datetime(2025, 10, 12, 9, tzinfo=CASABLANCA)


def texts(part: Any) -> str:
    """All texts of a component, titles too."""
    if isinstance(part, str):
        return part
    if isinstance(part, list | tuple):
        return " ".join(texts(one) for one in part)
    if part is None:
        return ""
    return f"{getattr(part, 'title', '') or ''} {texts(getattr(part, 'children', None))}"


def test_a_calendar_says_each_day_without_colour() -> None:
    gaps = [
        Gap("x", NOW - timedelta(days=3), NOW - timedelta(days=3, hours=-4), "failed", "503"),
        Gap("x", NOW - timedelta(days=2), NOW - timedelta(days=2, hours=-1), "budget", "", True),
    ]
    found = days(hours(gaps, NOW - timedelta(days=9), NOW, CASABLANCA))
    shown = calendar(found, translator("fr"), "X")
    cells = [one for one in shown.children if "day-none" not in one.className]
    assert len(cells) == 7 + 10
    assert "4 h" in texts(shown)
    assert "503" in texts(shown)
    by_sign = {texts(one.children[1]).strip() for one in cells[7:]}
    assert by_sign == {"", "✕", "$!"}


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_day_is_told_in_every_language(language: str) -> None:
    gap = Gap("x", NOW - timedelta(hours=5), NOW, "failed", "503", True)
    found = days(hours([gap], NOW - timedelta(hours=9), NOW, CASABLANCA))
    assert "503" in told(TODAY, found[TODAY], translator(language))


def test_a_reason_is_told_in_the_readers_language_with_the_platforms_own_words() -> None:
    start, end = NOW - timedelta(hours=5), NOW
    refused = Gap("x", start, end, "failed", "x: the key …", code="refused", said="HTTP 401: Nope")
    spent = Gap("x", start, end, "budget", "x: today's budget is spent.", code="budget_spent")
    old = Gap("x", start, end, "failed", "x: told before there were codes")
    told_in = {name: [reason(translator(name), one) for one in (refused, spent, old)]
               for name in LANGUAGES}  # fmt: skip
    for refusal, budget_told, kept in told_in.values():
        assert "HTTP 401: Nope" in refusal
        assert "the key" not in refusal
        assert "today's budget" not in budget_told
        assert "told before there were codes" in kept
    assert len({told[1] for told in told_in.values()}) == 3
    found = days(hours([refused], NOW - timedelta(hours=9), NOW, CASABLANCA))
    assert told_in["ar"][0] in told(TODAY, found[TODAY], translator("ar"))


def failing(**fields: Any) -> SourceState:
    return replace(SourceState("x", "failed", NOW, None, 0, 1, 0.0, "x: the key …", None), **fields)


def test_why_a_pass_failed_is_told_in_the_readers_language() -> None:
    refused = failing(code="refused", said="HTTP 401: Nope")
    told_in = {name: run_error(translator(name), refused) for name in LANGUAGES}
    assert len(set(told_in.values())) == 3
    assert all("HTTP 401: Nope" in one and "the key" not in one for one in told_in.values())
    some = run_error(translator("fr"), failing(code="unreachable", failed_queries=3))
    assert "3. La dernière" in some
    assert "the key" in run_error(translator("ar"), failing()), "told before there were codes"
    assert run_error(translator("fr"), failing(error="")) == ""


def test_a_budget_is_told_with_its_forecast_and_end() -> None:
    t = translator("fr")
    plan = campaign().sources[0].model_copy(update={"dollars_in_all": 12, "posts_per_day": 100})
    daily = {TODAY - timedelta(days=n): Spent(3, 90, 1.0) for n in range(10)}
    shown = texts(budget(account(campaign(), plan, daily, TODAY), t, TODAY))
    assert "10 $" in shown.replace("\xa0", " ")
    assert t("budget.runs_out", day=t.day(date(2025, 10, 14), "d MMM")) in shown
    assert "83" in shown
    spent = {TODAY: Spent(3, 120, 20.0)}
    assert t("budget.stopped") in texts(budget(account(campaign(), plan, spent, TODAY), t, TODAY))


def test_a_source_that_costs_nothing_has_no_budget() -> None:
    plan = campaign().sources[1]
    daily = {TODAY - timedelta(days=n): Spent(3, 0, 0.0) for n in range(10)}
    assert budget(account(campaign(), plan, daily, TODAY), translator("fr"), TODAY) is None
