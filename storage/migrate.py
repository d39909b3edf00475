"""Brings a database's schema to what this version of Sada needs. No alembic.ini is involved."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text

from storage.database import Database, open_database
from storage.errors import StorageError

if TYPE_CHECKING:  # imported where used: most commands never need Alembic
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
HEAD: Final = "0009"
"""The revision that this version of Sada needs. Written down so that commands need no Alembic."""


def upgrade(url: str, to: str = "head") -> None:
    """Runs the migrations that are missing, up to `to`, all in one transaction.

    Processes that do so at the same time wait for each other. Raises `StorageError`.
    """
    from alembic import command
    from alembic.util import CommandError

    database = open_database(url)
    try:
        with database.writing() as session:
            command.upgrade(_config(session.connection()), to)
    except CommandError as error:
        raise StorageError(_foreign(database)) from error
    finally:
        database.close()


def revision(url: str) -> str | None:
    """The revision that the database is at, `None` for an empty one. Raises `StorageError`."""
    database = open_database(url)
    try:
        return revision_of(database)
    finally:
        database.close()


def revision_of(database: Database) -> str | None:
    """The same of an open database."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def is_blank(url: str) -> bool:
    """Whether a database holds no table: nobody used it yet, or its first upgrade was killed.
    Raises `StorageError`."""
    database = open_database(url)
    try:
        with database.reading() as session:
            return not inspect(session.connection()).get_table_names()
    finally:
        database.close()


def require_current(url: str) -> None:
    """Raises `StorageError` that says what to do unless the schema is the one needed."""
    database = open_database(url)
    try:
        found = revision_of(database)
        if found == HEAD:
            return
        if found is None:
            raise StorageError(f"database {database.where}: is empty. Run `sada db upgrade`.")
        if not _knows(found):
            raise StorageError(_foreign(database))
        raise StorageError(
            f"database {database.where}: is at version {found}, Sada needs {HEAD}."
            " Run `sada db upgrade`."
        )
    finally:
        database.close()


def _knows(found: str) -> bool:
    from alembic.script import ScriptDirectory

    return any(script.revision == found for script in ScriptDirectory(str(FOLDER)).walk_revisions())


def _foreign(database: Database) -> str:
    return (
        f"database {database.where}: was made by another, probably newer version of Sada."
        " Install that version, or restore a backup."
    )


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
