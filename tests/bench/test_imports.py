"""`python -m bench.imports` in small: what it compares are the same rows; what it says is so."""

import csv
import gzip
import sqlite3
import time
from pathlib import Path

import pytest

from bench import bare, imports

ROWS = 40
CAMPAIGN = "mamhkoumch-2025"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora" / "one"
    folder.mkdir(parents=True)
    with gzip.open(folder / "texts.csv.gz", "wt", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerows([("id", "text"), (1, "le colis n'est pas arrivé"), (2, "الطرد ما وصلش")])
        rows.writerows([(3, "الطرد ما وصلش"), (4, ""), (5, "écrivez à sam@exemple.ma")])
    return tmp_path / "corpora"


def test_the_bare_run_writes_what_the_import_wrote(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sada.pipeline.importing.BATCH", 7)  # so that there are several
    texts = imports.corpus_texts(corpus)
    assert len(texts) == 3  # each once, none empty
    posts = tmp_path / "posts.csv"
    imports.write_file(posts, ROWS, texts)
    told: list[tuple[int, int]] = []

    def tell(whole: bare.Result, beside: bare.Result) -> None:
        told.append((whole["rows"], beside["rows"]))

    whole, beside = imports.imported(posts, tmp_path, CAMPAIGN, tell)

    assert told == [(count, count) for count in (7, 14, 21, 28, 35, 40)]
    assert (whole["rows"], whole["rejected"], beside["rows"]) == (ROWS, 0, ROWS)
    assert 0 < beside["writing_wall"] < beside["wall"]
    assert whole["cpu"] > 0
    assert whole["peak"] > 0
    for table in bare.TABLES:
        wanted = f"SELECT * FROM {table} ORDER BY rowid"
        assert _rows(tmp_path / "sada.db", wanted) == _rows(tmp_path / "bare.db", wanted)
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
    assert _rows(tmp_path / "sada.db", indexes) == _rows(tmp_path / "bare.db", indexes)


def test_fewer_texts_are_taken_from_all_over() -> None:
    texts = list("abcdefghij")
    assert imports.evenly(texts, 5) == list("acegi")
    assert imports.evenly(texts, 99) == texts


def test_a_run_ends_with_what_it_compares(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imports.compare(tmp_path, ROWS, imports.corpus_texts(corpus), CAMPAIGN)
    said = capsys.readouterr().out.splitlines()
    starts = ("40 rows, 3 distinct", "import ", "executemany, same", "  to the bare run ")
    assert all(line.startswith(start) for line, start in zip(said, starts, strict=False))
    assert "40 rows in" in said[1]
    assert len(said) == 6


def test_one_flat_table_holds_every_row(corpus: Path, tmp_path: Path) -> None:
    posts = tmp_path / "posts.csv"
    imports.write_file(posts, ROWS, imports.corpus_texts(corpus))
    assert bare.write_flat(posts, tmp_path / "flat.db")["rows"] == ROWS
    assert _rows(tmp_path / "flat.db", "SELECT count(*) FROM flat") == [(ROWS,)]


def test_waiting_is_no_time_spent() -> None:
    watch = bare.Watch()
    with watch.waiting():
        time.sleep(0.2)
    with watch.writing():
        time.sleep(0.01)
    spent = watch.spent(1)
    assert 0.01 <= spent["writing_wall"] <= spent["wall"] < 0.2


def test_ratios_are_of_rows_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    whole = {"rows": 20, "wall": 8.0, "cpu": 4.0, "peak": 5}
    beside = {"rows": 20, "wall": 4.0, "cpu": 3.0, "writing_wall": 2.0, "writing_cpu": 1.0}
    said = imports.ratios(whole, beside)
    assert said == (
        "to the bare run 0.500 by wall clock, 0.750 by processor time;"
        " to its writing alone 0.250, 0.250"
    )

    tell = imports.now_and_then(every=20)
    for rows in (19, 20, 39, 41):
        tell(whole | {"rows": rows}, beside | {"rows": rows})
    lines = capsys.readouterr().err.splitlines()
    assert ["20 rows in" in lines[0], "41 rows in" in lines[1], len(lines)] == [True, True, 2]
    assert lines[0].endswith(said)


def _rows(database: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()
