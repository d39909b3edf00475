"""The Compare page: the figures of `sada compare`, what is said of them, what stands instead."""

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest

from config.campaign import Family
from config.i18n import LANGUAGES
from dashboard import ids
from dashboard.app import build_app
from dashboard.comparing import lately, same_campaign, versus
from dashboard.comparison_file import lately_csv, versus_csv
from dashboard.context import Desk, Shown
from dashboard.controls import against_options
from dashboard.gather import overview
from dashboard.pages.compare import layout
from dashboard.parts.strip import domain, strip
from dashboard.words import translator
from measures.change import Change
from measures.compare_campaigns import Contrast, compare_campaigns
from tests.dashboard.fakes import FakeSource, campaign, desk, made_rows, other, two_waves, wave
from tests.dashboard.test_app import call

TOPIC = (Family(concept="sujet", words=("cyberviolence",)),)


@pytest.fixture(scope="module")
def waves() -> Desk:
    known = (campaign(topic_query=TOPIC), wave(), other())
    return desk(two_waves(), campaigns={one.slug: one for one in known})


def view(made: Desk, against: str = "", language: str = "en", more: str = "") -> Shown:
    search = f"?campaign=mamhkoumch&lang={language}&with={against}{more}"
    shown = made.shown(made.view("/compare", search))
    assert shown is not None
    return shown


def drawn(page: Any) -> str:
    return str(page).replace(r"\xa0", "\xa0").replace(r"\u2068", "\u2068")


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_waves_are_told_as_the_measures_contrast_them(waves: Desk, language: str) -> None:
    shown, t = view(waves, "vague-2024", language), translator(language)
    pair = versus(shown)
    alone = overview(replace(shown, view=replace(shown.view, period="life")))
    assert pair.first.data.summary == alone.summary
    assert pair.contrasts == compare_campaigns(pair.first.data.summary, pair.other.data.summary)
    assert pair.shared_days == 0
    found = pair.contrasts["originals"]["during"]
    assert found.verdict == "higher"
    page = drawn(layout(shown))
    assert t("compare.verdict.higher") in page
    assert wave().title[language] in page
    assert t("compare.caution.none") in page
    assert t.number(found.effect or 0, 2) in page


def test_the_conversation_is_the_rest_of_it(waves: Desk) -> None:
    pair = versus(view(waves, "the_conversation"))
    whole = overview(view(waves)).summary.phases
    parts = [side.data.summary.phases for side in pair.sides]
    for phase, figures in whole.items():
        if figures is not None:
            of_sides = [part[phase] for part in parts]
            assert sum(one.originals or 0 for one in of_sides if one) == figures.originals
    assert "share_of_voice" not in pair.contrasts
    assert all(one.data.summary.phases["during"].share_of_voice is None for one in pair.sides)  # type: ignore[index,union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_conversation_it_says_what_to_write(language: str) -> None:
    page = drawn(layout(view(desk(), "the_conversation", language)))
    assert "topic_query:" in page
    assert "mamhkoumch.yaml" in page
    assert translator(language)("compare.no_topic.title") in page


@pytest.mark.parametrize(
    ("against", "key"), [("mamhkoumch", "compare.itself.title"), ("nope", "compare.unknown.title")]
)
def test_what_cannot_be_compared_is_answered_with_a_choice(
    waves: Desk, against: str, key: str
) -> None:
    page = drawn(layout(view(waves, against)))
    assert translator("en")(key) in page
    assert "with=vague-2024" in page


def test_a_side_without_posts_is_shown_as_unknown(waves: Desk) -> None:
    shown = view(waves, "vide")
    page = drawn(layout(shown))
    assert shown.t("compare.no_posts") in page
    assert shown.t("compare.verdict.not_enough_data") in page
    assert "chip-higher" not in page


