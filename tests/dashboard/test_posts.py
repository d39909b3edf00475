"""The list of posts: whatever a browser asks, the database is asked something sensible."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.data import SORTS
from dashboard.pages.posts import MOST, answer, question_model, read_request
from dashboard.parts.copies import copies
from dashboard.parts.post import detail
from dashboard.parts.post import row as told
from dashboard.words import translator
from tests.dashboard.fakes import desk

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "startRow": JUNK,
            "endRow": JUNK,
            "sortModel": JUNK | st.lists(st.fixed_dictionaries({"colId": JUNK, "sort": JUNK})),
            "filterModel": JUNK | st.fixed_dictionaries({"q": JUNK}),
        },
    )
    | JUNK
)
def test_any_request_becomes_a_question(request: Any) -> None:
    _asked, question, offset, limit = read_request(request)
    assert question.sort in SORTS
    assert offset >= 0
    assert 0 <= limit <= MOST
    assert question.label in ("", "neg", "neu", "pos")


@settings(max_examples=60, deadline=None)
@given(JUNK)
def test_any_filter_becomes_a_question(asked: Any) -> None:
    model = {"q": {"filter": json.dumps({"search": asked, "topic": asked, "label": asked})}}
    read_request({"filterModel": model})


def test_a_page_is_cut_sorted_and_counted(shown: Any) -> None:
    request = {
        "startRow": 20,
        "endRow": 40,
        "sortModel": [{"colId": "when", "sort": "asc"}],
        "filterModel": question_model({"label": "neg", "language": "fr"}),
    }
    found, text = answer(shown("?lang=en"), request)
    everything, _text = answer(shown("?lang=en"), {"endRow": 20})
    assert 0 < found["rowCount"] < everything["rowCount"]
    assert text == f"{found['rowCount']} posts"
    assert all(row["tone"] == "neg" for row in found["rowData"])


def test_offensiveness_is_not_shown_where_policy_forbids() -> None:
    made = desk(offensive_excluded=frozenset({"x"}))
    one = made.shown(made.view("/posts", "?lang=en"))
    assert one is not None
    rows = answer(one, {"endRow": 40})[0]["rowData"]
    assert {row["offensive"] for row in rows if row["platform"] == "X"} == {"—"}
    assert any(row["offensive"] != "—" for row in rows if row["platform"] == "Reddit")


def test_times_are_those_of_casablanca(shown: Any) -> None:
    rows = answer(shown("?lang=en"), {"endRow": 1})[0]["rowData"]
    assert rows[0]["when"] == "12 Oct 10:40"  # 9:40 in UTC


def test_nothing_in_a_row_leads_back_to_the_post(shown: Any) -> None:
    rows = answer(shown("?lang=en"), {"endRow": 40})[0]["rowData"]
    for row in rows:
        assert "platform_id" not in row
        assert "http" not in json.dumps(row)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["text", "shares", "matched", "author", "topic"]), JUNK))
def test_detail_survives_any_row(row: Any) -> None:
    detail(row, translator("fr"))


def test_copies_are_asked_for_and_marked(shown: Any) -> None:
    asked = {"filterModel": question_model({"copies": "coordinated"})}
    assert read_request(asked)[1].copies == "coordinated"
    assert read_request({"filterModel": question_model({"copies": "all"})})[1].copies == ""
    view = shown("?lang=fr")
    [post], _ = view.source.posts(view.slug, view.cut, read_request({})[1], 0, 1)
    t = translator("fr")
    assert told(post, view)["mark"] == ""
    assert told(replace(post, copied=True), view)["mark"] == t("mark.copied")
    both = replace(post, copied=True, coordinated=True)
    assert told(both, view)["mark"] == t("mark.coordinated")


def test_texts_in_concert_are_shown_as_texts(shown: Any) -> None:
    said = str(copies(shown("?lang=en")))
    assert "15 posts by 9 accounts" in said
    assert "in concert" in said
    assert copies(shown("?lang=en&campaign=vide")) is None
