"""Where the bytes of an import come from: a file, a member of a zip archive, standard input."""

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePath
from typing import IO, Protocol, cast

from collectors.files.archives import BROKEN, Member, members, opened_member
from collectors.files.errors import FileError

Progress = Callable[[int, int], None]
"""Told (bytes read, bytes in all, 0 where nobody knows) of what is imported, as it is packed."""
STDIN = "-"
HEAD = 1024 * 1024
"""Bytes of standard input that are kept to be looked at before they are read."""
MOST_SPOOLED = 2 * 1024**3
_REPORT_EVERY = 1024 * 1024


class Source(Protocol):
    """Something with bytes. `path` is how it is called in messages."""

    @property
    def path(self) -> Path: ...

    @property
    def beside(self) -> Path | None:
        """The file next to which rejected rows may lie; `None`: there is none."""
        ...

    def opened(self, progress: Progress | None = None) -> AbstractContextManager[IO[bytes]]:
        """Its bytes from the start. Raises `FileError`."""
        ...

    def seekable(self) -> AbstractContextManager[IO[bytes]]:
        """The same as a file in which one can go back. Raises `FileError`."""
        ...

    def identity(self) -> str | None:
        """What tells it from a changed one; `None`: it can only be read once."""
        ...


class FileSource:
    """A file."""

    def __init__(self, path: Path) -> None:
        self.path, self.beside = path, path

    @contextmanager
    def opened(self, progress: Progress | None = None) -> Iterator[IO[bytes]]:
        try:
            raw = _Counted(self.path, progress)
        except OSError as error:
            raise _unreadable(self.path, error) from error
        with io.BufferedReader(raw, 128 * 1024) as buffered:
            yield buffered

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise _unreadable(self.path, error) from error
        with file:
            yield file

    def identity(self) -> str | None:
        known = self.path.stat()
        return f"{known.st_size}:{known.st_mtime_ns}"


class MemberSource:
    """A member of a zip archive, unpacked while it is read."""

    def __init__(self, archive: Path, member: Member) -> None:
        self.path, self.beside = archive / member.shown, archive
        self._archive, self._member = archive, member

    @contextmanager
    def opened(self, progress: Progress | None = None) -> Iterator[IO[bytes]]:
        with opened_member(self._archive, self._member) as stream:
            raw = _Told(stream, progress, self._member.size)
            with io.BufferedReader(raw, 128 * 1024) as buffered:
                yield buffered

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        with self.opened() as stream, spooled(stream, self.path) as file:
            yield file

    def identity(self) -> str | None:
        known = self._archive.stat()
        return f"{known.st_size}:{known.st_mtime_ns}:{self._member.name}"


class StreamSource:
    """Standard input: read once, its head looked at before."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.path, self.beside = Path("stdin"), None
        self._stream = stream
        self._head = bytearray()
        self._sealed = False

    @contextmanager
    def opened(self, progress: Progress | None = None) -> Iterator[IO[bytes]]:
        self._sealed = self._sealed or progress is not None
        yield io.BufferedReader(_Told(_Replay(self._head, self._more), progress, 0), 64 * 1024)

    @contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        raise FileError(self.path, "is a workbook, archive or Parquet. Save it and name the file")
        yield  # a context manager needs one

    def identity(self) -> str | None:
        return None

    def _more(self, count: int) -> bytes:
        chunk = self._stream.read(count)
        if not self._sealed:
            self._head += chunk
            if len(self._head) > HEAD:
                raise FileError(self.path, "is no table or JSON that can be recognised")
        return chunk


def sources_of(path: Path, stdin: IO[bytes] | None = None) -> list[Source]:
    """What one argument names: `-`, a file, the members of an archive, all files below a folder.

    Hidden files and files of rejected rows are left out of folders and archives. Raises
    `FileError`.
    """
    if str(path) == STDIN and stdin is not None:
        return [StreamSource(stdin)]
    if not path.is_dir():
        return _in_file(path)
    found = sorted(
        one for one in path.rglob("*") if one.is_file() and _wanted(one.relative_to(path))
    )
    if not found:
        raise FileError(path, "is a folder without files")
    return [source for one in found for source in _in_file(one)]


def _in_file(path: Path) -> list[Source]:
    inside = members(path)
    if inside is None:
        return [FileSource(path)]
    wanted = [member for member in inside if _wanted(member.shown)]
    if not wanted:
        raise FileError(path, "is an archive without files to import")
    return [MemberSource(path, member) for member in wanted]


def _wanted(path: PurePath) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and not path.name.endswith(".rejects.ndjson")


@contextmanager
def spooled(stream: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    """The stream as a temporary file without a name. Raises `FileError` beyond `MOST_SPOOLED`."""
    with tempfile.TemporaryFile() as file:
        size = 0
        try:
            while chunk := stream.read(_REPORT_EVERY):
                size += len(chunk)
                if size > MOST_SPOOLED:
                    raise FileError(path, "unpacks to more than 2 GiB. Save it as CSV")
                file.write(chunk)
        except (*BROKEN, OSError) as error:
            raise FileError(path, f"cannot be unpacked ({error})") from error
        file.seek(0)
        yield cast(IO[bytes], file)


def _unreadable(path: Path, error: OSError) -> FileError:
    if isinstance(error, IsADirectoryError):
        return FileError(path, "is a folder. Name the files in it")
    if isinstance(error, FileNotFoundError):
        return FileError(path, "no such file. Check the path")
    return FileError(path, f"cannot be read ({error.strerror or error})")


class _Counted(io.FileIO):
    """A file that tells how far it was read."""

    def __init__(self, path: Path, progress: Progress | None) -> None:
        super().__init__(path, "rb")
        self._meter = _Meter(progress, os.fstat(self.fileno()).st_size)

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        return self._meter.add(super().readinto(buffer) or 0)


class _Told(io.RawIOBase):
    """Another stream that tells how far it was read."""

    def __init__(
        self, stream: IO[bytes] | io.RawIOBase, progress: Progress | None, size: int
    ) -> None:
        self._stream = stream
        self._meter = _Meter(progress, size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        chunk = self._stream.read(len(buffer)) or b""
        buffer[: len(chunk)] = chunk
        return self._meter.add(len(chunk))


class _Replay(io.RawIOBase):
    """The bytes of `head`, then what `more` gives; `head` may grow meanwhile."""

    def __init__(self, head: bytearray, more: Callable[[int], bytes]) -> None:
        self._head, self._more, self._at = head, more, 0

    def readable(self) -> bool:
        return True

    def read(self, count: int = -1, /) -> bytes:
        known = bytes(self._head[self._at : self._at + count])
        chunk = known or self._more(count)
        self._at += len(chunk)
        return chunk


class _Meter:
    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total = progress, total
        self._done, self._next = 0, _REPORT_EVERY

    def add(self, count: int) -> int:
        self._done += count
        if self._progress and (self._done >= self._next or not count):
            self._next = self._done + _REPORT_EVERY
            self._progress(self._done, self._total)
        return count
