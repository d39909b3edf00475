"""JSON objects cut out of a stream of any size: the elements of an array, or one after another.

Braces are counted outside of strings; nothing is understood. So an object with an error in it harms
no other, and only one object is held at a time.
"""

import codecs
import io
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from collectors.files.errors import EncodingError
from collectors.files.streams import MAX_LINE, reading

_STEP = 64 * 1024
_MARK = re.compile(r'["{}]')
_QUOTE = re.compile(r'["\\]')
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one object and the line on which it starts, or why it cannot be one."""

    line: int
    text: str
    reason: str = ""


def iter_objects(stream: IO[bytes], encoding: str, path: Path) -> Iterator[Piece]:
    """The outermost objects of a JSON text, as text. What stands between them is told as a piece
    with a reason. Raises `EncodingError`, and `FileError` when the file breaks off."""
    cutter = _Cutter()
    with reading(path, lambda: f"line {cutter.line}"):
        for text in _decoded(stream, encoding, path, cutter):
            yield from cutter.feed(text)
    yield from cutter.end()


def _decoded(stream: IO[bytes], encoding: str, path: Path, cutter: "_Cutter") -> Iterator[str]:
    # A damaged byte in UTF-8 becomes half a character, by which its object alone is refused.
    errors = "surrogateescape" if encoding.startswith("utf-8") else "strict"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    lines = io.IncrementalNewlineDecoder(None, translate=True)
    try:
        while raw := stream.read(_STEP):
            yield lines.decode(decoder.decode(raw))
        yield lines.decode(decoder.decode(b"", final=True), final=True)
    except UnicodeError as error:
        raise EncodingError(
            path, cutter.line, f"not {encoding} text from about here on. Give its true --encoding"
        ) from error


class _Cutter:
    """Where the objects start and end, fed piece by piece."""

    def __init__(self) -> None:
        self.line = 1
        self._parts: list[str] = []
        self._size = 0
        self._start = 1
        self._depth = 0
        self._quoted = self._escaped = False

    def feed(self, text: str) -> Iterator[Piece]:
        at = 0
        while at < len(text):
            if not self._depth:
                at = yield from self._between(text, at)
                continue
            end = self._inside(text, at)
            self._keep(text[at:end])
            at = end
            if not self._depth:
                yield self._finished()

    def end(self) -> Iterator[Piece]:
        if self._depth:
            yield self._finished("the object is never closed: is the file cut short?")

    def _between(self, text: str, at: int) -> Generator[Piece, None, int]:
        """What lies before the next object; the place where that starts is returned."""
        start = text.find("{", at)
        gap = text[at : start if start >= 0 else None]
        stray = _BETWEEN.sub(" ", gap).strip()
        if stray:
            begin = self.line + gap[: gap.index(stray[0])].count("\n")
            yield Piece(begin, stray[:2000], "stands between the objects of a JSON text")
        self.line += gap.count("\n")
        if start < 0:
            return len(text)
        self._start, self._depth = self.line, 1
        self._keep("{")
        return start + 1

    def _inside(self, text: str, at: int) -> int:
        """Where the object ends that is open at `at`, or the text does."""
        while at < len(text) and self._depth:
            if self._escaped:
                self._escaped = False
                at += 1
                continue
            found = (_QUOTE if self._quoted else _MARK).search(text, at)
            if found is None:
                return len(text)
            sign, at = found[0], found.end()
            if sign == "\\":
                self._escaped = True
            elif sign == '"':
                self._quoted = not self._quoted
            else:
                self._depth += 1 if sign == "{" else -1
        return at

    def _keep(self, text: str) -> None:
        self.line += text.count("\n")
        self._size += len(text)
        if self._size <= MAX_LINE:
            self._parts.append(text)

    def _finished(self, reason: str = "") -> Piece:
        text = "".join(self._parts)
        if self._size > MAX_LINE:
            reason, text = f"the object is longer than {MAX_LINE // 2**20} MiB", ""
        elif (
            not reason and not text.isascii() and any("\udc80" <= sign <= "\udcff" for sign in text)
        ):
            reason, text = (
                "not UTF-8 text",
                text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
            )
        self._parts, self._size, self._depth = [], 0, 0
        self._quoted = self._escaped = False
        return Piece(self._start, text, reason)
