"""Backups that either database can restore: a zip with one NDJSON file a table, and a manifest."""

import json
import os
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Date, Integer, LargeBinary, Table, func, insert, select, text
from sqlalchemy.orm import Session

from storage import tables  # noqa: F401  # which makes every table known
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.migrate import HEAD, require_current, revision_of, upgrade
from storage.models import Base
from storage.types import UtcDateTime

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
_AT_ONCE = 2000


def backup(url: str, path: Path) -> Mapping[str, int]:
    """Writes everything to `path`, readable by its owner alone; the number of rows by table.

    Others may write meanwhile: it is one view of the database. The file appears under its name
    only once it is whole. Raises `StorageError`.
    """
    require_current(url)
    draft = path.with_name(f"{path.name}.part")
    database = open_database(url)
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            counts = _write(database, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StorageError(f"backup {path}: cannot be written ({error.strerror}).") from error
    finally:
        database.close()
        with suppress(FileNotFoundError):
            draft.unlink()
    return counts


def restore(url: str, path: Path) -> Mapping[str, int]:
    """Fills an empty database from a backup, all or nothing; the number of rows by table.

    Raises `StorageError` where the database holds anything, or the backup is damaged or of another
    version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            _require_empty(url)
            upgrade(url)
            return _restore(url, archive, manifest)
    except FileNotFoundError as error:
        raise StorageError(f"backup {path}: there is no such file.") from error
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise StorageError(f"backup {path}: is damaged or no backup ({error}).") from error


def _write(database: Database, file: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        database.reading() as session,
    ):
        for table in Base.metadata.sorted_tables:
            with archive.open(_member(table), "w", force_zip64=True) as member:
                counts[table.name] = 0
                for row in _rows(session, table):
                    member.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                    counts[table.name] += 1
        manifest = {"format": FORMAT, "revision": HEAD, "rows": counts}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return counts


def _rows(session: Session, table: Table) -> Iterator[list[Any]]:
    wanted = select(table).order_by(*table.primary_key.columns)
    for row in session.execute(wanted.execution_options(yield_per=_AT_ONCE)):
        yield [_written(value) for value in row]


def _written(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return b64encode(bytes(value)).decode()
    return value.isoformat() if isinstance(value, date) else value


def _read(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return b64decode(value, validate=True)
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT or manifest["revision"] != HEAD:
        raise StorageError(
            f"backup {path}: is of database version {manifest['revision']}, this Sada has {HEAD}."
            " Restore it with the Sada that made it, then upgrade."
        )
    return manifest


def _require_empty(url: str) -> None:
    database = open_database(url)
    try:
        if revision_of(database) is None:
            return
        require_current(url)
        with database.reading() as session:
            for table in Base.metadata.sorted_tables:
                if session.execute(select(text("1")).select_from(table).limit(1)).first():
                    raise StorageError(
                        f"database {database.where}: is not empty. Restore into a new one."
                    )
    finally:
        database.close()


def _restore(url: str, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> dict[str, int]:
    database = open_database(url)
    counts: dict[str, int] = {}
    try:
        with database.writing() as session:
            for table in Base.metadata.sorted_tables:
                counts[table.name] = _fill(session, table, archive)
                if counts[table.name] != manifest["rows"][table.name]:
                    raise ValueError(f"rows are missing from {table.name}")
    finally:
        database.close()
    return counts


def _fill(session: Session, table: Table, archive: zipfile.ZipFile) -> int:
    columns = list(table.columns)
    done = 0
    with archive.open(_member(table)) as member:
        while lines := list(islice(member, _AT_ONCE)):
            rows = [
                {
                    column.name: _read(column, value)
                    for column, value in zip(columns, json.loads(line), strict=True)
                }
                for line in lines
            ]
            session.execute(insert(table), rows)
            done += len(rows)
    _move_sequence(session, table)
    return done


def _move_sequence(session: Session, table: Table) -> None:
    """PostgreSQL numbers new rows by a sequence, which rows with numbers of their own pass by."""
    column = table.autoincrement_column
    if session.get_bind().dialect.name != "postgresql" or column is None:
        return
    if isinstance(column.type, Integer):
        newest = session.scalar(select(func.max(column)))
        if newest is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            session.execute(select(func.setval(sequence, newest)))


def _member(table: Table) -> str:
    return f"{table.name}.ndjson"
