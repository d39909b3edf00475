"""`python -m bench.imports` in small: what it compares are the same rows; what it says is so."""

import csv
import gzip
import sqlite3
from pathlib import Path

import pytest

from bench import imports

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


def test_the_bare_runs_write_what_the_import_wrote(corpus: Path, tmp_path: Path) -> None:
    texts = imports.corpus_texts(corpus)
    assert len(texts) == 3  # each once, none empty
    posts = tmp_path / "posts.csv"
    imports.write_file(posts, ROWS, texts)

    home = tmp_path / "home"
    home.mkdir()
    whole = imports.in_this_process("import", posts, home, CAMPAIGN)
    same = imports.in_this_process("same", home / "sada.db", tmp_path / "same.db", CAMPAIGN)
    flat = imports.in_this_process("flat", posts, tmp_path / "flat.db", CAMPAIGN)

    assert (whole["rows"], same["rows"], flat["rows"]) == (ROWS,) * 3
    assert whole["rejected"] == 0
    assert all(one["wall"] > 0 and one["cpu"] > 0 and one["peak"] > 0 for one in (whole, same))
    assert 0 < same["writing_wall"] < same["wall"]
    for table in imports.TABLES:
        wanted = f"SELECT * FROM {table} ORDER BY rowid"
        assert _rows(home / "sada.db", wanted) == _rows(tmp_path / "same.db", wanted)
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
    assert _rows(home / "sada.db", indexes) == _rows(tmp_path / "same.db", indexes)
    assert _rows(tmp_path / "flat.db", "SELECT count(*) FROM flat") == [(ROWS,)]


def test_ratios_are_of_rows_a_second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calls = []

    def run(what: str, source: Path, target: Path, campaign: str) -> imports.Result:
        calls.append((what, source.exists() or what == "same", target.parent.exists()))
        seconds = {"import": 8.0, "same": 3.0, "flat": 1.0}[what]
        writing = {"writing_wall": seconds * 2 / 3, "writing_cpu": seconds / 2}
        return {"rows": 20, "wall": seconds, "cpu": seconds, "peak": 5, **writing}

    imports.compare(tmp_path, 20, ["un texte"], CAMPAIGN, run)

    said = capsys.readouterr().out
    assert [call[0] for call in calls] == ["import", "same", "flat"] * 2
    assert all(there for _, *both in calls for there in both)
    assert said.count("import / it: 0.375 by wall clock, 0.375 by processor time") == 2
    assert "import / its writing alone: 0.250 by wall clock, 0.188 by processor time" in said
    assert list(tmp_path.iterdir()) == []  # what it wrote is gone


def test_a_run_that_is_cut_short_has_said_how_far_it_was(
    capsys: pytest.CaptureFixture[str],
) -> None:
    watch = imports.Watch("import")
    for rows in (imports.TOLD_EVERY - 1, imports.TOLD_EVERY, imports.TOLD_EVERY + 1):
        watch.tell(rows)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "import so far" in said[0]
    assert "250,000 rows in" in said[0]


def _rows(database: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()
