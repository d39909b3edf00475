"""What a file is and what its columns mean, from its first part; to be shown, then confirmed."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from collectors.files import values
from collectors.files.columns import HASH, Field, Preset, fitted, known_columns, parts, preset_of
from collectors.files.delimited import DELIMITERS, iter_records, read_delimited
from collectors.files.encodings import check_encoding
from collectors.files.errors import FileError
from collectors.files.mapping import Mapping
from collectors.files.ndjson import read_ndjson
from collectors.files.rows import Rejected, Row, named
from collectors.files.streams import (
    SAMPLE,
    Compression,
    Line,
    Progress,
    compression_of,
    first_bytes,
    lines,
    opened,
    sample_of,
)
from collectors.files.xlsx import check_xlsx, read_xlsx

Format = Literal["csv", "ndjson", "xlsx"]
_SAMPLE_ROWS = 500


@dataclass(frozen=True, slots=True)
class Guess:
    """What `sniff` found. `format` `csv` covers every delimiter; `encoding` is a Python codec;
    `export` names a known export. `mapping` may lack what the file does not tell (a platform)."""

    format: Format
    compression: Compression
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    mapping: Mapping
    export: str = ""


def sniff(path: Path, *, encoding: str | None = None) -> Guess:
    """Looks at the start of a file. Raises `FileError` or `EncodingError` in one line."""
    start = first_bytes(path, 8)
    if start.startswith(b"PK\x03\x04"):
        check_xlsx(path)
        return _guess(path, Guess("xlsx", "none", "utf-8", "", (), Mapping()), b"")
    compression = compression_of(start)
    sample = sample_of(path, compression)
    codec = check_encoding(path, encoding, sample)
    text = sample.decode(codec, "ignore").lstrip("\ufeff \t\r\n")
    _refuse_other_text(path, text)
    if text.startswith("{"):
        return _guess(path, Guess("ndjson", compression, codec, "", (), Mapping()), sample)
    delimiter = _delimiter(path, sample, codec)
    return _guess(path, Guess("csv", compression, codec, delimiter, (), Mapping()), sample)


def read_rows(
    path: Path, guess: Guess, progress: Progress | None = None
) -> Iterator[Row | Rejected]:
    """The file's rows in constant memory (XLSX: but for its texts). Raises `FileError`."""
    if guess.format == "xlsx":
        yield from read_xlsx(path, progress)
        return
    with opened(path, guess.compression, progress) as stream:
        text = lines(stream, guess.encoding, path)
        if guess.format == "ndjson":
            yield from read_ndjson(text)
        else:
            yield from read_delimited(text, guess.delimiter)


def _refuse_other_text(path: Path, text: str) -> None:
    if "\r" in text and "\n" not in text:
        raise FileError(path, "ends its lines by CR alone. Save it with Unix or Windows line ends")
    if text.startswith("["):
        raise FileError(path, "is one JSON array. Make it one object a line: jq -c '.[]' FILE")
    if text.startswith("<"):
        raise FileError(path, "is markup (HTML or XML), not a table. Export it as CSV or NDJSON")


def _guess(path: Path, known: Guess, sample: bytes) -> Guess:
    rows = list(islice(_first_rows(path, known, sample), _SAMPLE_ROWS))
    names = _header(path, known, sample) if known.format == "csv" else ()
    names = names or tuple(dict.fromkeys(name for row in rows for name in row.cells))
    if not names:
        raise FileError(path, "has no row that can be read. Open it and look at its first lines")
    preset = preset_of(names)
    if preset and known.format == "ndjson":  # rare fields may come after the sample
        expected = (name for expr in preset.columns.values() for name in parts(expr)[1])
        names = tuple(dict.fromkeys((*names, *expected)))
    mapping = _mapping(rows, names, preset)
    return replace(known, columns=names, mapping=mapping, export=preset.name if preset else "")


def _first_rows(path: Path, known: Guess, sample: bytes) -> Iterator[Row]:
    """Rows of the sample; damage in it is told when the file is read."""
    found: Iterator[Row | Rejected]
    if known.format == "xlsx":
        found = read_xlsx(path)
    else:
        text = _sample_lines(sample, known.encoding, path)
        reading = read_ndjson(text) if known.format == "ndjson" else None
        found = reading or read_delimited(text, known.delimiter)
    return (row for row in found if isinstance(row, Row))


def _sample_lines(sample: bytes, encoding: str, path: Path) -> list[Line]:
    """Lines of the sample, without the last where it may be cut."""
    text = sample.decode(encoding, "ignore").removeprefix("\ufeff")
    if len(sample) >= SAMPLE and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    return list(lines(io.BytesIO(text.encode()), "utf-8", path))


def _header(path: Path, known: Guess, sample: bytes) -> tuple[str, ...]:
    text = _sample_lines(sample, known.encoding, path)
    first = next(iter_records(text, known.delimiter), None)
    if isinstance(first, Rejected):
        raise FileError(path, f"line {first.line}: the column names cannot be read: {first.reason}")
    return tuple(named(first[1])) if first else ()


def _delimiter(path: Path, sample: bytes, encoding: str) -> str:
    """The separator that cuts the first records into the same number of cells, with known names."""
    text = _sample_lines(sample, encoding, path)[:500]
    if text and (text[0].text or "").lower().startswith("sep=") and len(text[0].text or "") == 5:
        return (text[0].text or "")[4]
    return max(DELIMITERS, key=lambda sign: _fit(text, sign))


def _fit(text: list[Line], delimiter: str) -> tuple[int, float, int]:
    records = [r for r in islice(iter_records(text, delimiter), 50) if isinstance(r, tuple)]
    if not records:
        return 0, 0.0, 0
    header = records[0][1]
    same = sum(len(cells) == len(header) for _, cells in records) / len(records)
    return len(known_columns(header)), same * (len(header) > 1), len(header)


def _mapping(rows: list[Row], columns: tuple[str, ...], preset: Preset | None) -> Mapping:
    found: dict[Field, str] = dict(known_columns(columns))
    if "id" in found and not _tells_apart(rows, found["id"]):
        del found["id"]
    constants: dict[Field, str] = {}
    said: dict[str, str] = {}
    if preset:
        found = _by_preset(preset, found, columns)
        constants = {k: v for k, v in preset.constants.items() if k not in found}
        said = {"time_zone": preset.time_zone} if preset.time_zone else {}
    found.setdefault("id", HASH)
    if "created_at" in found and _month_first(rows, found["created_at"]):
        said["dates"] = values.MONTH_FIRST
    return Mapping.model_validate({"columns": found, "set": constants, **said})


def _by_preset(
    preset: Preset, found: dict[Field, str], columns: tuple[str, ...]
) -> dict[Field, str]:
    """The preset's columns, and of the guessed ones those that it says nothing about."""
    fits = {meaning: fitted(expr, columns) for meaning, expr in preset.columns.items()}
    told = {meaning: expression for meaning, expression in fits.items() if expression}
    used = {name for expression in told.values() for name in parts(expression)[1]}
    return {k: v for k, v in found.items() if v not in used and k not in fits} | told


def _tells_apart(rows: list[Row], column: str) -> bool:
    """Whether the values of a guessed id column differ from row to row."""
    seen = [str(row.cells[column]) for row in rows if row.cells.get(column) not in (None, "")]
    return len(set(seen)) >= 0.9 * len(seen)


def _month_first(rows: list[Row], expression: str) -> bool:
    names = parts(expression)[1]
    return values.is_month_first([str(r.cells[n]) for r in rows for n in names if n in r.cells])
