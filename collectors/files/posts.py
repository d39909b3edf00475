"""Rows to posts: the one place where an import decides what is taken and what is rejected."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypedDict

from collectors.base import Author, Kind, Metrics, Post
from collectors.files import values
from collectors.files.columns import COUNTS, HASH, Field, parts
from collectors.files.mapping import Mapping, check_against
from collectors.files.rows import Cells, Rejected, Row
from collectors.files.sniffing import Guess, read_rows, sniff
from collectors.files.streams import Progress

MAX_ID = 200
"""Characters of an id; a longer one is replaced by its hash."""
_ON_X = re.compile(
    r"https?://(?:\w+\.)?(?:x|twitter)\.com/(?:i/web|[^/?#]+)/status(?:es)?/(\d+)(?:[/?#].*)?"
)
_ROUNDED = re.compile(r"\d[.,]\d+[eE]\+?\d+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SEPARATOR = "\x1f"


def read_posts(
    path: Path,
    mapping: Mapping | None = None,
    *,
    guess: Guess | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Iterator[Post | Rejected]:
    """The posts of a file, in its order and in constant memory; what is not taken as `Rejected`.

    `mapping` defaults to what `sniff` guesses. File and mapping are checked at the call, before
    the first row. Raises `FileError`, `EncodingError` or `MappingError`; a file that breaks off
    raises after its good part was given.
    """
    guess = guess or sniff(path, encoding=encoding)
    mapping = mapping or guess.mapping
    check_against(mapping, guess.columns)
    reader = RowReader(mapping, guess.columns)
    return _posts(read_rows(path, guess, progress), reader)


def first_posts(path: Path, mapping: Mapping, guess: Guess, count: int = 3) -> list[Post]:
    """A few posts as they would be read, to be shown (masked) before an import."""
    found = islice(read_posts(path, mapping, guess=guess), 50 * count)
    return list(islice((post for post in found if isinstance(post, Post)), count))


def _posts(rows: Iterator[Row | Rejected], reader: "RowReader") -> Iterator[Post | Rejected]:
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            yield reader.post(row.cells)
        except (ValueError, OverflowError, OSError) as error:
            yield Rejected(row.line, str(error), row.cells)


@dataclass(frozen=True, slots=True)
class _Known:
    """What identifies a row, before its id and time are settled."""

    platform: str
    text: str
    author: str
    written: str


class _Thread(TypedDict):
    kind: Kind
    root_id: str | None
    parent_id: str | None


class RowReader:
    """Reads cells by one mapping. `post` raises `ValueError` with the reason of a rejection."""

    def __init__(self, mapping: Mapping, columns: tuple[str, ...] = ()) -> None:
        self._mapping = mapping
        self._get: dict[Field, Callable[[Cells], object]] = {
            meaning: _getter(expression, meaning, columns)
            for meaning, expression in mapping.columns.items()
            if not (meaning == "id" and expression == HASH)
        }
        self._zone = mapping.zone
        self._clock = values.clock(mapping.dates, self._zone)
        written = mapping.constants.get("created_at")
        auto = values.clock(values.AUTO, self._zone)
        self._fixed = auto(written) if written is not None else None

    def post(self, cells: Cells) -> Post:
        text = _valid(self._raw(cells, "text"))
        if not text.strip():
            raise ValueError("has no text")
        platform = self._raw(cells, "platform")
        if not platform:
            raise ValueError("does not say its platform")
        known = _Known(
            values.platform(platform),
            text,
            self._raw(cells, "author_id") or self._raw(cells, "author"),
            "" if self._fixed or self._mapping.spread else self._raw(cells, "created_at"),
        )
        post_id = self._id(cells, known)
        return Post(
            platform=known.platform,
            platform_id=post_id,
            created_at=self._moment(cells, known, post_id),
            text=text,
            author=self._author(cells),
            metrics=self._metrics(cells),
            language_hint=self._raw(cells, "language")[:20] or None,
            **self._thread(cells, post_id),
        )

    def _raw(self, cells: Cells, meaning: Field) -> str:
        value = self._value(cells, meaning)
        return "" if value is None else str(value).replace("\0", "").strip()

    def _value(self, cells: Cells, meaning: Field) -> object:
        if meaning in self._mapping.constants:
            return self._mapping.constants[meaning]
        get = self._get.get(meaning)
        return get(cells) if get else None

    def _id(self, cells: Cells, known: _Known) -> str:
        if "id" not in self._get:
            return "row-" + _hashed(known.platform, known.author, known.written, known.text)
        found = self._reference(cells, "id")
        if found is None:
            raise ValueError("has no id")
        return found

    def _reference(self, cells: Cells, meaning: Field) -> str | None:
        value = self._value(cells, meaning)
        text = _valid(self._raw(cells, meaning))
        if not text:
            return None
        if isinstance(value, float) or _ROUNDED.fullmatch(text):
            if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
                return str(int(value))
            raise ValueError(f"{meaning} {text} was rounded by a spreadsheet; export it as text")
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
            return self._long_number(value, meaning)
        return stored_id(text)

    def _long_number(self, value: int, meaning: Field) -> str:
        if value % 1000 == 0:  # what a spreadsheet's 15 digits leave of an id of 16 and more
            raise ValueError(f"{meaning} {value} was rounded by a spreadsheet; export it as text")
        return str(value)

    def _moment(self, cells: Cells, known: _Known, post_id: str) -> datetime:
        if self._fixed is not None:
            return self._fixed
        if self._mapping.spread:
            return self._mapping.spread.moment(f"{known.platform}:{post_id}", self._zone)
        value = self._value(cells, "created_at")
        if value is None or not known.written:
            raise ValueError("has no date")
        return values.moment(value, self._clock, self._zone)

    def _author(self, cells: Cells) -> Author | None:
        handle = _valid(self._raw(cells, "author")).removeprefix("@")[:MAX_ID]
        author_id = self._reference(cells, "author_id") or handle.casefold()
        if not author_id:
            return None
        verified = self._value(cells, "verified")
        return Author(
            author_id,
            handle or None,
            values.count(self._value(cells, "followers")),
            None if verified is None else values.truth(verified),
        )

    def _metrics(self, cells: Cells) -> Metrics:
        return Metrics(*(values.count(self._value(cells, name)) for name in COUNTS[1:]))

    def _thread(self, cells: Cells, post_id: str) -> _Thread:
        root, parent = self._reference(cells, "root"), self._reference(cells, "parent")
        root = None if root == post_id else root
        parent = None if parent == post_id else parent
        said = self._raw(cells, "kind")
        answers = Kind.REPLY if root or parent else Kind.ORIGINAL
        return {
            "kind": values.kind(said) if said else answers,
            "root_id": root,
            "parent_id": parent,
        }


def stored_id(text: str) -> str:
    """An id as it is kept. Links name the account they lie under, so no link is kept: one to a
    post on X becomes the post's own id, any other its hash (the same link, the same hash)."""
    if on_x := _ON_X.fullmatch(text):
        return on_x[1]
    if "/" in text or "@" in text:
        return "link-" + _hashed(text)
    return text if len(text) <= MAX_ID else "long-" + _hashed(text)


def _hashed(*parts_: str) -> str:
    joined = _SEPARATOR.join(parts_).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()


def _valid(text: str) -> str:
    """The text as valid Unicode: what JSON escapes left as half a character becomes U+FFFD."""
    if _SURROGATES.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _getter(expression: str, meaning: Field, columns: tuple[str, ...]) -> Callable[[Cells], object]:
    sign, names = parts(expression, columns)
    if not sign:
        return lambda cells: cells.get(names[0])
    if sign == "|":
        return lambda cells: next(
            (value for n in names if (value := cells.get(n)) not in (None, "")), None
        )
    return (lambda cells: _sum(cells, names)) if meaning in COUNTS else lambda c: _joined(c, names)


def _sum(cells: Cells, names: tuple[str, ...]) -> int | None:
    found = [n for name in names if (n := values.count(cells.get(name))) is not None]
    return sum(found) if found else None


def _joined(cells: Cells, names: tuple[str, ...]) -> str:
    """Filled texts, each once, by line breaks."""
    found = (str(cells.get(name) or "").strip() for name in names)
    return "\n".join(dict.fromkeys(text for text in found if text))
