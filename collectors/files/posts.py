"""Rows to posts: the one place where an import decides what is taken and what is rejected."""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from collectors.base import Author, Kind, Metrics, Post
from collectors.files import values
from collectors.files.columns import COUNTS, FIELDS, HASH, Field, parts
from collectors.files.mapping import Mapping, check_against
from collectors.files.presets.x import x_post
from collectors.files.rows import Cells, Nested, Rejected, Row
from collectors.files.sniffing import Guess, read_rows, sniff
from collectors.files.sources import Progress, Source
from collectors.x.parse import own_metrics

MAX_ID = 200
"""Characters of an id; a longer one is replaced by its hash."""
_ON_X = re.compile(
    r"https?://(?:\w+\.)?(?:x|twitter)\.com/(?:i/web|[^/?#]+)/status(?:es)?/(\d+)(?:[/?#].*)?"
)
_PLAIN = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_ID}}}")
"""An id that is neither a link nor a rounded number."""
_ROUNDED = re.compile(r"\d[.,]\d+[eE]\+?\d+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SEPARATOR = "\x1f"


def read_posts(
    source: Path | Source,
    mapping: Mapping | None = None,
    *,
    guess: Guess | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
    skip: int = 0,
) -> Iterator[Post | Rejected]:
    """The posts of a file, in its order and in constant memory; what is not taken as `Rejected`.

    `mapping` defaults to what `sniff` guesses; the first `skip` rows are passed over. File and
    mapping are checked at the call, before the first row. Raises `FileError`, `EncodingError` or
    `MappingError`; a file that breaks off raises after its good part was given.
    """
    guess = guess or sniff(source, encoding=encoding)
    mapping = mapping or guess.mapping
    check_against(mapping, guess.columns)
    read = native_post if is_native(guess, mapping) else RowReader(mapping, guess.columns).post
    return _posts(islice(read_rows(source, guess, progress), skip, None), read)


def is_native(guess: Guess, mapping: Mapping) -> bool:
    """Whether the platform's own parser reads the file: until somebody changes its mapping."""
    return guess.native and mapping == guess.mapping


def first_posts(
    source: Path | Source, mapping: Mapping, guess: Guess, count: int = 3
) -> list[Post]:
    """A few posts as they would be read, to be shown (masked) before an import."""
    found = islice(read_posts(source, mapping, guess=guess), 50 * count)
    return list(islice((post for post in found if isinstance(post, Post)), count))


def native_post(cells: Cells) -> Post:
    """A post of the X API. Raises `ValueError` with the reason of a rejection."""
    post = x_post(cells.value) if isinstance(cells, Nested) else None
    if post is None:
        raise ValueError("has no id or no date that can be read")
    if not post.text.strip():
        raise ValueError("has no text")
    return post


def _posts(
    rows: Iterator[Row | Rejected], read: Callable[[Cells], Post]
) -> Iterator[Post | Rejected]:
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            yield read(row.cells)
        except (ValueError, OverflowError, OSError) as error:
            yield Rejected(row.line, str(error), row.cells)


Get = Callable[[Cells], object]
_FLAGGED: Final = (
    ("is_repost", Kind.REPOST),
    ("is_reply", Kind.REPLY),
    ("is_quote", Kind.QUOTE),
)


_THREADED: Final[tuple[Field, ...]] = (
    "kind", "root", "parent", "is_repost", "is_reply", "is_quote",
)  # fmt: skip
"""What tells a post's place in a thread."""


class RowReader:
    """Reads cells by one mapping. `post` raises `ValueError` with the reason of a rejection."""

    def __init__(self, mapping: Mapping, columns: tuple[str, ...] = ()) -> None:
        self._mapping = mapping
        self._get = {meaning: _source(mapping, meaning, columns) for meaning in FIELDS}
        self._counts = [
            (place, get)
            for place, name in enumerate(COUNTS[1:])
            if (get := self._get[name]) is not None
        ]
        self._alone = not any(self._get[name] for name in _THREADED)
        self._flags = [
            (kind, get)
            for name, kind in _FLAGGED
            if (get := self._get[name]) is not None  # type: ignore[index]
        ]
        self._zone = mapping.zone
        self._clock = values.clock(mapping.dates, self._zone)
        written = mapping.constants.get("created_at")
        auto = values.clock(values.AUTO, self._zone)
        self._fixed = auto(written) if written is not None else None
        self._invents = "created_at" in mapping.invented
        self._platform = lru_cache(maxsize=256)(values.platform)

    def post(self, cells: Cells) -> Post:
        text = _valid(self._raw(cells, "text"))
        if not text:
            raise ValueError("has no text")
        said = self._raw(cells, "platform")
        if not said:
            raise ValueError("does not say its platform")
        platform = self._platform(said[:200])
        author = self._author(cells)
        key = "row-" + _hashed(platform, *self._told(cells), text) if self._made else None
        post_id = key or self._named(cells)
        kind, root, parent = self._thread(cells, post_id)
        metrics = self._metrics(cells)
        return Post(
            platform,
            post_id,
            self._moment(cells, platform, post_id),
            text,
            kind,
            author,
            own_metrics(metrics, kind) if platform == "x" else metrics,
            root,
            parent,
            self._raw(cells, "language")[:20] or None,
            date_invented=self._invents,
        )

    @property
    def _made(self) -> bool:
        """Whether ids are made from what identifies a row."""
        return self._get["id"] is None

    def _told(self, cells: Cells) -> tuple[str, str]:
        """Author and time as written, before they are understood."""
        author = self._raw(cells, "author_id") or self._raw(cells, "author")
        timed = self._fixed is None and not self._mapping.spread
        return author, self._raw(cells, "created_at") if timed else ""

    def _raw(self, cells: Cells, meaning: Field) -> str:
        get = self._get[meaning]
        return "" if get is None else _stripped(get(cells))

    def _value(self, cells: Cells, meaning: Field) -> object:
        get = self._get[meaning]
        return None if get is None else get(cells)

    def _named(self, cells: Cells) -> str:
        found = self._reference(cells, "id")
        if found is None:
            raise ValueError("has no id")
        return found

    def _reference(self, cells: Cells, meaning: Field) -> str | None:
        get = self._get[meaning]
        if get is None:
            return None
        value = get(cells)
        if isinstance(value, str) and _PLAIN.fullmatch(value):
            return value
        text = _valid(_stripped(value))
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

    def _moment(self, cells: Cells, platform: str, post_id: str) -> datetime:
        if self._fixed is not None:
            return self._fixed
        if self._mapping.spread:
            return self._mapping.spread.moment(f"{platform}:{post_id}", self._zone)
        value = self._value(cells, "created_at")
        if not _stripped(value):
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
        found: list[int | None] = [None] * len(COUNTS[1:])
        for place, get in self._counts:
            found[place] = values.count(get(cells))
        if found[-1] == 0 and any(found):  # what is liked was seen: exports write 0 for unknown
            found[-1] = None
        return Metrics(*found)

    def _thread(self, cells: Cells, post_id: str) -> tuple[Kind, str | None, str | None]:
        """What the post is, the thread's first post, and the one that it answers or repeats."""
        if self._alone:
            return Kind.ORIGINAL, None, None
        root, parent = (
            found if (found := self._reference(cells, name)) not in (post_id, "0") else None
            for name in ("root", "parent")
        )
        said = self._raw(cells, "kind")
        if said:
            return values.kind(said), root, parent
        flagged = next((kind for kind, get in self._flags if values.says_yes(get(cells))), None)
        return flagged or (Kind.REPLY if root or parent else Kind.ORIGINAL), root, parent


def stored_id(text: str) -> str:
    """An id as it is kept. Links name the account they lie under, so no link is kept: one to a
    post on X becomes the post's own id, any other its hash (the same link, the same hash)."""
    if on_x := _ON_X.fullmatch(text):
        return on_x[1]
    if text.startswith("at://"):  # Bluesky's own ids, as its collector has them
        return text if len(text) <= MAX_ID else "long-" + _hashed(text)
    if "/" in text or "@" in text:
        return "link-" + _hashed(text)
    return text if len(text) <= MAX_ID else "long-" + _hashed(text)


def _hashed(*parts_: str) -> str:
    joined = _SEPARATOR.join(parts_).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()


def _stripped(value: object) -> str:
    """A cell as text, without NUL and white space around it."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return (text.replace("\0", "") if "\0" in text else text).strip()


def _valid(text: str) -> str:
    """The text as valid Unicode: what JSON escapes left as half a character becomes U+FFFD."""
    if not text.isascii() and _SURROGATES.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _source(mapping: Mapping, meaning: Field, columns: tuple[str, ...]) -> Get | None:
    """How a field is read; `None` when nothing tells it, or the id is made."""
    if meaning in mapping.constants:
        fixed = mapping.constants[meaning]
        return lambda cells: fixed
    expression = mapping.columns.get(meaning)
    if expression is None or (meaning == "id" and expression == HASH):
        return None
    return _getter(expression, meaning, columns)


def _getter(expression: str, meaning: Field, columns: tuple[str, ...]) -> Get:
    sign, names = parts(expression, columns)
    if len(names) == 1:
        return _cell(names[0])
    if sign == "|":
        return lambda cells: next(
            (value for n in names if (value := cells.get(n)) not in (None, "")), None
        )
    return (lambda cells: _sum(cells, names)) if meaning in COUNTS else lambda c: _joined(c, names)


def _cell(name: str) -> Get:
    return lambda cells: cells.get(name)


def _sum(cells: Cells, names: tuple[str, ...]) -> int | None:
    found = [n for name in names if (n := values.count(cells.get(name))) is not None]
    return sum(found) if found else None


def _joined(cells: Cells, names: tuple[str, ...]) -> str:
    """Filled texts, each once, by line breaks."""
    found = (str(cells.get(name) or "").strip() for name in names)
    return "\n".join(dict.fromkeys(text for text in found if text))
