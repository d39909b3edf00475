"""Migrations make exactly the tables that the models describe."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.database import open_database
from storage.errors import StorageError
from storage.migrate import FOLDER, HEAD, require_current, revision, upgrade
from storage.models import Base


def test_upgrade_from_empty_gives_the_models(empty_url: str) -> None:
    upgrade(empty_url)
    database = open_database(empty_url)
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    database.close()
    assert differences == []


def test_revision_before_and_after(empty_url: str) -> None:
    assert revision(empty_url) is None
    with pytest.raises(StorageError, match="sada db upgrade"):
        require_current(empty_url)
    upgrade(empty_url)
    assert revision(empty_url) == HEAD
    require_current(empty_url)
    upgrade(empty_url)


def test_the_revision_that_is_needed_is_the_newest() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD


def test_a_newer_database_is_refused(empty_url: str) -> None:
    upgrade(empty_url)
    database = open_database(empty_url)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    for act in (upgrade, require_current):
        with pytest.raises(StorageError, match="newer version"):
            act(empty_url)


def test_upgrades_at_the_same_time_wait_for_each_other(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, [empty_url] * 4))
    require_current(empty_url)


def test_importing_storage_loads_no_alembic() -> None:
    code = (
        "import sys, storage.migrate, storage.collecting, storage.queries, storage.backup\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
