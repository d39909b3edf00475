"""Rejected rows, kept for the person who mends them, and read again when they are mended."""

import json
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from collectors.files.delimited import iter_records
from collectors.files.errors import FileError
from collectors.files.ndjson import rows_of
from collectors.files.rows import Nested, Rejected, Row
from collectors.files.streams import Line

_MARK = "sada_rejects"


@dataclass(frozen=True, slots=True)
class Note:
    """The first line of a file of rejected rows: how the file that they come from was read."""

    columns: tuple[str, ...]
    mapping: Mapping[str, Any]
    delimiter: str = ""
    export: str = ""
    native: bool = False


class Rejects:
    """Counts rejected rows by reason and, given a path, writes them as NDJSON: line, reason, row.

    The file is made with the first rejected row and is readable by its owner alone: rows hold
    texts and names as they came. It begins with `note`, so that it can be imported when the rows
    are mended; delete it then. `size`: bytes that an interrupted import had written; what is behind
    them is written again.
    """

    def __init__(
        self, path: Path | None = None, note: Note | None = None, *, size: int = 0
    ) -> None:
        self._path, self._note, self._size = path, note, size
        self._file: IO[bytes] | None = None
        self.reasons: Counter[str] = Counter()

    @property
    def total(self) -> int:
        return self.reasons.total()

    def add(self, rejected: Rejected) -> None:
        """Raises `FileError` when the file cannot be written."""
        self.reasons[_general(rejected.reason)] += 1
        if self._path is None:
            return
        raw = rejected.raw.value if isinstance(rejected.raw, Nested) else rejected.raw
        row = {"line": rejected.line, "reason": rejected.reason, "row": raw}
        try:
            self._file = self._file or self._opened(self._path)
            self._file.write(_line(row))
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def flush(self) -> int:
        """Writes what is held back; the file's size in bytes. Raises `FileError`."""
        if self._file is None or self._path is None:
            return self._size
        try:
            self._file.flush()
            return self._file.tell()
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def close(self) -> None:
        if self._file:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _opened(self, path: Path) -> IO[bytes]:
        # Through no link, which may lead anywhere; an older file may be open to others.
        made = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        kept = 0
        if stat.S_ISREG(os.fstat(made).st_mode):
            os.fchmod(made, 0o600)
            kept = min(self._size, os.fstat(made).st_size)
            os.truncate(made, kept)
        file = os.fdopen(made, "r+b" if kept else "wb")
        if kept:
            file.seek(kept)
        elif self._note:
            file.write(_line({_MARK: 1, **_as_json(self._note)}))
        return file


def note_of(text: str) -> Note | None:
    """What the first line of `text` tells, if it is that of a file of rejected rows."""
    first = text.partition("\n")[0]
    if _MARK not in first[:40]:
        return None
    try:
        told = json.loads(first)
        return Note(
            tuple(map(str, told["columns"])), dict(told["mapping"]), str(told.get("delimiter", "")),
            str(told.get("export", "")), bool(told.get("native", False)),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None


def read_rejected(
    lines: Iterable[Line], delimiter: str, columns: Sequence[str]
) -> Iterator[Row | Rejected]:
    """The rows of a file of rejected rows; one that is text still is read as the original was."""
    for line in lines:
        if line.text is None:
            yield Rejected(line.number, line.reason, "")
        elif line.text.strip() and _MARK not in line.text[:40]:
            yield from _rows(line.number, line.text, delimiter, columns)


def _rows(
    number: int, text: str, delimiter: str, columns: Sequence[str]
) -> Iterator[Row | Rejected]:
    try:
        row = json.loads(text)["row"]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Rejected(number, "no rejected row: it must be {“line”, “reason”, “row”}", text)
        return
    if isinstance(row, dict):
        yield Row(number, Nested(row))
    elif isinstance(row, str) and delimiter:
        yield _record(number, row, delimiter, columns)
    elif isinstance(row, str):
        yield from rows_of(number, row)
    else:
        yield Rejected(number, "“row” must be an object or a text", text)


def _record(number: int, row: str, delimiter: str, columns: Sequence[str]) -> Row | Rejected:
    # An empty line first: the first line of a table may be Excel's note on its separator.
    text = [Line(1, ""), *(Line(2 + n, part) for n, part in enumerate(row.split("\n")))]
    records = list(iter_records(text, delimiter))
    if len(records) == 1 and isinstance(found := records[0], tuple):
        if len(found[1]) == len(columns):
            return Row(number, dict(zip(columns, found[1], strict=True)))
        return Rejected(number, f"has {len(found[1])} cells, not {len(columns)}", row)
    reason = next((one.reason for one in records if isinstance(one, Rejected)), "is no single row")
    return Rejected(number, reason, row)


def _as_json(note: Note) -> dict[str, Any]:
    return {
        "columns": note.columns,
        "mapping": note.mapping,
        "delimiter": note.delimiter,
        "export": note.export,
        "native": note.native,
    }


def _line(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace") + b"\n"


def _unwritable(path: Path, error: OSError) -> FileError:
    return FileError(path, f"rejected rows cannot be written ({error.strerror})")


def _general(reason: str) -> str:
    """The reason without the row's own words, so that equal reasons count together."""
    quoted = reason.split("”")
    cut = quoted[-1].strip(" ,:;") if len(quoted) > 1 and quoted[-1].strip() else reason
    return "".join("N" if char.isdigit() else char for char in cut)[:120]
