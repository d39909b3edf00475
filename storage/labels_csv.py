"""Labels as CSV text and back; the database is not touched here.

UTF-8 with a byte order mark, since people open these files in spreadsheets; cells are escaped
against formulas, and read back exactly. Reading takes `,`, `;` or tab, as spreadsheets save.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Final

from config.cells import escape_cell, unescape_cell
from storage.labels_rows import LabelError

ANSWERS: Final = (
    "post", "text_key", "phase", "stratum", "chance", "doubled", "annotator", "sentiment",
    "offensive", "made_at", "counts", "origin", "model", "text",
)  # fmt: skip
"""Columns of a file of answers, every single one a row."""
SHEET: Final = ("post", "text_key", "annotator", "sentiment", "offensive", "text")
"""Columns of a sheet to label in: nothing that tells of period, author or model."""
NEEDED: Final = ("post", "text_key", "annotator", "sentiment")
BOM: Final = "\ufeff"
LONGEST: Final = 20_000_000
"""Signs of a file that is read at most."""
_SENTIMENTS: Final = {
    "neg": "neg", "negative": "neg", "négatif": "neg", "سلبي": "neg", "1": "neg",
    "neu": "neu", "neutral": "neu", "neutre": "neu", "محايد": "neu", "2": "neu",
    "pos": "pos", "positive": "pos", "positif": "pos", "إيجابي": "pos", "3": "pos",
    "skip": "", "skipped": "", "passé": "", "تخطي": "",
}  # fmt: skip
_FLAGS: Final = {
    "yes": True, "oui": True, "نعم": True, "true": True, "1": True,
    "no": False, "non": False, "لا": False, "false": False, "0": False, "": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """One answered row of a file. `sentiment` is `None` where the text was skipped."""

    line: int
    post: str
    text_key: str
    annotator: str
    sentiment: str | None
    offensive: bool | None
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken. `reason` is a word of `REASONS`, `value` what is wrong."""

    line: int
    reason: str
    value: str = ""


REASONS: Final[Mapping[str, str]] = {
    "sentiment": "sentiment must be neg, neu, pos or skip",
    "offensive": "offensive must be yes or no",
    "annotator": "no name or initials of 1 to 40 letters in column annotator",
    "made_at": "made_at is no moment such as 2026-03-31T14:05:00+00:00",
    "post": "no such post in this campaign's sample",
    "edited": "the post's text is not the one that was labelled",
    "twice": "the same post and annotator stand in the file already",
    "newer": "a newer answer of this annotator is stored",
}


def written(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The whole file."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return BOM + out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, float):
        return f"{value:.6g}"
    return escape_cell(str(value))


def read(content: bytes) -> tuple[list[Given], int, list[Reject]]:
    """Answered rows, how many were left empty, and those that cannot be read, with reasons.

    Raises `LabelError` for what is no such file at all.
    """
    found: list[Given] = []
    rejects: list[Reject] = []
    empty = 0
    for line, row in _rows(_decoded(content)):
        if not row["sentiment"]:
            empty += 1
            continue
        try:
            found.append(_given(line, row))
        except _Wrong as wrong:
            rejects.append(Reject(line, wrong.args[0], row.get(wrong.args[0], "")[:80]))
    return found, empty, rejects


class _Wrong(Exception):
    """A row cannot be read because of the column that is named."""


def _given(line: int, row: Mapping[str, str]) -> Given:
    sentiment = _SENTIMENTS.get(row["sentiment"].casefold())
    if sentiment is None:
        raise _Wrong("sentiment")
    flag = row.get("offensive", "").casefold()
    if flag not in _FLAGS:
        raise _Wrong("offensive")
    annotator = " ".join(row["annotator"].split())
    if not annotator:
        raise _Wrong("annotator")
    return Given(
        line=line,
        post=row["post"],
        text_key=row["text_key"],
        annotator=annotator,
        sentiment=sentiment or None,
        offensive=_FLAGS[flag] if sentiment else None,
        made_at=_moment(row.get("made_at", "")),
    )


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _Wrong("made_at") from error


def _decoded(content: bytes) -> str:
    if len(content) > LONGEST:
        raise LabelError(f"labels: a file of more than {LONGEST // 1_000_000} MB. Split it.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LabelError(
            "labels: the file is not UTF-8 text. Save it as “CSV UTF-8” and try again."
        ) from error


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    try:
        names = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
        _demand_columns(names)
        reader.fieldnames = names
        for row in reader:
            values = {name: unescape_cell(row.get(name) or "").strip() for name in names}
            if any(values.values()):
                yield reader.line_num, values
    except csv.Error as error:
        raise LabelError(f"labels: line {reader.line_num} is no CSV ({error}).") from error


def _demand_columns(names: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise LabelError(
            f"labels: the file has no column {', '.join(missing)}. Export a file of labels and fill"
            " that one in."
        )
