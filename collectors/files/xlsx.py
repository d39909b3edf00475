"""XLSX by openpyxl's reading mode: the first sheet, row by row.

Cell texts live in one table of the file that has to be in memory, so this is not for millions of
rows; CSV and NDJSON are.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from collectors.files.archives import BROKEN, is_bomb
from collectors.files.errors import FileError
from collectors.files.rows import Rejected, Row, named
from collectors.files.sources import Progress, Source

MAX_UNPACKED = 2 * 1024**3
"""Bytes that a workbook may unpack to; more is refused as a bomb or as no job for XLSX."""
MOST_ROWS = 1_048_576
"""Rows that a sheet can have. A made-up row number far beyond would be reached by blank rows."""
_REPORT_EVERY = 1_000


def check_xlsx(source: Source) -> None:
    """Raises `FileError` when the source is no workbook, broken, or unpacks too large."""
    path = source.path
    try:
        with source.seekable() as file, zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (*BROKEN, OSError) as error:
        raise FileError(path, "is a broken XLSX or zip file. Fetch it again") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise FileError(path, "is an archive in an archive. Unpack it first")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FileError(path, "unpacks to more than 2 GiB. Save the sheet as CSV")
    if any(is_bomb(part) for part in parts):
        raise FileError(path, "unpacks to very many times its size. Save the sheet as CSV")


def read_xlsx(source: Source, progress: Progress | None = None) -> Iterator[Row | Rejected]:
    """Rows of the first sheet; its first row names the columns, blank rows are skipped."""
    header: list[str] | None = None
    with source.seekable() as file:
        for number, values in _values(file, source.path, progress):
            if header is None:
                header = named([_text(value) for value in values])
                continue
            cells = dict(zip(header, values, strict=False))
            yield Row(number, {name: value for name, value in cells.items() if value is not None})


def _values(
    file: IO[bytes], path: Path, progress: Progress | None
) -> Iterator[tuple[int, tuple[object, ...]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        expected = max(sheet.max_row or 1, 1)
        sheet.reset_dimensions()  # else every gap between rows is filled to the width it claims
        for number, values in enumerate(
            sheet.iter_rows(max_row=MOST_ROWS, values_only=True), start=1
        ):
            if progress and number % _REPORT_EVERY == 0:
                progress(min(number, expected), expected)
            if any(value is not None and value != "" for value in values):
                yield number, values
        book.close()
    except Exception as error:  # openpyxl stumbles over a broken file in a dozen ways
        said = " ".join(str(error).split())[:200]
        raise FileError(path, f"is a broken XLSX file ({said}). Save it again") from error
    if progress:
        progress(expected, expected)


def _text(value: object) -> str:
    return "" if value is None else str(value)
