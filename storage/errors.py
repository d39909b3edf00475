"""Errors of this room, and the translation of the database's own into them."""

from sqlalchemy.exc import DBAPIError, IntegrityError

from config.errors import SadaError


class StorageError(SadaError):
    """The database cannot do what was asked. `retry`: the same may work later."""

    retry = False


class DatabaseBusy(StorageError):
    """Another process held the database for too long; try again."""

    retry = True


_ADVICE = (
    ("locked", DatabaseBusy, "another process is writing. Try again"),
    ("lock timeout", DatabaseBusy, "another process is writing. Try again"),
    ("full", StorageError, "the disk is full. Make room"),
    ("no space left", StorageError, "the disk is full. Make room"),
    ("readonly", StorageError, "it may not be written. Check the permissions of file and folder"),
    ("read-only", StorageError, "it may not be written. Check the permissions of file and folder"),
    ("unable to open", StorageError, "it cannot be opened. Check path and permissions"),
    ("no such table", StorageError, "it has no tables. Run `sada db upgrade`"),
    ("does not exist", StorageError, "it has no tables or is not there. Run `sada db upgrade`"),
    ("malformed", StorageError, "it is damaged. Restore a backup with `sada db restore`"),
    ("not a database", StorageError, "the file is no SQLite database. Check the address"),
    ("connection", StorageError, "the server cannot be reached. Check address and server"),
)


def explained(error: DBAPIError, where: str) -> StorageError | None:
    """The `StorageError` for a database's error, `None` when it is a mistake in the program."""
    if isinstance(error, IntegrityError):
        return None
    said = " ".join(str(error.orig).split())
    for sign, kind, advice in _ADVICE:
        if sign in said.lower():
            return kind(f"database {where}: {advice} ({said[:200]}).")
    return None
