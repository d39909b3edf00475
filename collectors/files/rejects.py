"""Rejected rows, kept for the person who mends them."""

import json
import os
import stat
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from collectors.files.errors import FileError
from collectors.files.rows import Rejected


class Rejects:
    """Counts rejected rows by reason and, given a path, writes them as NDJSON: line, reason, row.

    The file is made with the first rejected row and is readable by its owner alone: rows hold
    texts and names as they came. Delete it when the rows are mended.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file: IO[str] | None = None
        self.reasons: Counter[str] = Counter()

    @property
    def total(self) -> int:
        return self.reasons.total()

    def add(self, rejected: Rejected) -> None:
        """Raises `FileError` when the file cannot be written."""
        self.reasons[_general(rejected.reason)] += 1
        if self._path is None:
            return
        row = {"line": rejected.line, "reason": rejected.reason, "row": rejected.raw}
        text = json.dumps(row, ensure_ascii=False, default=str)
        try:
            self._file = self._file or self._created(self._path)
            self._file.write(text.encode("utf-8", "replace").decode() + "\n")
        except OSError as error:
            raise FileError(
                self._path, f"rejected rows cannot be written ({error.strerror})"
            ) from error

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

    @staticmethod
    def _created(path: Path) -> IO[str]:
        # Through no link, which may lead anywhere; an older file may be open to others.
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        if stat.S_ISREG(os.fstat(made).st_mode):
            os.fchmod(made, 0o600)
        return os.fdopen(made, "w", encoding="utf-8")


def _general(reason: str) -> str:
    """The reason without the row's own words, so that equal reasons count together."""
    quoted = reason.split("”")
    cut = quoted[-1].strip(" ,:;") if len(quoted) > 1 and quoted[-1].strip() else reason
    return "".join("N" if char.isdigit() else char for char in cut)[:120]
