"""A database that is full, locked or read-only: one clear error, nothing broken, and on again."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from collectors.base import Metrics, Post
from dashboard.stored import StorageSource
from sada.bootstrap import Sada
from sada.pipeline.recheck import recheck_source
from sada.pipeline.refresh import refresh_source
from storage.database import Database
from storage.errors import StorageError
from storage.migrate import HEAD, revision_of
from storage.rows import Cut
from tests.sada.support import NOW, Clock, post
from tests.sada.test_collect import Scripted, page, run
from tests.sada.test_looks import Answering, answering, of

assert answering  # a fixture, found by its name
NUMBERS = range(1, 13)
HOUR = timedelta(hours=1)


def long(number: int, likes: int, body: str) -> Post:
    return post(
        number, f"Sghira {body * 3000} {number}", created_at=NOW - HOUR / 2, edited=likes > 0,
        metrics=Metrics(likes=likes),
    )  # fmt: skip


def collect(sada: Sada) -> None:
    run(sada, Scripted(page(*(long(n + 100, 0, "new ") for n in NUMBERS))))


def refresh(sada: Sada) -> None:
    refresh_source(*of(sada))


def recheck(sada: Sada) -> None:
    recheck_source(*of(sada))


@contextmanager
def limited(database: Database, statement: str, undo: str) -> Iterator[None]:
    """Every connection works under a PRAGMA for as long as the block runs."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(database.engine, "begin", begin, insert=True)
    try:
        yield
    finally:
        event.remove(database.engine, "begin", begin)
        event.listen(database.engine, "begin", lambda one: one.exec_driver_sql(undo), insert=True)


@contextmanager
def full(sada: Sada) -> Iterator[None]:
    with sada.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    limit = f"PRAGMA max_page_count = {pages}"
    with limited(sada.database, limit, "PRAGMA max_page_count = 1073741823"):
        yield


@contextmanager
def read_only(sada: Sada) -> Iterator[None]:
    with limited(sada.database, "PRAGMA query_only = ON", "PRAGMA query_only = OFF"):
        yield


@contextmanager
def locked(sada: Sada) -> Iterator[None]:
    other = sqlite3.connect(sada.settings.home / "sada.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def counts(sada: Sada) -> tuple[int, int]:
    """Posts, and posts that the daily sums know."""
    with sada.database.reading() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        stored = session.scalar(text("SELECT count(*) FROM posts"))
        summed = session.scalar(text("SELECT coalesce(sum(posts), 0) FROM rollups"))
    return int(stored or 0), int(summed or 0)


@pytest.mark.parametrize("work", [collect, refresh, recheck])
@pytest.mark.parametrize(
    ("fault", "said"),
    [(full, "disk is full"), (read_only, "may not be written"), (locked, "another process")],
)
def test_a_fault_of_the_database_is_told_and_recovered_from(
    make_sada: Callable[..., Sada],
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
    answering: Answering,
    work: Callable[[Sada], None],
    fault: Callable[[Sada], object],
    said: str,
) -> None:
    monkeypatch.setattr("storage.database.PATIENCE_SECONDS", 1)
    sada = make_sada()
    run(sada, Scripted(page(*(long(n, 0, "old ") for n in NUMBERS))))
    clock.now += 7 * HOUR
    answering.found = [long(n, 5, "edited ") for n in NUMBERS]
    with fault(sada), pytest.raises(StorageError, match=said):  # type: ignore[attr-defined]
        work(sada)
    with fault(sada):  # type: ignore[attr-defined]
        shown = StorageSource(sada.database).daily("small", Cut())
        assert sum(row.posts for row in shown) == 12, "the dashboard still reads"
    assert counts(sada) == (12, 12)
    work(sada)
    after = 24 if work is collect else 12
    assert counts(sada) == (after, after)
    with sada.database.reading() as session:
        edited = session.scalar(text("SELECT count(*) FROM posts WHERE likes = 5"))
    assert edited == (0 if work is collect else 12)


@pytest.mark.parametrize("written", ["nothing", "a header"])
def test_a_kill_while_the_database_was_made_asks_nothing_of_anybody(
    make_sada: Callable[..., Sada], tmp_path: Path, written: str
) -> None:
    path = tmp_path / "home" / "sada.db"
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    if written == "a header":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    assert revision_of(make_sada().database) == HEAD


def test_a_file_of_another_program_is_left_alone(
    make_sada: Callable[..., Sada], tmp_path: Path
) -> None:
    path = tmp_path / "home" / "sada.db"
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StorageError, match="sada db upgrade"):
        make_sada()
