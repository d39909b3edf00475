"""What a file is and what its columns mean, from its first part; to be shown, then confirmed."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from collectors.files import rejects, values
from collectors.files.columns import HASH, Field, fitted, known_columns, parts
from collectors.files.delimited import DELIMITERS, iter_records, read_delimited
from collectors.files.encodings import check_encoding
from collectors.files.errors import FileError
from collectors.files.json_objects import iter_objects
from collectors.files.mapping import Mapping
from collectors.files.ndjson import read_ndjson, read_objects
from collectors.files.parquet import read_parquet
from collectors.files.presets import Preset, preset_named, preset_of
from collectors.files.rows import Rejected, Row, named
from collectors.files.sources import FileSource, Progress, Source
from collectors.files.streams import (
    SAMPLE,
    Compression,
    Line,
    compression_of,
    first_bytes,
    lines,
    sample_of,
    unpacked,
)
from collectors.files.xlsx import check_xlsx, read_xlsx

Format = Literal["csv", "ndjson", "json", "xlsx", "parquet", "rejects"]
_TABLES: dict[bytes, Format] = {b"PK\x03\x04": "xlsx", b"PAR1": "parquet"}
_SAMPLE_ROWS = 500
_FIRST_LINES = 20


@dataclass(frozen=True, slots=True)
class Guess:
    """What `sniff` found. `format` `csv` covers every delimiter, `json` arrays and objects over
    several lines, `rejects` the rows that an earlier import rejected; `encoding` is a Python codec;
    `export` names a known export (`native`: read by the platform's own parser). `mapping` may lack
    what the file does not tell (a platform)."""

    format: Format
    compression: Compression
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    mapping: Mapping
    export: str = ""
    native: bool = False


def sniff(
    source: Path | Source, *, encoding: str | None = None, export: str | None = None
) -> Guess:
    """Looks at the start of a file. `export`: the preset that the user says it is.

    Raises `FileError`, `EncodingError` or `MappingError` in one line.
    """
    source = as_source(source)
    start = first_bytes(source, 8)
    table = _TABLES.get(start[:4])
    if table:
        if table == "xlsx":
            check_xlsx(source)
        return _guess(source, Guess(table, "none", "utf-8", "", (), Mapping()), b"", export)
    compression = compression_of(start)
    sample = sample_of(source, compression)
    codec = check_encoding(source.path, encoding, sample)
    text = sample.decode(codec, "ignore").lstrip("\ufeff \t\r\n")
    _refuse_other_text(source.path, text)
    if note := rejects.note_of(text):
        return _rejected_before(source.path, note, compression)
    json_form = _json_form(text)
    if json_form:
        known = Guess(json_form, compression, codec, "", (), Mapping())
    else:
        delimiter = _delimiter(source.path, sample, codec)
        known = Guess("csv", compression, codec, delimiter, (), Mapping())
    return _guess(source, known, sample, export)


def read_rows(
    source: Path | Source, guess: Guess, progress: Progress | None = None
) -> Iterator[Row | Rejected]:
    """The file's rows in constant memory (XLSX: but for its texts; Parquet: a row group). Raises
    `FileError`."""
    source = as_source(source)
    if guess.format == "xlsx":
        yield from read_xlsx(source, progress)
    elif guess.format == "parquet":
        yield from read_parquet(source, progress)
    else:
        with unpacked(source, guess.compression, progress or _silent) as stream:
            if guess.format == "json":
                yield from read_objects(iter_objects(stream, guess.encoding, source.path))
            else:
                yield from _by_line(lines(stream, guess.encoding, source.path), guess)


def as_source(source: Path | Source) -> Source:
    return FileSource(source) if isinstance(source, Path) else source


def _silent(done: int, total: int) -> None:
    """Progress that nobody wants to hear of."""


def _by_line(text: Iterator[Line], guess: Guess) -> Iterator[Row | Rejected]:
    if guess.format == "ndjson":
        return read_ndjson(text)
    if guess.format == "rejects":
        return rejects.read_rejected(text, guess.delimiter, guess.columns)
    return read_delimited(text, guess.delimiter)


def _refuse_other_text(path: Path, text: str) -> None:
    if "\r" in text and "\n" not in text:
        raise FileError(path, "ends its lines by CR alone. Save it with Unix or Windows line ends")
    if text.startswith("<"):
        raise FileError(path, "is markup (HTML or XML), not a table. Export it as CSV or NDJSON")


def _json_form(text: str) -> Literal["ndjson", "json"] | None:
    """Whether a text is JSON, and if so whether its objects stand one on a line."""
    if text.startswith("["):
        return "json"
    if not text.startswith("{"):
        return None
    first = [line for line in text.split("\n")[:_FIRST_LINES] if line.strip()]
    whole = any(_is_object(line) for line in first)
    return "ndjson" if whole or first[0].count("{") == first[0].count("}") else "json"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _rejected_before(path: Path, note: rejects.Note, compression: Compression) -> Guess:
    """The form of the file from which rows were rejected, as its note tells it."""
    try:
        mapping = Mapping.model_validate(note.mapping)
    except ValueError as error:
        raise FileError(path, "line 1: tells no mapping. Import the file it came from") from error
    return Guess(
        "rejects", compression, "utf-8", note.delimiter, note.columns, mapping, note.export,
        note.native,
    )  # fmt: skip


def _guess(source: Source, known: Guess, sample: bytes, export: str | None) -> Guess:
    path = source.path
    rows = list(islice(_first_rows(source, known, sample), _SAMPLE_ROWS))
    names = _header(path, known, sample) if known.format == "csv" else ()
    names = names or tuple(dict.fromkeys(name for row in rows for name in row.cells))
    if not names:
        raise FileError(path, "has no row that can be read. Open it and look at its first lines")
    preset = preset_named(export, path, names) if export else preset_of(names)
    if preset and known.format in ("ndjson", "json"):  # rare fields may come after the sample
        expected = (name for expr in preset.columns.values() for name in parts(expr)[1])
        names = tuple(dict.fromkeys((*names, *expected)))
    mapping = _mapping(rows, names, preset)
    if preset is None:
        return replace(known, columns=names, mapping=mapping)
    native = preset.native and known.format in ("ndjson", "json")
    return replace(known, columns=names, mapping=mapping, export=preset.name, native=native)


def _first_rows(source: Source, known: Guess, sample: bytes) -> Iterator[Row]:
    """Rows of the sample; damage in it is told when the file is read."""
    found: Iterator[Row | Rejected]
    if known.format == "xlsx":
        found = read_xlsx(source)
    elif known.format == "parquet":
        found = read_parquet(source)
    elif known.format == "json":
        found = read_objects(iter_objects(io.BytesIO(sample), known.encoding, source.path))
    else:
        found = _by_line(iter(_sample_lines(sample, known.encoding, source.path)), known)
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
        constants = dict(preset.constants)
        found = _by_preset(preset, found, columns)
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
    known = (*fits, *preset.constants)
    return {k: v for k, v in found.items() if v not in used and k not in known} | told


def _tells_apart(rows: list[Row], column: str) -> bool:
    """Whether the values of a guessed id column differ from row to row."""
    seen = [str(row.cells.get(column)) for row in rows if row.cells.get(column) not in (None, "")]
    return len(set(seen)) >= 0.9 * len(seen)


def _month_first(rows: list[Row], expression: str) -> bool:
    cells = (row.cells.get(name) for row in rows for name in parts(expression)[1])
    return values.is_month_first([str(cell) for cell in cells if cell is not None])


__all__ = ["Format", "Guess", "as_source", "read_rows", "sniff"]
