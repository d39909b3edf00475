"""Zip archives: what is in them, within bounds; a member is unpacked while it is read."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from collectors.files.errors import FileError

MOST_MEMBERS = 10_000
MAX_RATIO, UNSUSPICIOUS = 150, 32 * 1024**2
"""How many times its size a part may unpack to once it is over so many bytes; tables of posts
unpack to about ten times theirs."""
_ZIP = b"PK\x03\x04"
_EMPTY = b"PK\x05\x06"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
"""What zipfile raises for a broken archive: a version of zip to come, an impossible date, …"""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive and the bytes that it unpacks to."""

    name: str
    size: int

    @property
    def shown(self) -> PurePosixPath:
        """Its place in the archive for messages, however it is named: never outside of it."""
        parts = PurePosixPath(self.name.replace("\\", "/")).parts
        return PurePosixPath(*(part for part in parts if part not in ("/", "//", "..")))


def members(path: Path) -> list[Member] | None:
    """The files in the archive at `path`, in its order; `None` when it is none, or a workbook.

    Raises `FileError` for an archive that is broken, locked by a password, or a bomb.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) not in (_ZIP, _EMPTY):
                return None
        with zipfile.ZipFile(path) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
    except FileNotFoundError as error:
        raise FileError(path, "no such file. Check the path") from error
    except (*BROKEN, OSError) as error:
        raise FileError(path, "is a broken XLSX or zip file. Fetch it again") from error
    if any(part.filename == "xl/workbook.xml" for part in parts):
        return None
    if len(parts) > MOST_MEMBERS:
        raise FileError(path, f"holds more than {MOST_MEMBERS} files. Unpack it and name a folder")
    for part in parts:
        if part.flag_bits & 1:
            raise FileError(path, "is locked with a password. Unpack it first")
        if is_bomb(part):
            raise FileError(path, "unpacks to very many times its size. Unpack it first")
    return [Member(part.filename, part.file_size) for part in parts]


def is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > max(UNSUSPICIOUS, MAX_RATIO * part.compress_size)


@contextmanager
def opened_member(path: Path, member: Member) -> Iterator[IO[bytes]]:
    """The bytes of a member. Raises `FileError` when it cannot be opened."""
    try:
        packed = zipfile.ZipFile(path)
        stream = packed.open(member.name)
    except (*BROKEN, KeyError, RuntimeError, OSError) as error:
        raise FileError(path / member.shown, f"cannot be unpacked ({error})") from error
    with packed, stream:
        yield stream
