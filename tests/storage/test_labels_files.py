"""Labels out to CSV and in again: nothing lost, nothing twice, every refusal with its reason."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storage_made import NOW, SLUG, Understood, post, store

from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.database import Database
from storage.labels import keep_answer, next_text
from storage.labels_csv import ANSWERS, SHEET, read, written
from storage.labels_draw import Wish, draw
from storage.labels_files import export_answers, export_sheet, import_labels
from storage.labels_rows import LabelError
from storage.queries.labels import label_sample

SPAN = {"during": (date(2026, 10, 1), date(2026, 10, 31))}
Edit = Callable[[list[dict[str, str]]], None]


@pytest.fixture
def drawn(database: Database) -> Database:
    store(database, [post(n, f"=texte {n}") for n in range(8)])
    model = ensure_model(database, "m", "1", 0.5, NOW)
    waiting = pending_texts(database, model, 99)
    store_annotations(database, model, [(number, Understood()) for number, _ in waiting])
    draw(database, SLUG, SPAN, Wish(per_period=6, overlap=0.0), key=b"k" * 16, now=NOW)
    return database


def label(db: Database, who: str, *sentiments: str | None) -> None:
    for n, sentiment in enumerate(sentiments):
        item = next_text(db, SLUG, who, NOW)
        assert item is not None
        moment = NOW + timedelta(minutes=n)
        keep_answer(db, SLUG, who, item.post_id, item.text_key, sentiment, True, moment)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def edited(text: str, edit: Edit, delimiter: str = ",") -> bytes:
    found = rows(text)
    edit(found)
    out = StringIO()
    writer = csv.DictWriter(out, list(found[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue().encode("utf-8-sig")


def given_answers(db: Database) -> list[tuple[str, str | None, bool | None]]:
    return [(one.annotator, one.sentiment, one.offensive) for one in label_sample(db, SLUG)[1]]


def test_answers_come_out_every_one_and_name_nobody(drawn: Database) -> None:
    label(drawn, "AB", "neg", None, "pos")
    text, count = export_answers(drawn, SLUG)
    found = rows(text)
    assert count == len(found) == 3
    assert list(found[0]) == list(ANSWERS)
    assert [one["sentiment"] for one in found] == ["neg", "skip", "pos"]
    assert [one["offensive"] for one in found] == ["yes", "", "yes"]
    assert [one["counts"] for one in found] == ["yes", "no", "yes"]
    assert {one["model"] for one in found} == {"m 1"}
    assert all(one["text"].startswith("'=texte") for one in found)
    assert all(one["post"].startswith("p") for one in found)
    assert 0 < float(found[0]["chance"]) < 1
    with_ids = rows(export_answers(drawn, SLUG, with_ids=True)[0])
    assert {one["platform_id"] for one in with_ids} < {str(n) for n in range(8)}


def test_a_sheet_is_blind_and_holds_what_waits(drawn: Database) -> None:
    label(drawn, "AB", "neg", "pos")
    text, count = export_sheet(drawn, SLUG, "CD")
    assert count == 4
    assert list(rows(text)[0]) == list(SHEET)
    assert {one["annotator"] for one in rows(text)} == {"CD"}
    assert export_sheet(drawn, SLUG, "CD", held_apart=lambda body: True)[1] == 0
    with pytest.raises(LabelError):
        export_sheet(drawn, SLUG, " ")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_filled_in_sheet_comes_in_once(drawn: Database, delimiter: str) -> None:
    def fill(found: list[dict[str, str]]) -> None:
        for row, sentiment in zip(found, ("Négatif", "3", "skip", "", "neu", ""), strict=True):
            row["sentiment"] = sentiment
        found[0]["offensive"] = "oui"

    filled = edited(export_sheet(drawn, SLUG, "CD")[0], fill, delimiter)
    first = import_labels(drawn, SLUG, filled, NOW)
    assert (first.added, first.changed, first.same, first.empty) == (4, 0, 0, 2)
    assert first.rejects == ()
    assert sorted(map(repr, given_answers(drawn))) == sorted(
        map(repr, [("CD", "neg", True), ("CD", "pos", None), ("CD", None, None),
                   ("CD", "neu", None)])
    )  # fmt: skip
    again = import_labels(drawn, SLUG, filled, NOW + timedelta(days=1))
    assert (again.added, again.changed, again.same) == (0, 0, 4)


def test_an_export_comes_in_again_unchanged(drawn: Database) -> None:
    label(drawn, "AB", "neg", None, "pos")
    before = label_sample(drawn, SLUG)[1]
    done = import_labels(drawn, SLUG, export_answers(drawn, SLUG)[0].encode(), NOW)
    assert (done.added, done.changed, done.same, done.rejects) == (0, 0, 3, ())
    assert label_sample(drawn, SLUG)[1] == before


def test_every_refusal_has_its_reason(drawn: Database) -> None:
    label(drawn, "AB", "neg", "neg", "neg", "neg", "neg", "neg")

    def spoil(found: list[dict[str, str]]) -> None:
        found[0]["post"] = "p0"
        found[1]["text_key"] = "t0"
        found[2]["sentiment"] = "angry"
        found[3]["offensive"] = "perhaps"
        found[4]["annotator"] = ""
        found[5]["made_at"] = "yesterday"
        found.append(found[0] | {"post": rows(text)[0]["post"], "annotator": "x" * 50})
        found.append(rows(text)[1] | {"sentiment": "pos", "made_at": "2020-01-01T00:00:00+00:00"})
        found.append(rows(text)[2] | {"annotator": "EF"})
        found.append(rows(text)[2] | {"annotator": "E F "})
        found.append(rows(text)[2] | {"annotator": "E  F"})

    text, _ = export_answers(drawn, SLUG)
    done = import_labels(drawn, SLUG, edited(text, spoil), NOW)
    assert [(one.line, one.reason) for one in done.rejects] == [
        (2, "post"), (3, "edited"), (4, "sentiment"), (5, "offensive"), (6, "annotator"),
        (7, "made_at"), (8, "annotator"), (9, "newer"), (12, "twice"),
    ]  # fmt: skip
    assert (done.added, done.changed, done.same) == (2, 0, 0)


def test_no_answer_comes_in_as_given_tomorrow(drawn: Database) -> None:
    def postpone(found: list[dict[str, str]]) -> None:
        found[0] |= {"sentiment": "pos", "made_at": "9000-01-01T00:00:00+00:00"}

    label(drawn, "AB", "neg")
    later = NOW + timedelta(hours=1)
    import_labels(drawn, SLUG, edited(export_answers(drawn, SLUG)[0], postpone), later)
    assert [one.made_at for one in label_sample(drawn, SLUG)[1]] == [later]


def test_an_answer_on_an_older_text_does_not_come_in_as_one_on_the_newer(drawn: Database) -> None:
    label(drawn, "AB", "neg")
    sample = next(
        one
        for one in label_sample(drawn, SLUG)[0]
        if one.post_id == label_sample(drawn, SLUG)[1][0].post_id
    )
    store(drawn, [post(sample.platform_id, "autre")], taken_at=NOW + timedelta(hours=1))
    text, _ = export_answers(drawn, SLUG)
    assert [(one["counts"], one["text"]) for one in rows(text)] == [("no", "")]
    done = import_labels(drawn, SLUG, text.encode(), NOW)
    assert [one.reason for one in done.rejects] == ["edited"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column post"),
        (b"post,text_key,annotator\n", "no column sentiment"),
        ("post,text_key,annotator,sentiment\né".encode("latin-1"), "not UTF-8"),
        (b"post,text_key,annotator,sentiment\n" + b'"' + b"x" * 200_000, "no CSV"),
        (b'"' + b"x" * 200_000 + b'",post,text_key,annotator,sentiment\n', "no CSV"),
    ],
)
def test_what_is_no_such_file_is_told(drawn: Database, content: bytes, said: str) -> None:
    with pytest.raises(LabelError, match=said):
        import_labels(drawn, SLUG, content, NOW)


def test_nothing_comes_in_before_a_draw(database: Database) -> None:
    store(database, [post(1)])
    assert export_answers(database, SLUG)[1] == 0
    assert export_sheet(database, SLUG, "AB")[1] == 0
    with pytest.raises(LabelError, match="sada labels draw"):
        import_labels(database, SLUG, written(SHEET, ()).encode(), NOW)


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_any_text_survives_the_file(text: str, name: str) -> None:
    text, name = (part.encode("utf-8", "replace").decode() for part in (text, name))
    row = {"post": "p1", "text_key": "t1", "annotator": name, "sentiment": "neg", "text": text}
    found, empty, rejects = read(written(SHEET, [row]).encode())
    wanted = " ".join(name.split())
    assert empty == 0
    assert [one.annotator for one in found] == ([wanted] if wanted else [])
    assert len(rejects) == (not wanted)
