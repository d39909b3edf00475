"""CSV and its kin: records cut out of lines so that a broken one harms no other."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from collectors.files.rows import Rejected, Row, named
from collectors.files.streams import Line

DELIMITERS = (",", ";", "\t", "|")
MAX_RECORD_LINES = 500
MAX_RECORD = 4 * 1024 * 1024
"""Characters of all lines of a record: many lines, each of many cells, would fill the memory."""
MAX_CELL = 131_072
"""Characters of one cell: the `csv` module's own limit, which is global and left alone."""
_SHOWN = 100_000


class _Unclosed(Exception):
    """A record went on for too many lines: its quotation mark is never closed."""


def read_delimited(lines: Iterable[Line], delimiter: str) -> Iterator[Row | Rejected]:
    """Rows of a delimited text whose first record names the columns.

    A record with a stray or unclosed quotation mark, too many or too few cells is rejected alone:
    reading goes on with the line after the one on which it started.
    """
    feed = _Feed(lines)
    header: list[str] | None = None
    for record in _records(feed, delimiter):
        if isinstance(record, Rejected):
            yield record
        elif header is None:
            header = named(record[1])
        elif problem := _misfit(record[1], len(header)):
            yield Rejected(record[0], problem, feed.text[:_SHOWN])
        else:
            yield Row(record[0], dict(zip(header, record[1], strict=False)))


def iter_records(
    lines: Iterable[Line], delimiter: str
) -> Iterator[tuple[int, list[str]] | Rejected]:
    """(line on which it starts, cells) of every record that is not blank."""
    return _records(_Feed(lines), delimiter)


def _records(feed: "_Feed", delimiter: str) -> Iterator[tuple[int, list[str]] | Rejected]:
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _Unclosed, _Unreadable) as error:
            yield feed.reject(error)
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
            continue
        if any(cells):
            yield feed.start, cells


class _Unreadable(Exception):
    """A line inside the record could not be decoded or was too long."""


class _Feed:
    """Gives lines to the csv reader and can take back those of a record that went wrong."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._source = iter(lines)
        self._again: deque[Line] = deque()
        self._taken: list[Line] = []
        self._size = 0

    @property
    def start(self) -> int:
        return self._taken[0].number

    @property
    def text(self) -> str:
        """The lines of the record in hand."""
        return "\n".join(line.text or "" for line in self._taken)

    def begin(self) -> None:
        self._taken, self._size = [], 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self._taken) >= MAX_RECORD_LINES or self._size > MAX_RECORD:
            raise _Unclosed
        line = self._again.popleft() if self._again else next(self._source)
        self._taken.append(line)
        if line.text is None:
            raise _Unreadable
        self._size += len(line.text)
        if line.number == 1 and len(line.text) == 5 and line.text.lower().startswith("sep="):
            return "\n"  # Excel's note on the delimiter, not a record
        return f"{line.text}\n"

    def reject(self, error: Exception) -> Rejected:
        """Rejects the record's first line (all when it is the unreadable one) and hands back
        the others to be read afresh."""
        first, *rest = self._taken
        self._again.extendleft(reversed(rest))
        raw = (first.text or "")[:_SHOWN]
        return Rejected(first.number, first.reason or _reason(error), raw)


def _reason(error: Exception) -> str:
    text = str(error)
    if isinstance(error, _Unreadable):
        return "a later line of this row cannot be read"
    if "field larger" in text:
        return f"a cell is longer than {MAX_CELL} characters, or a quotation mark is never closed"
    if "expected after" in text:
        return "a quotation mark stands inside a quoted cell (it must be doubled)"
    return "a quotation mark is opened and never closed"


def _misfit(cells: list[str], columns: int) -> str | None:
    if len(cells) > columns and any(cells[columns:]):
        return (
            f"has {len(cells)} cells where the header names {columns}: is a separator or line "
            "break inside an unquoted cell?"
        )
    if len(cells) < columns:
        return f"has {len(cells)} cells where the header names {columns}: is it cut short?"
    return None
