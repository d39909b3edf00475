"""Opens SQLite and PostgreSQL so that both behave alike: many readers, one writer at a time."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from storage.errors import DatabaseBusy, StorageError, explained

T = TypeVar("T")
_Value = str | bytes | int | float | None

PATIENCE_SECONDS = 30
"""How long a writer waits for another one."""
WRITER_LOCK = 0x5ADA
"""Number of PostgreSQL's advisory lock that makes writers queue as SQLite does."""
AT_ONCE = 5000
"""Most values in one IN (…): SQLite takes 32,766 variables a statement, psycopg 65,535."""


class Database:
    """One database. Safe to share between threads, not across a fork."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.dialect = engine.dialect.name
        options: dict[str, Any] = {"sada_writing": True}
        self._writer = engine.execution_options(**options)
        if self.dialect == "postgresql":
            # All queries of a page or an export see one state of the database, as on SQLite.
            engine = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._reader = engine

    @property
    def where(self) -> str:
        """The address without its password, for messages."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the database; what is written in it is lost.

        Raises `StorageError`.
        """
        with self._translated(), Session(self._reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back by an exception.

        Writers queue, so that what one reads is still true when it writes. Raises `StorageError`,
        `DatabaseBusy` after `PATIENCE_SECONDS`.
        """
        with self._translated(), Session(self._writer) as session, session.begin():
            session.connection()
            yield session

    def scrub(self) -> None:
        """Takes what was deleted out of the files as well.

        Raises `StorageError`, `DatabaseBusy` where somebody still reads what was deleted.

        SQLite overwrites deleted content (secure_delete), but its write-ahead log keeps a copy
        until it is emptied; PostgreSQL keeps dead rows until a vacuum.
        """
        with self._translated(), self.engine.connect() as connection:
            if self.dialect == "sqlite":
                raw = connection.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)  # noqa: S101
                busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise DatabaseBusy(
                        f"database {self.where}: what was erased is gone from all answers, but its"
                        " file keeps a trace while another process reads. Do the same again later."
                    )
            else:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.execute(text("VACUUM"))

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            known = explained(error, self.where)
            if known is None:
                raise
            raise known from error


def open_database(url: str) -> Database:
    """Opens `sqlite:///path` or `postgresql://…`; connects when first used, never migrates.

    A new SQLite file and its folder are made for their owner alone. Errors never show the values
    of a statement, which hold texts. Raises `StorageError`.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _make_file(address)
        engine = create_engine(
            address, connect_args={"timeout": PATIENCE_SECONDS}, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(address, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "begin", _begin_postgresql)
    return Database(engine)


def upserting(session: Session, table: Table) -> postgresql.Insert:
    """`INSERT INTO table` that can say ON CONFLICT, in the words of the session's database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)  # type: ignore[return-value]  # same methods, no common base


def portions(values: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """`values` in pieces of at most `size`."""
    for first in range(0, len(values), size):
        yield values[first : first + size]


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        backend = address.get_backend_name()
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError(_wrong_address()) from error
    if backend == "postgres":
        backend = "postgresql"
    if backend not in {"sqlite", "postgresql"}:
        raise StorageError(_wrong_address())
    driver = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}[backend]
    return address.set(drivername=driver)


def _wrong_address() -> str:
    return (
        "SADA_DATABASE_URL: no address of a database that Sada knows. Give one such as"
        " sqlite:////var/lib/sada/sada.db or postgresql://user:password@host/sada."
    )


def _make_file(address: URL) -> None:
    if not address.database or address.database == ":memory:":
        raise StorageError("SADA_DATABASE_URL: SQLite needs a file, such as sqlite:///sada.db.")
    path = Path(address.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StorageError(
            f"database {path}: cannot be made ({error.strerror}). Check path and permissions."
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    # The driver would begin transactions by itself and too late; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    # SQLite's own lower() knows ASCII only, which would hide « École » from a search for « école ».
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = ON",
        f"busy_timeout = {PATIENCE_SECONDS * 1000}",
        "temp_store = MEMORY",
        "cache_size = -64000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _lower(value: _Value) -> _Value:
    return value.lower() if isinstance(value, str) else value


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("sada_writing", False)
    # IMMEDIATE: a transaction that reads first and writes later cannot wait for its lock.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("sada_writing", False):
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
