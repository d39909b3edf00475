"""What the overview says in words and figures, in each situation."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from config.campaign import Phase
from config.i18n import LANGUAGES
from dashboard.cards import cards
from dashboard.context import Desk
from dashboard.freshness import freshness
from dashboard.gather import overview
from dashboard.headline import headline
from dashboard.pages.overview import layout
from dashboard.parts import card as drawing
from dashboard.parts.card import explain
from dashboard.parts.standing import standing
from dashboard.standings import standings
from dashboard.wording import signed_percent, verdict
from dashboard.words import translator
from measures.change import Change
from measures.dictionary import METRICS
from measures.labelled import TONES, Corrected, LabelledShares
from tests.dashboard.fakes import NOW, FakeSource, campaign, desk, made_rows

ROSE = Change(1.84, 1.41, 2.4, "rose", 1.3, "", 40.0, 74.0)
SAME = Change(1.05, 0.8, 1.3, "not_detectable", 1.35, "", 40.0, 42.0)
LITTLE = Change(None, None, None, "not_enough_data", None, "baseline_too_short", 4.0, 5.0)


def with_change(data: Any, change: Change, key: str = "originals") -> Any:
    changes = {**data.summary.changes, key: {"during": change}}
    return replace(data, summary=replace(data.summary, changes=changes))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", [ROSE, SAME, LITTLE, replace(ROSE, verdict="fell", effect=0.6)])
def test_the_finding_is_a_sentence_in_every_language(
    shown: Any, language: str, change: Change
) -> None:
    one = shown(f"?lang={language}")
    said = headline(one, with_change(overview(one), change))
    assert said.mood == change.verdict
    assert "{" not in said.lead
    assert len(said.rest) == 2


def test_the_finding_has_its_amount_and_its_interval(shown: Any) -> None:
    one = shown("?lang=en")
    lead = headline(one, with_change(overview(one), ROSE)).lead
    assert "+84%" in lead
    assert "+41%" in lead
    assert "+140%" in lead


def test_too_little_data_says_why_and_claims_nothing(shown: Any) -> None:
    one = shown("?lang=en")
    lead = headline(one, with_change(overview(one), LITTLE)).lead
    assert "14 baseline days" in lead
    assert "%" not in lead


def test_before_the_start_the_baseline_is_counted() -> None:
    early = datetime(2025, 9, 20, 10, tzinfo=UTC)
    rows = made_rows(date(2025, 9, 1), date(2025, 9, 20), date(2025, 9, 29), set())
    made = desk(FakeSource({"mamhkoumch": rows}), clock=lambda: early)
    one = made.shown(made.view("/", "?campaign=mamhkoumch&lang=en"))
    assert one is not None
    said = headline(one, overview(one))
    assert said.mood == "waiting"
    assert "19 of 28 baseline days" in said.lead


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_the_baseline_alone_correct_its_shares(language: str) -> None:
    early = datetime(2025, 9, 20, 10, tzinfo=UTC)
    rows = made_rows(date(2025, 9, 1), date(2025, 9, 20), date(2025, 9, 29), set())
    made = desk(FakeSource({"mamhkoumch": rows}), clock=lambda: early)
    one = made.shown(made.view("/", f"?campaign=mamhkoumch&lang={language}"))
    assert one is not None
    data, t = overview(one), translator(language)
    shares = {key: {Phase.BEFORE: Corrected(-0.12, -0.2, -0.04, -0.3, 900, 120)} for key in TONES}
    labelled = LabelledShares({Phase.BEFORE: 120}, shares)
    data = replace(data, summary=replace(data.summary, labelled=labelled))
    card = next(c for c in cards(data, t, whole=True) if c.key == "net_sentiment")
    assert t.number(12) in card.value
    assert t("card.corrected", labels=t.number(120), own="").split(t.number(120))[0] in str(card)
    said = " ".join(headline(one, data).rest)
    assert t("headline.corrected", labels=t.number(120)) in said
    assert t("headline.uncorrected") not in said


def test_missing_hours_are_told(shown: Any) -> None:
    one = shown("?lang=en")
    assert "hatched" in headline(one, overview(one)).rest[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_invented_dates_are_told_in_figures(language: str) -> None:
    rows = made_rows(date(2025, 9, 1), date(2025, 10, 12), date(2025, 9, 29), set())
    for invented in (0, 777):
        made = desk(FakeSource({"mamhkoumch": rows}, invented=invented))
        one = made.shown(made.view("/", f"?campaign=mamhkoumch&lang={language}"))
        assert one is not None
        page = str(layout(one))
        assert ("lead-notice" in page) is bool(invented)
        assert translator(language).number(invented) in page or not invented


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_have_a_value_for_every_phase(shown: Any, language: str) -> None:
    made = cards(overview(shown(f"?lang={language}")), translator(language), whole=True)
    assert len(made) == 10
    for card in made:
        assert card.value
        assert set(card.phases) == {Phase.BEFORE, Phase.DURING}
        assert all(card.phases.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_explains_itself_with_formula_and_denominator(shown: Any, language: str) -> None:
    t = translator(language)
    for card in cards(overview(shown(f"?lang={language}")), t, whole=True):
        metric = METRICS[card.key]
        told = [line.children for line in explain(card.key, t).label]
        assert told[0] == metric.definition[language]
        assert metric.formula[language] in told[1]
        assert len(told) == (3 if metric.denominator else 2)
        if metric.denominator:
            assert metric.denominator[language] in told[2]


def test_unknown_figures_are_words_and_not_zero(shown: Any) -> None:
    one = shown("?lang=en&platforms=reddit")
    made = {card.key: card for card in cards(overview(one), one.t, whole=True)}
    assert made["views"].value == "not available"
    assert made["potential_reach"].value == "unknown"


def test_authors_are_never_added_across_platforms(shown: Any) -> None:
    one = shown("?lang=en")
    made = {card.key: card for card in cards(overview(one), one.t, whole=True)}
    assert made["authors"].value.count("\n") == 1
    assert "X" in made["authors"].value


def test_of_many_platforms_the_first_are_shown_and_the_others_on_demand(shown: Any) -> None:
    one = shown("?lang=en")
    data = overview(one)
    many = {f"p{number}": 10 * number for number in range(1, 8)}
    phases = {
        phase: found and replace(found, authors=many, effective_authors=99.0)
        for phase, found in data.summary.phases.items()
    }
    data = replace(data, summary=replace(data.summary, phases=phases))
    made = {card.key: card for card in cards(data, one.t, whole=True)}["authors"]
    assert [line.split()[-1] for line in made.value.splitlines()] == ["70", "60"]
    assert [line.split()[-1] for line in made.more] == ["50", "40", "30", "20", "10"]
    assert set(made.phases.values()) == {"≈ 99 voices"}
    drawn = drawing.card(made, one.t)
    assert "and 5 other platforms" in str(drawn)


def test_share_of_voice_needs_the_conversation(shown: Any) -> None:
    one = shown("?lang=en&scope=campaign")
    made = {card.key: card for card in cards(overview(one), one.t, whole=True)}
    assert made["share_of_voice"].value == "unknown"


def test_a_period_shows_its_own_figures(shown: Any) -> None:
    week = overview(shown("?period=7"))
    assert week.period.days == 7
    assert week.period.originals == sum(row.originals for row in week.days)
    assert {row.day for row in week.days} <= {date(2025, 10, day) for day in range(6, 13)}


def test_offensiveness_can_be_left_out_by_policy() -> None:
    made = desk(offensive_excluded=frozenset({"x", "reddit"}))
    one = made.shown(made.view("/", "?lang=en"))
    assert one is not None
    assert overview(one).period.offensive_share is None


def test_verdicts_explain_themselves() -> None:
    t = translator("en")
    assert verdict(ROSE, "ratio", t).short.strip("\u2066\u2069") == "+84%"
    assert "+35%" in verdict(SAME, "ratio", t).detail
    assert "14 baseline days" in verdict(LITTLE, "ratio", t).detail
    assert signed_percent(1.0, t).strip("\u2066\u2069") == "0%"
    assert "×" in signed_percent(25.0, t)


@pytest.mark.parametrize(
    ("now", "last", "mood"),
    [
        (NOW, NOW, "fresh"),
        (NOW, datetime(2025, 10, 12, 2, tzinfo=UTC), "stale"),
        (datetime(2026, 5, 1, tzinfo=UTC), NOW, "done"),
        (NOW, None, "never"),
    ],
)
def test_freshness_tells_late_from_over(now: datetime, last: datetime | None, mood: str) -> None:
    assert freshness(campaign(), last, now, translator("fr")).mood == mood


def test_figures_are_kept_until_something_is_collected(some_desk: Desk) -> None:
    source = FakeSource({"mamhkoumch": made_rows(date(2025, 9, 1), date(2025, 10, 12),
                                                 date(2025, 9, 29), set())})  # fmt: skip
    made = desk(source)
    one = made.shown(made.view("/", "?lang=fr"))
    assert one is not None
    first = overview(one)
    assert overview(one) is first
    source.last_change = lambda slug: NOW  # type: ignore[method-assign]
    assert overview(one) is not first


@pytest.mark.parametrize("language", LANGUAGES)
def test_owned_and_earned_stand_apart(shown: Any, language: str) -> None:
    one, t = shown(f"?lang={language}"), translator(language)
    found = standings(one)
    assert found is not None
    assert [voice.standing for voice in found.voices] == ["owned", "earned"]
    assert list(found.unlisted) == ["reddit"]
    total = overview(one).period.posts
    assert sum(voice.figures.posts or 0 for voice in found.voices if voice.figures) == total
    drawn = str(standing(one)).replace(r"\xa0", "\xa0")
    assert t("standing.many.owned") in drawn
    assert t("standing.unlisted", platforms="Reddit") in drawn
    assert t.number(found.voices[0].figures.posts) in drawn  # type: ignore[union-attr,arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_listed_accounts_it_says_what_to_write(language: str) -> None:
    rows = made_rows(date(2025, 9, 1), date(2025, 10, 12), date(2025, 9, 29), set())
    bare = campaign(accounts=())
    made = desk(FakeSource({bare.slug: rows}), campaigns={bare.slug: bare})
    one = made.shown(made.view("/", f"?campaign={bare.slug}&lang={language}"))
    assert one is not None
    assert standings(one) is None
    drawn = str(layout(one))
    assert "standing: owned" in drawn
    assert translator(language)("not_available") in drawn


def test_platforms_that_give_nothing_say_so(shown: Any) -> None:
    drawn = str(standing(shown("?lang=en&platforms=reddit")))
    assert drawn.count("not available") >= 2
