"""`sada import` from end to end: counts, edits, erasure, mappings, going on after a kill."""

import csv
import gzip
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sada.cli.app import run
from sada.cli.meter import bar
from sada.cli.previewing import script
from tests.sada.support import CAMPAIGN

HEADER = ("id", "created_at", "author", "text", "likes")
Row = Sequence[str]
KILLED = """
import os, signal, sys
from sada.cli.app import run
from sada.pipeline import importing

importing.BATCH = 100
store, calls = importing.store_batch, []

def store_batch(*given, **named):
    calls.append(1)
    if len(calls) == 4 and "{when}" == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    stored = store(*given, **named)
    if len(calls) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return stored

importing.store_batch = store_batch
sys.exit(run(["import", "posts.csv", "--campaign", "small", "--set", "platform=x"]))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a campaign of its own."""
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "campaigns" / "small.yaml").write_text(CAMPAIGN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SADA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SADA_CAMPAIGNS_DIR", str(tmp_path / "campaigns"))
    return tmp_path


@pytest.fixture
def bring(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs `sada import` and gives what it says on stdout."""

    def call(*arguments: str, status: int = 0, platform: str | None = "x") -> str:
        named = ["--set", f"platform={platform}"] if platform else []
        assert run(["import", *arguments, "--campaign", "small", *named]) == status
        return capsys.readouterr().out

    return call


def table(rows: Sequence[Row], header: Row = HEADER) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


def rows(count: int) -> list[Row]:
    """Every tenth has no date."""
    dates = [f"2025-03-1{n % 9}T10:00:00Z" if n % 10 else "" for n in range(count)]
    return [(str(n), dates[n], f"a{n % 7}", f"Bravo #Sghira {n}", str(n)) for n in range(count)]


def stored(folder: Path, what: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "home" / "sada.db") as database:
        return database.execute(what).fetchall()


def test_importing_twice_changes_nothing_and_says_so(
    folder: Path, bring: Callable[..., str]
) -> None:
    (folder / "posts.csv").write_text(table(rows(40)), encoding="utf-8")
    assert "40 rows" in (first := bring("posts.csv"))
    assert "36 new, 0 updated, 0 unchanged, 4 rejected" in first
    content = "SELECT platform_id, text_id, likes, day FROM posts ORDER BY id"
    before = stored(folder, content), stored(folder, "SELECT * FROM rollups ORDER BY day")
    assert "0 new, 0 updated, 36 unchanged, 4 rejected" in bring("posts.csv")
    after = stored(folder, content), stored(folder, "SELECT * FROM rollups ORDER BY day")
    assert after == before
    assert stored(folder, "SELECT count(*) FROM cursors") == [(0,)]


def test_an_edited_text_is_kept_as_it_is_now(folder: Path, bring: Callable[..., str]) -> None:
    (folder / "a.csv").write_text(table([("1", "2025-03-11", "a", "Bravo #Sghira", "1")]))
    (folder / "b.csv").write_text(table([("1", "2025-03-11", "a", "Bravo (corrigé) #Sghira", "")]))
    bring("a.csv")
    assert "0 new, 1 updated, 0 unchanged" in bring("b.csv")
    assert stored(folder, "SELECT body, likes FROM posts JOIN texts t ON t.id = text_id") == [
        ("Bravo (corrigé) #Sghira", 1)
    ]


def test_what_was_erased_never_comes_back(folder: Path, bring: Callable[..., str]) -> None:
    (folder / "a.csv").write_text(table([row for row in rows(12) if row[1]]), encoding="utf-8")
    bring("a.csv")
    assert run(["forget", "--post", "x:3"]) == 0
    assert run(["forget", "--author", "x:a1"]) == 0
    said = bring("a.csv")
    assert "0 new, 0 updated, 7 unchanged, 0 rejected, 3 erased for good" in said
    assert ("3",) not in stored(folder, "SELECT platform_id FROM posts")


def test_rejected_rows_are_mended_and_brought_in(folder: Path, bring: Callable[..., str]) -> None:
    (folder / "posts.csv").write_text(table(rows(20)), encoding="utf-8")
    bring("posts.csv")
    kept = folder / "posts.csv.rejects.ndjson"
    mended = kept.read_text(encoding="utf-8").replace(
        '"created_at": ""', '"created_at": "2025-03-12"'
    )
    kept.write_text(mended, encoding="utf-8")
    assert "2 rows" in (said := bring(kept.name, platform=None))
    assert "2 new, 0 updated, 0 unchanged, 0 rejected" in said


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_killed_import_goes_on_where_it_was(
    folder: Path, bring: Callable[..., str], when: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "posts.csv").write_text(table(rows(700)), encoding="utf-8")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED.format(when=when)], check=False, env=os.environ | {},
        capture_output=True,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    done = {"before": 300, "after": 400}[when]
    assert stored(folder, "SELECT count(*) FROM posts") == [(done * 9 // 10,)]
    assert run(["import", "posts.csv", "--campaign", "small", "--set", "platform=x"]) == 0
    told = capsys.readouterr()
    assert f"goes on behind row {done}" in told.err
    assert f"{700 - done} rows" in told.out
    assert f"{(700 - done) * 9 // 10} new, 0 updated, 0 unchanged" in told.out
    assert stored(folder, "SELECT count(*), count(DISTINCT platform_id) FROM posts") == [(630, 630)]
    assert stored(folder, "PRAGMA integrity_check") == [("ok",)]
    assert stored(folder, "SELECT sum(posts) FROM rollups") == [(630,)]
    lines = (folder / "posts.csv.rejects.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["row"]["id"] for line in lines[1:]] == [
        str(n) for n in range(0, 700, 10)
    ]
    assert "630 unchanged" in bring("posts.csv")


def test_a_folder_of_everything_is_reported_file_by_file(
    folder: Path, bring: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    made = [(str(n), "2025-03-11", "a", "Bravo", "") for n in range(4)]
    inside = folder / "in"
    inside.mkdir()
    (inside / "a.csv").write_text(table(made[:1]))
    (inside / "b.csv.gz").write_bytes(gzip.compress(table(made[1:2]).encode()))
    with zipfile.ZipFile(inside / "c.zip", "w") as packed:
        packed.writestr("c.csv", table([*made[2:3], ("9", "", "a", "sans date", "")]))
    (inside / "d.pdf").write_bytes(b"%PDF-1.7")
    (inside / "e.json").write_text(json.dumps([dict(zip(HEADER, made[3], strict=True))]))
    assert run(["import", "in", "--campaign", "small", "--set", "platform=x"]) == 1
    told = capsys.readouterr()
    assert "d.pdf: is a PDF" in told.err
    assert run(["import", "in/a.csv", "in/b.csv.gz", "--campaign", "small"]) == 1
    assert f"sada: {Path('in/b.csv.gz')}: Nothing says which platform" in capsys.readouterr().err
    assert "5 files, 1 failed: 5 rows, 4 new posts, 1 rejected" in told.out
    assert (inside / "c.zip.c.csv.rejects.ndjson").exists()
    assert run(["import", "in", "--campaign", "small", "--rejects", "r.ndjson"]) == 2


def test_the_rows_before_a_break_are_stored(
    folder: Path, bring: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    whole = gzip.compress(table(rows(3000)).encode(), mtime=0)
    (folder / "a.csv.gz").write_bytes(whole[: len(whole) // 2])
    bring("a.csv.gz", status=1)
    ((count,),) = stored(folder, "SELECT count(*) FROM posts")
    assert isinstance(count, int)
    assert 1000 < count < 2000
    (folder / "a.csv.gz").write_bytes(whole)
    assert f"{2700 - count} new, 0 updated, {count} unchanged" in bring("a.csv.gz")


def test_standard_input(
    folder: Path, bring: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = io.BytesIO(table(rows(11)).encode())

    monkeypatch.setattr("sys.stdin", Stdin())
    said = bring("-")
    assert "stdin: 11 rows" in said
    assert "add --rejects FILE" in said


def test_a_mapping_is_kept_by_name_and_used_again(
    folder: Path, bring: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = "nr;quand;quoi;coeurs\n{n};11.03.25;Bravo #Sghira;4\n"
    for number in (1, 2):
        (folder / f"{number}.csv").write_text(text.format(n=number))
    said = (
        "--map",
        "id=nr",
        "--map",
        "text=quoi",
        "--map",
        "created_at=quand",
        "--map",
        "likes=coeurs",
    )
    bring("1.csv", *said, "--dates", "%d.%m.%y", "--save-mapping", "labo")
    assert (folder / "home" / "mappings" / "labo.yaml").exists()
    assert "1 new" in bring("2.csv", "--mapping", "labo", platform=None)
    assert stored(folder, "SELECT platform, likes FROM posts") == [("x", 4), ("x", 4)]
    bring("2.csv", "--mapping", "autre", status=2)
    bring("2.csv", "--save-mapping", "../x", *said, "--dates", "%d.%m.%y", status=2)
    assert not (folder / "home" / "x.yaml").exists()


def test_spread_dates_are_marked(folder: Path, bring: Callable[..., str]) -> None:
    (folder / "a.csv").write_text("id,text\n1,Bravo\n2,Merci\n")
    bring("a.csv", "--spread", "2025-03-10", "2025-03-12")
    assert stored(folder, "SELECT count(*) FROM posts WHERE date_invented") == [(2,)]
    (folder / "b.csv").write_text("id,text,date\n1,Bravo,2025-03-11\n")
    assert "1 updated" in bring("b.csv")
    assert stored(folder, "SELECT platform_id FROM posts WHERE date_invented") == [("2",)]


def test_a_dry_run_says_what_would_become_of_the_rows(
    folder: Path, bring: Callable[..., str]
) -> None:
    made = [
        ("1", "2025-03-11", "a", "Appelez le 8350 ou le 06 12 34 56 78", ""),
        ("2", "2025-03-11", "a", "مامحكومش", ""),
        ("3", "", "a", "sans date", ""),
    ]
    (folder / "a.csv").write_text(table(made), encoding="utf-8")
    said = bring("a.csv", "--dry-run")
    for told in (
        "columns: id, created_at, author, text, likes", "first 3 rows: 2 posts, 1 rejected",
        "platforms: x 2", "kinds: original 2", "latn 1", "arab 1", "1 × has no date", "8350",
    ):  # fmt: skip
        assert told in said
    assert "06 12" not in said
    assert "first 1 rows" in bring("a.csv", "--dry-run", "--sample", "1")
    assert stored(folder, "SELECT count(*) FROM posts") == [(0,)]


def test_the_known_formats_are_listed_and_can_be_named(
    folder: Path, bring: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "--formats"]) == 0
    listed = capsys.readouterr().out
    for name in ("mcl-facebook", "zeeschuimer-tiktok", "4cat-x", "x-api", "ytdt-comments"):
        assert f"\n{name}: " in listed
    assert run(["import", "a.csv"]) == 2
    (folder / "a.csv").write_text("id,date,username,text\n1,2025-03-11,a,Bravo\n")
    assert "1 new" in bring("a.csv", "--format", "communalytic", platform="bluesky")
    bring("a.csv", "--format", "ndjson", status=2)
    bring("a.csv", "--format", "mcl-facebook", status=2)


def test_the_bar_and_the_scripts() -> None:
    assert bar(None) == ""
    assert bar(0.5).startswith("[############............]  50%")
    assert [script(text) for text in ("Bravo", "مبروك", "ⴰⵣⵓⵍ", "!! 12", "bravo مبروك")] == [
        "latn", "arab", "tfng", "none", "mixed",
    ]  # fmt: skip