def test_two_empty_campaigns_say_how_to_begin() -> None:
    made = desk(FakeSource({}), campaigns={one.slug: one for one in (campaign(), wave())})
    for against in ("", "vague-2024"):
        assert "sada collect mamhkoumch" in drawn(layout(view(made, against)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_thirty_days_are_judged_and_shorter_stretches_described(language: str) -> None:
    last = date(2025, 10, 11)
    begun = last - timedelta(days=29)
    source = FakeSource({"mamhkoumch": made_rows(begun - timedelta(days=30), last, begun, set())})
    source.missing_days = lambda *asked: {}  # type: ignore[method-assign]
    shown, t = view(desk(source), "", language), translator(language)
    found = lately(shown)
    assert found.last == last
    assert found.reason(30) == ""
    assert found.reason(7) == found.reason(1) == "baseline_too_short"
    month = found.comparisons["originals"][30].tested
    assert month is not None
    assert month.verdict == "rose"
    page = drawn(layout(shown))
    lead = t("compare.days.rose", amount="|", interval="").split("|")[0]
    assert lead in page
    assert page.count(t("compare.span.described", why=t("reason.baseline_too_short"))) == 2
    assert t("unknown") not in page.split("versus")[0]


def test_days_that_were_not_collected_are_unknown(waves: Desk) -> None:
    shown = view(waves)
    found = lately(shown)
    assert found.comparisons["originals"][30].now is None
    assert shown.t("unknown") in drawn(layout(shown))


def test_a_closed_campaign_ends_on_its_own_last_day() -> None:
    made = desk(two_waves(), clock=lambda: datetime(2026, 5, 1, 10, tzinfo=UTC))
    shown = view(made)
    assert lately(shown).last == campaign().last_day


def test_the_choice_is_grouped_and_leaves_the_campaign_itself_out(waves: Desk) -> None:
    groups = against_options(waves, view(waves).view, translator("en"))
    values = [[item["value"] for item in group["items"]] for group in groups]
    # The fake campaigns are all made from one, hashtags and all.
    assert values == [["the_days", "the_conversation"], ["vague-2024", "vide"]]
    far = wave().model_copy(update={"families": (Family(concept="x", hashtags=("Autre",)),)})
    assert not same_campaign(campaign(), far)


def test_the_file_has_every_figure_unrounded(waves: Desk) -> None:
    pair = versus(view(waves, "vague-2024"))
    found = rows(versus_csv(pair))
    contrast = pair.contrasts["originals"]["during"]
    (row,) = [
        r
        for r in found
        if (r["what"], r["metric"], r["phase"]) == ("contrast", "originals", "during")
    ]
    assert float(row["effect"]) == pytest.approx(contrast.effect, rel=1e-5)
    assert (row["verdict"], row["unit"]) == (contrast.verdict, "ratio")
    sides = {r["side"] for r in found if r["what"] == "figure"}
    assert sides == {"mamhkoumch", "vague-2024"}
    days = rows(lately_csv(lately(view(waves))))
    assert {r["days"] for r in days} == {"1", "7", "30"}
    assert any(r["reason"] == "baseline_too_short" for r in days)


def test_the_file_is_answered_to_a_press(waves: Desk) -> None:
    app = build_app(waves)
    output = next(o for o in app.callback_map if ids.COMPARE_FILE in o)
    for against, name in (("", "days"), ("vague-2024", "vague-2024"), ("the_conversation", "conv")):
        search = f"?campaign=mamhkoumch&lang=en&with={against}"
        values = {f"{ids.COMPARE_CSV}.n_clicks": 1, f"{ids.URL}.search": search}
        with app.server.test_client() as client:
            answer = call(client, app, output, values, f"{ids.COMPARE_CSV}.n_clicks")
        data = json.loads(answer.data)["response"][ids.COMPARE_FILE]["data"]
        assert data["filename"].startswith(f"mamhkoumch-{name}")
        assert data["content"].startswith("\ufeff")


def test_intervals_share_one_line() -> None:
    near = Change(1.2, 1.1, 1.3, "rose", None, "", 1.0, 1.2)
    far = Change(3.0, 1.5, 6.0, "rose", None, "", 1.0, 3.0)
    within = domain([near, far], "ratio")
    assert within is not None
    ends = [
        [float(part.style["insetInlineStart"][:-1]) for part in drawn_strip.children]
        for one in (near, far)
        if (drawn_strip := strip(one, within, "ratio")) is not None
    ]
    assert ends[0][0] == ends[1][0]
    assert ends[0][0] < ends[0][1] < ends[1][1] < 100
    poor = replace(near, verdict="not_enough_data")
    assert strip(poor, within, "ratio") is None
    assert domain([poor, None], "ratio") is None


def test_a_contrast_without_figures_is_words() -> None:
    from dashboard.wording import contrast_words

    said = contrast_words(Contrast(None, None, None, "not_enough_data"), "share", translator("en"))
    assert said.short == "not enough data"
    assert "{" not in said.detail
