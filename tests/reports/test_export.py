import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import fastparquet
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.cells import unescape_cell
from config.errors import ConfigurationError
from reports.errors import ReportError
from reports.export import COLUMNS, export
from storage.database import Database
from storage.queries import export_rows
from storage.rows import PostView

VIEW = PostView(
    id=1,
    platform="x",
    platform_id="LEAKID1",
    created_at=datetime(2025, 10, 3, 23, 30, tzinfo=UTC),
    day=date(2025, 10, 4),
    author="pseudo",
    standing="earned",
    scope="all",
    kind="original",
    text="bonjour",
    language="fr",
    label="neg",
    neg=0.71234567,
    neu=0.2,
    pos=0.1,
    offensive=None,
    topic="violence, ligne",
    matched=("a", "b"),
    likes=0,
    reposts=None,
    replies=3,
    views=None,
    author_id=5,
)
ENDINGS = ("csv", "ndjson", "xlsx", "parquet")


def read(path: Path) -> list[dict[str, object]]:
    """A written export as dicts, absent values as `None`."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
    if path.suffix == ".ndjson":
        return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    if path.suffix == ".xlsx":
        head, *rows = openpyxl.load_workbook(path)["posts"].values
        return [dict(zip(head, row, strict=True)) for row in rows]
    frame = fastparquet.ParquetFile(str(path)).to_pandas().astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


@pytest.mark.parametrize("ending", ENDINGS)
def test_columns_are_those_promised(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    assert export([VIEW], path) == 1
    assert tuple(read(path)[0]) == tuple(name for name in COLUMNS if name != "platform_id")
    assert "LEAKID1" not in str(read(path))
    export([VIEW], path, with_ids=True)
    assert tuple(read(path)[0]) == COLUMNS
    assert read(path)[0]["platform_id"] == "LEAKID1"


@pytest.mark.parametrize("ending", ENDINGS)
def test_values_unknown_stay_apart_from_zero(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    export([VIEW], path)
    row = read(path)[0]
    assert row["created_at"] == "2025-10-03T23:30:00Z"
    assert row["day"] == "2025-10-04"
    assert int(str(row["likes"])) == 0
    assert row["reposts"] is row["offensive"] is None
    assert float(str(row["neg"])) == pytest.approx(0.7123)
    assert row["matched"] == (["a", "b"] if ending == "ndjson" else "a | b")


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_export_is_a_file_with_columns(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    assert export([], path) == 0
    assert path.exists()
    assert read(path) == []


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_comes_back_exactly(tmp_path: Path, texts: list[str]) -> None:
    rows = [replace(VIEW, text=text) for text in texts]
    for ending in ("csv", "ndjson", "parquet"):
        path = tmp_path / f"out.{ending}"
        export(rows, path)
        found = [row["text"] or "" for row in read(path)]
        back = [unescape_cell(str(text)) for text in found] if ending == "csv" else found
        assert back == texts


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(st.text())
def test_any_text_can_stand_in_a_sheet(tmp_path: Path, text: str) -> None:
    export([replace(VIEW, text=text)], tmp_path / "out.xlsx")
    shown = read(tmp_path / "out.xlsx")[0]["text"] or ""
    assert not str(shown).startswith(("=", "+", "-", "@", "\t", "＝"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_lone_surrogate_does_not_break_an_export(tmp_path: Path, ending: str) -> None:
    export([replace(VIEW, text="a\ud800b")], tmp_path / f"out.{ending}")
    assert read(tmp_path / f"out.{ending}")[0]["text"] == "a?b"


def test_pseudonyms_hold_within_one_export_only(tmp_path: Path) -> None:
    rows = [VIEW, replace(VIEW, text="encore"), replace(VIEW, author_id=6, author="autre")]
    for name in ("one", "two"):
        export(rows, tmp_path / f"{name}.csv")
    one, two = ([row["author"] for row in read(tmp_path / f"{n}.csv")] for n in ("one", "two"))
    assert one[0] == one[1] != one[2]
    assert set(one).isdisjoint(two)
    assert "pseudo" not in str(one)


def test_a_given_key_makes_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        export([VIEW], tmp_path / f"{name}.csv", key=b"k" * 32)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_listed_accounts_are_pseudonymous_too(tmp_path: Path) -> None:
    export([replace(VIEW, author="leakowned", standing="owned")], tmp_path / "out.csv")
    assert "leakowned" not in (tmp_path / "out.csv").read_text("utf-8")


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"posts\.txt: .*\.csv, \.ndjson, \.xlsx"):
        export([VIEW], tmp_path / "posts.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot be written"):
        export([VIEW], tmp_path / "none" / "out.csv")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path, ending: str) -> None:
    def breaking() -> Iterator[PostView]:
        yield VIEW
        raise RuntimeError

    path = tmp_path / f"out.{ending}"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        export(breaking(), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_appends_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.export_formats.CHUNK", 2)
    bare = replace(VIEW, label=None, language=None, likes=None, topic=None)
    export([bare, bare, VIEW, VIEW, bare], tmp_path / "out.parquet")
    found = read(tmp_path / "out.parquet")
    assert [row["label"] for row in found] == [None, None, "neg", "neg", None]
    assert [row["likes"] for row in found] == [None, None, 0, 0, None]


def test_a_sheet_that_is_full_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.export_formats.SHEET_ROWS", 3)
    with pytest.raises(ReportError, match=r"Export to \.csv"):
        export([VIEW] * 3, tmp_path / "out.xlsx")


def test_a_stored_campaign_exports_in_order_of_time(tmp_path: Path, database: Database) -> None:
    count = export(export_rows(database, "essai-2025"), tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv")
    assert count == len(rows) > 500
    assert [r["created_at"] for r in rows] == sorted(str(r["created_at"]) for r in rows)
    whole = (tmp_path / "out.csv").read_text("utf-8")
    assert "leakhandle3," not in whole
    assert "LEAKID" not in whole
    assert datetime.fromisoformat(str(rows[0]["created_at"])).utcoffset() == timedelta(0)
