"""Files as bytes: unpacked, measured, cut into lines of bounded length."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from collectors.files.encodings import is_wide, not_utf8, remedy
from collectors.files.errors import EncodingError, FileError
from collectors.files.sources import Progress, Source

Compression = Literal["none", "gzip"]
MAX_LINE = 4 * 1024 * 1024
"""Bytes (characters in UTF-16 and -32) of one line; a longer one is rejected, never held whole."""
SAMPLE = 256 * 1024
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls). Save it as .xlsx or CSV"),
    (b"BZh", "packed with bzip2. Unpack it first, or pack it with gzip"),
    (b"\xfd7zXZ", "packed with xz. Unpack it first, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd. Unpack it first, or pack it with gzip"),
    (b"7z\xbc\xaf", "a 7z archive. Unpack it first"),
    (b"Rar!", "a RAR archive. Unpack it first"),
    (b"%PDF", "a PDF. Export the posts as CSV, NDJSON or XLSX"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end. `text` is `None` where it could not be read, for `reason`."""

    number: int
    text: str | None
    reason: str = ""


def first_bytes(source: Source, count: int) -> bytes:
    """The first bytes as they come. Raises `FileError` in one line."""
    with source.opened() as file, _readable(source.path, lambda: False):
        start = file.read(count)
    if not start:
        raise FileError(source.path, "is empty. Export it again")
    for magic, what in _FOREIGN:
        if start.startswith(magic):
            raise FileError(source.path, f"is {what}")
    return start


def compression_of(start: bytes) -> Compression:
    return "gzip" if start.startswith(b"\x1f\x8b") else "none"


def sample_of(source: Source, compression: Compression) -> bytes:
    """Up to `SAMPLE` unpacked bytes from the start, fewer where a packed file breaks off.

    Raises `FileError`, also when there are none.
    """
    sample = b""
    with unpacked(source, compression) as stream, _readable(source.path, lambda: bool(sample)):
        while len(sample) < SAMPLE and (more := stream.read(4096)):
            sample += more
    if not sample.strip():
        raise FileError(source.path, "is empty. Export it again")
    return sample


@contextmanager
def unpacked(
    source: Source, compression: Compression, progress: Progress | None = None
) -> Iterator[IO[bytes]]:
    """The source's unpacked bytes; `progress` hears how far the packed ones are read."""
    with source.opened(progress) as stream:
        if compression == "gzip":
            with gzip.GzipFile(fileobj=stream) as file:
                yield cast(IO[bytes], file)
        else:
            yield stream


def lines(stream: IO[bytes], encoding: str, path: Path) -> Iterator[Line]:
    """The lines of `stream`, numbered from 1, each decoded strictly.

    Raises `EncodingError` when the file is in another encoding, `FileError` when it breaks off.
    A single line that is damaged or too long is given as unreadable, and reading goes on.
    """
    number = 0
    with reading(path, lambda: f"line {number}"):
        for line in (_wide_lines if is_wide(encoding) else _byte_lines)(stream, encoding, path):
            number = line.number
            yield line


@contextmanager
def reading(path: Path, where: Callable[[], str]) -> Iterator[None]:
    """Tells a file that breaks off, and `where`, as a `FileError`."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise FileError(
            path,
            f"the packed data breaks off after {where()}; what is before it was read. "
            "Fetch the file again",
        ) from error
    except OSError as error:
        raise FileError(path, f"cannot be read after {where()} ({error})") from error


@contextmanager
def _readable(path: Path, enough: Callable[[], bool]) -> Iterator[None]:
    """Broken gzip data is no error yet when `enough` was read before it."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        if not enough():
            raise FileError(path, "the packed data is broken. Fetch the file again") from error
    except OSError as error:
        raise FileError(path, f"cannot be read ({error.strerror or error})") from error


class _Damage:
    """Tells a damaged line in a UTF-8 file from a file that is not UTF-8.

    Chance never makes valid multi-byte UTF-8 out of another encoding, so one good line with
    accents or Arabic speaks for the file; as many bad lines as good ones speak against it.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self.path, self.encoding = path, encoding
        self.good = self.bad = 0

    def bad_line(self, number: int, raw: bytes) -> Line:
        if not self.encoding.startswith("utf-8"):
            raise EncodingError(
                self.path, number, f"not {self.encoding} text. Give its true --encoding"
            )
        self.bad += 1
        if self.bad > self.good:
            raise not_utf8(self.path, number, raw)
        return Line(number, None, f"not UTF-8 text. {remedy(raw)}")


def _byte_lines(stream: IO[bytes], encoding: str, path: Path) -> Iterator[Line]:
    damage = _Damage(path, encoding)
    number = 0
    while raw := stream.readline(MAX_LINE):
        number += 1
        if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield _too_long(number)
            continue
        try:
            text = raw.decode(encoding if number == 1 else encoding.removesuffix("-sig"))
        except UnicodeDecodeError:
            yield damage.bad_line(number, raw)
            continue
        damage.good += not raw.isascii()
        yield Line(number, text.rstrip("\r\n"))


def _wide_lines(stream: IO[bytes], encoding: str, path: Path) -> Iterator[Line]:
    reader = io.TextIOWrapper(stream, encoding, "strict", newline=None)
    number = 0
    try:
        while text := reader.readline(MAX_LINE):
            number += 1
            if len(text) == MAX_LINE and not text.endswith("\n"):
                while (rest := reader.readline(MAX_LINE)) and not rest.endswith("\n"):
                    pass
                yield _too_long(number)
                continue
            yield Line(number, (text[1:] if text.startswith("\ufeff") else text).rstrip("\n"))
    except UnicodeError as error:
        raise EncodingError(
            path, number + 1, f"not {encoding} text from about here on. Give its true --encoding"
        ) from error
    finally:
        reader.detach()


def _too_long(number: int) -> Line:
    return Line(number, None, f"the line is longer than {MAX_LINE // 2**20} MiB")
