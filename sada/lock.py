"""Keeps a second scheduler off the same store."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.errors import SadaError


@contextmanager
def only_one(home: Path, what: str) -> Iterator[None]:
    """Holds `home/<what>.lock` for as long as the block runs; the system frees it after a kill.

    Raises `SadaError` when another process holds it.
    """
    path = home / f"{what}.lock"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SadaError(
                f"{path}: another Sada {what} runs on this home. Stop it first."
            ) from error
        yield
