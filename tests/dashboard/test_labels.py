"""The labelling page: turns at the desk, what labels tell, files; over a book in memory."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from config.campaign import Phase
from dashboard import ids
from dashboard.app import build_app
from dashboard.cards import cards
from dashboard.context import Desk, Shown
from dashboard.gather import overview
from dashboard.headline import headline
from dashboard.labelling import Turn, answer, draw_more, left_for, play, read_turn, state_of
from dashboard.pages.labels import body
from dashboard.words import translator
from measures.change import Change
from measures.summary import Corrected, LabelledShares
from tests.dashboard.fake_labels import FakeLabels, answered
from tests.dashboard.fakes import NOW, XSS, FakeSource, desk
from tests.dashboard.test_app import HOSTILE, call, page, server_callbacks

ASK = "?campaign=mamhkoumch&lang=en"


def at(book: FakeLabels, search: str = ASK, **changes: object) -> Shown:
    made = desk(labels=book, **changes)
    shown = made.shown(made.view("/labels", search))
    assert shown is not None
    return shown


def turn(action: str = "", who: str = "AB", post: int | None = None, **more: Any) -> Turn:
    values = {"disputed": False, "text_key": (b"d" * 16).hex(), "number": 3, "offensive": False}
    return Turn(annotator=who, action=action, post_id=post, **(values | more))


def text_of(component: Any) -> str:
    return json.dumps(component, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_a_text_is_shown_answered_and_followed_by_the_next() -> None:
    shown = at(FakeLabels(12))
    item, told = play(shown, turn())
    assert item is not None
    assert (item.post_id, told) == (0, "")
    item, told = play(shown, turn("neg", post=0, offensive=True))
    assert item is not None
    assert item.post_id == 1
    assert told == "Kept: Negative. Next text."
    said = shown.labels.sample("")[1][0]
    assert (said.sentiment, said.offensive) == ("neg", True)
    item, _ = play(shown, turn("skip", post=1))
    assert item is not None
    assert item.post_id == 2
    assert [one.sentiment for one in shown.labels.sample("")[1]] == ["neg", None]


def test_what_was_answered_can_be_taken_back() -> None:
    shown = at(FakeLabels(12))
    play(shown, turn("pos", post=0, offensive=True))
    outputs = answer(shown, turn("undo"))
    assert "Your answer before: Positive" in text_of(outputs[0])
    assert outputs[1]["post"] == 0
    assert outputs[2] is True
    assert play(shown, turn("undo"))[1] == "Nothing to take back."


def test_without_a_name_nobody_answers() -> None:
    shown = at(FakeLabels(12))
    outputs = answer(shown, turn("neg", who="", post=0))
    assert "Write your initials first" in text_of(outputs[0])
    assert outputs[-1] is True
    assert shown.labels.sample("")[1] == []


def test_a_text_that_changed_meanwhile_keeps_no_answer() -> None:
    shown = at(FakeLabels(12))
    assert "edited or erased" in play(shown, turn("neg", post=0, text_key="ff"))[1]
    assert "edited or erased" in play(shown, turn("neg", post=99))[1]


def test_the_turn_moves_on_so_that_the_browser_hears_of_it() -> None:
    shown = at(FakeLabels(2))
    first = answer(shown, turn())
    assert first[1]["turn"] == 4
    assert '"data-item": "0:4"' in text_of(first[0])
    play(shown, turn("neg", post=0))
    done = answer(shown, turn("neg", post=1))
    assert "No text is waiting for you" in text_of(done[0])
    assert done[1] == {"turn": 4}


def test_a_platform_whose_terms_forbid_it_is_not_asked_about() -> None:
    shown = at(FakeLabels(12), offensive_excluded=frozenset({"x"}))
    assert answer(shown, turn())[2] is False  # the first text is from Reddit
    assert answer(shown, turn("neg", post=0))[2] is None


def test_disputed_texts_wait_for_a_third_person() -> None:
    book = answered(answered(FakeLabels(12), "AB", "nnnnn", NOW), "CD", "pnnnn", NOW)
    shown = at(book)
    item, _ = play(shown, turn(who="EF", disputed=True))
    assert item is not None
    assert item.post_id == 0
    assert play(shown, turn(who="AB", disputed=True))[0] is None
    assert '"Disputed (1)"' in text_of(body(shown))
    samples, answers = book.sample("")
    assert left_for(samples, answers, "EF") == 8
    assert left_for(samples, answers, "AB") == 7


@pytest.mark.parametrize("value", HOSTILE)
def test_nonsense_asks_for_nothing(value: Any) -> None:
    read = read_turn(value, value, value, value, value)
    assert read.action == ""
    assert len(read.annotator) <= 40
    assert read_turn("AB", "queue", {"post": value, "turn": value, "key": value}, None, "x")


def test_a_book_that_fails_is_told_and_keeps_the_text(caplog: pytest.LogCaptureFixture) -> None:
    from storage.errors import DatabaseBusy

    class Busy(FakeLabels):
        def keep(self, *_args: Any) -> bool:
            raise DatabaseBusy("somebody writes")

    outputs = answer(at(Busy(12)), turn("neg", post=0))
    assert "could not be kept" in outputs[4]
    assert "somebody writes" in caplog.text


def test_drawing_fills_the_desk_and_says_what_it_did() -> None:
    shown = at(FakeLabels())
    assert "No text has been drawn yet" in text_of(body(shown))
    assert "±8 points" in text_of(body(shown))
    assert "1 to 5,000" in draw_more(shown, "many")
    assert "Before: 20 more, 20 in all of 900" in draw_more(shown, 20)
    assert ids.LABELS_CARD in text_of(body(shown))
    assert "40 in all" in draw_more(shown, 20)


def test_a_campaign_without_posts_has_nothing_to_draw() -> None:
    shown = at(FakeLabels(), "?campaign=vide&lang=en")
    assert "No posts yet" in text_of(body(shown))


def test_what_labels_tell_is_drawn_in_every_language() -> None:
    book = answered(answered(FakeLabels(60), "AB", "nup" * 20, NOW), "CD", "nnp" * 20, NOW)
    for language in ("fr", "ar", "en"):
        app = build_app(desk(labels=book))
        output = next(o for o in server_callbacks(app) if ids.LABELS_RESULTS in o)
        values = {f"{ids.URL}.search": f"?campaign=mamhkoumch&lang={language}"}
        text = call(app.server.test_client(), app, output, values).get_data(as_text=True)
        assert text.count('"Caption"') == 5
        assert "AB " in text
        assert "60" in text
    state = state_of(at(book))
    assert state.sentiment.texts == 60
    assert state.sentiment_confusion[""].total == 40


def test_the_page_never_shows_what_the_model_said_of_the_text() -> None:
    book = FakeLabels(12)
    text = page(build_app(desk(labels=book)).server.test_client(),
                build_app(desk(labels=book)), "/labels", ASK)  # fmt: skip
    outputs = text_of(answer(at(book), turn())[0])
    for word in ("ary", "2025-", "during", "reddit", "@"):
        assert word not in outputs
    assert XSS not in text


def test_files_go_out_and_in() -> None:
    app = build_app(desk(labels=FakeLabels(12)))
    client = app.server.test_client()
    output = next(o for o in server_callbacks(app) if ids.LABELS_FILE in o)
    values = {f"{ids.LABELS_SHEET}.n_clicks": 1, f"{ids.LABELS_WHO}.value": " A  B ",
              f"{ids.URL}.search": ASK}  # fmt: skip
    sent = call(client, app, output, values, f"{ids.LABELS_SHEET}.n_clicks").get_json()
    data = sent["response"][ids.LABELS_FILE]["data"]
    assert (data["filename"], data["content"].splitlines()[1]) == (
        "mamhkoumch-sheet.csv", "p1,A B",
    )  # fmt: skip
    values = {f"{ids.LABELS_EXPORT}.n_clicks": 1, f"{ids.URL}.search": ASK}
    sent = call(client, app, output, values, f"{ids.LABELS_EXPORT}.n_clicks").get_json()
    assert sent["response"][ids.LABELS_FILE]["data"]["filename"] == "mamhkoumch-labels.csv"
    upload = next(o for o in server_callbacks(app) if ids.LABELS_IMPORTED in o)
    content = "data:text/csv;base64," + base64.b64encode(b"post\r\n").decode()
    for given, said in ((content, "1 new answers"), ("data:,%%%", "no sheet of labels")):
        values = {f"{ids.LABELS_UPLOAD}.contents": given, f"{ids.URL}.search": ASK}
        assert said in call(client, app, upload, values).get_data(as_text=True)


def labelled(labels: int = 200) -> LabelledShares:
    share = Corrected(0.31, 0.25, 0.37, 0.4, 900, labels)
    net = Corrected(-0.12, -0.2, -0.04, -0.2, 900, labels)
    both = (Phase.BEFORE, Phase.DURING)
    keys = ("negative_share", "neutral_share", "positive_share", "offensive_share")
    return LabelledShares(
        dict.fromkeys(both, labels),
        {key: dict.fromkeys(both, share) for key in keys}
        | {"net_sentiment": dict.fromkeys(both, net)},
        {"net_sentiment": {"during": Change(0.2, 0.1, 0.3, "rose", 0.1, "", -0.3, -0.1)}},
    )


def test_cards_and_headline_tell_corrected_shares_where_there_are_labels(some_desk: Desk) -> None:
    shown = some_desk.shown(some_desk.view("/", ASK))
    assert shown is not None
    plain = overview(shown)
    t = translator("en")
    own = {card.key: card for card in cards(plain, t, whole=True, label_link="/labels")}
    assert own["net_sentiment"].correction == "Model's own, uncorrected"
    assert own["net_sentiment"].link == "/labels"
    assert own["originals"].correction == ""
    assert "Model's own, uncorrected." in " ".join(headline(shown, plain).rest)

    data = replace(plain, summary=replace(plain.summary, labelled=labelled()))
    made = {card.key: card for card in cards(data, t, whole=True, label_link="/labels")}
    net = made["net_sentiment"]
    assert "12.0" in net.value
    assert "20.0" in net.note
    assert "200 labelled texts" in net.correction
    assert net.link == ""
    assert net.verdicts["during"].kind == "rose"
    assert made["offensive_share"].value == "31.0%"
    assert "Corrected by 200 hand-labelled texts" in " ".join(headline(shown, data).rest)
    part = {card.key: card for card in cards(data, t, whole=False)}
    assert part["net_sentiment"].correction == "Model's own, uncorrected"
    few = replace(plain, summary=replace(plain.summary, labelled=labelled(20)))
    assert cards(few, t, whole=True)[6].correction == "Model's own, uncorrected"


def test_new_answers_are_seen_at_once_by_the_overview() -> None:
    book = FakeLabels(12)
    made = desk(FakeSource({}), labels=book)
    shown = made.shown(made.view("/", ASK))
    assert shown is not None
    first = overview(shown)
    assert overview(shown) is first
    play(shown, turn("neg", post=0))
    later = made.shown(made.view("/", ASK))
    assert later is not None
    assert overview(replace(later, now=NOW + timedelta(seconds=1))) is not first
