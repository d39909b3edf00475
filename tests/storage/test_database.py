"""Opening, waiting and failing: errors of the database are one line that says what to do."""

import os
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from storage_made import SLUG, post, store

from storage import database as module
from storage import queries
from storage import tables as t
from storage.database import Database, open_database, portions
from storage.errors import DatabaseBusy, StorageError
from storage.migrate import upgrade
from storage.rows import Cut


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://host/sada", "sqlite://", "sqlite:///:memory:"]
)
def test_addresses_that_cannot_be(url: str) -> None:
    with pytest.raises(StorageError, match="SADA_DATABASE_URL"):
        open_database(url)


def test_a_new_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "sada.db"
    upgrade(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    database = open_database(f"sqlite:///{path}")
    store(database, [post(1)])
    assert {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()} == {0o600}
    database.close()


def test_messages_hide_the_password() -> None:
    database = open_database("postgresql://sada:hunter2@localhost:1/sada")
    assert "hunter2" not in database.where
    with (
        pytest.raises(StorageError, match="cannot be reached") as raised,
        database.reading() as session,
    ):
        session.execute(text("SELECT 1"))
    assert "hunter2" not in str(raised.value)


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'sada.db'}")
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000, "secure_delete": 1}
    with database.reading() as session:
        for pragma, value in wanted.items():
            assert session.scalar(text(f"PRAGMA {pragma}")) == value
    database.close()


def test_an_exception_rolls_back(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            session.execute(t.campaigns.insert().values(slug="a"))
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fail()
    with database.reading() as session:
        assert session.execute(t.campaigns.select()).all() == []


def test_readers_see_one_state_and_never_wait(database: Database) -> None:
    store(database, [post(1)])
    with database.reading() as session:
        before = session.execute(t.posts.select()).all()
        store(database, [post(2)])
        assert session.execute(t.posts.select()).all() == before
    assert len(queries.posts(database, SLUG, Cut())[0]) == 2


def test_a_writer_waits_for_the_other(database: Database) -> None:
    began, over = threading.Event(), threading.Event()

    def hold() -> None:
        with database.writing() as session:
            session.execute(t.campaigns.insert().values(slug="first"))
            began.set()
            over.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    began.wait(10)
    threading.Timer(0.2, over.set).start()
    with database.writing() as session:
        assert session.scalar(text("SELECT slug FROM campaigns")) == "first"
    other.join()


def test_a_writer_gives_up_at_last(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 1)
    one, other = open_database(url), open_database(url)
    with one.writing():
        with pytest.raises(DatabaseBusy, match="Try again") as raised, other.writing():
            pass
        assert raised.value.retry
    with other.writing():
        pass
    one.close()
    other.close()


def test_no_error_shows_what_was_to_be_stored(database: Database) -> None:
    twice = [{"digest": b"d" * 16, "body": "what she told"}] * 2
    with pytest.raises(IntegrityError) as raised, database.writing() as session:
        session.execute(t.texts.insert(), twice)
    assert "what she told" not in str(raised.value)


def test_no_tables_yet(empty_url: str) -> None:
    database = open_database(empty_url)
    with pytest.raises(StorageError, match="sada db upgrade"):
        queries.campaigns_with_posts(database)
    database.close()


def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "sada.db"
    path.write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(StorageError, match="no SQLite database"):
        upgrade(f"sqlite:///{path}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="permissions"):
        open_database(f"sqlite:///{tmp_path / 'a' / 'sada.db'}")


def test_a_full_disk_is_one_line_and_recovers(database: Database) -> None:
    if database.dialect != "sqlite":
        pytest.skip("the limit is a setting of SQLite")
    store(database, [post(1)])
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    rows = [{"digest": bytes([n]) * 16, "body": "x" * 9000} for n in range(50)]

    def fill() -> None:
        with database.writing() as session:
            session.execute(text(f"PRAGMA max_page_count = {pages}"))
            session.execute(t.texts.insert(), rows)

    with pytest.raises(StorageError, match="disk is full"):
        fill()
    assert len(queries.posts(database, SLUG, Cut())[0]) == 1
    with database.writing() as session:
        session.execute(text("PRAGMA max_page_count = 1073741823"))
    assert store(database, [post(2)]).added == 1


def test_portions_are_small_and_whole() -> None:
    assert [list(one) for one in portions(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(portions([])) == []
