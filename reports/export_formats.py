"""The file formats of an export, each writing records one after the other.

CSV is UTF-8 without a byte order mark, so that programs read the first column's name; spreadsheets
are better served by XLSX. In CSV and XLSX cells are escaped against formulas (`config.cells`);
NDJSON and Parquet hold texts exactly.
"""

import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.cells import escape_cell, escape_start
from reports.errors import ReportError

if TYPE_CHECKING:
    import pandas as pd

Record = dict[str, Any]
MATCHED_BETWEEN = " | "
SHEET_ROWS = 1_048_576
CELL_SIGNS = 32_767
CHUNK = 50_000
NUMBERS = {"neg", "neu", "pos", "offensive"}
COUNTS = {"likes", "reposts", "replies", "views", "copy", "coordinated"}


def write_csv(records: Iterator[Record], columns: tuple[str, ...], path: Path) -> int:
    """Comma separated, one header line, empty where unknown; matched terms joined by ` | `."""
    count = 0
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)  # its default line end makes it quote every kind of line break
        writer.writerow(columns)
        for count, record in enumerate(records, start=1):  # noqa: B007
            flat = _flat(record)
            writer.writerow(
                escape_cell(value) if isinstance(value, str) else value
                for value in (flat[name] for name in columns)
            )
    return count


def write_ndjson(records: Iterator[Record], columns: tuple[str, ...], path: Path) -> int:
    """One JSON object a line with every column; `null` where unknown, matched terms as a list."""
    count = 0
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        for count, record in enumerate(records, start=1):  # noqa: B007
            chosen = {name: record[name] for name in columns}
            file.write(json.dumps(chosen, ensure_ascii=False) + "\n")
    return count


def write_xlsx(records: Iterator[Record], columns: tuple[str, ...], path: Path) -> int:
    """One sheet, its first line frozen. Raises `ReportError` beyond what a sheet can hold."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("posts")
    sheet.freeze_panes = "A2"
    sheet.append(columns)
    count = 0
    try:
        for count, record in enumerate(records, start=1):
            if count >= SHEET_ROWS:
                raise ReportError(
                    f"{path.suffix}: a sheet holds {SHEET_ROWS - 1:,} posts and there are more."
                    " Export to .csv or .parquet."
                )
            flat = _flat(record)
            sheet.append([_sheet_value(flat[name]) for name in columns])
    finally:
        # openpyxl keeps rows in a temporary file of its own that only saving removes.
        book.save(path)
    return count


def write_parquet(records: Iterator[Record], columns: tuple[str, ...], path: Path) -> int:
    """Text, whole numbers and floats as such; written in row groups of 50,000 posts."""
    import fastparquet

    count = 0
    while True:
        chunk = [_flat(record) for record in islice(records, CHUNK)]
        if chunk or count == 0:
            frame = _frame(chunk, columns)
            text = {name: "utf8" for name in columns if name not in NUMBERS | COUNTS}
            fastparquet.write(
                str(path),
                frame,
                compression="GZIP",
                append=count > 0,
                object_encoding=text,
                write_index=False,
            )
        count += len(chunk)
        if len(chunk) < CHUNK:
            return count


def _flat(record: Record) -> Record:
    return {**record, "matched": MATCHED_BETWEEN.join(record["matched"]) or None}


def _sheet_value(value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return value
    readable = value.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    readable = ILLEGAL_CHARACTERS_RE.sub("", readable.replace("\r", "\n"))
    return escape_start(readable)[:CELL_SIGNS]


def _frame(chunk: list[Record], columns: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd

    def series(name: str) -> "pd.Series[Any]":
        values = [_encodable(record[name]) for record in chunk]
        if name in COUNTS:
            return pd.Series(values, dtype="Int64")
        if name in NUMBERS:
            return pd.Series(values, dtype="float64")
        return pd.Series(values, dtype="object")

    return pd.DataFrame({name: series(name) for name in columns})


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
