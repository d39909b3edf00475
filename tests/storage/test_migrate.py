"""Migrations make exactly the tables that the models describe."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from storage.database import open_database
from storage.errors import StorageError
from storage.migrate import FOLDER, HEAD, require_current, revision, upgrade
from storage.models import Base
from storage.queries import invented_dates
from storage.tables import ledger, posts
from storage.topics import changed_words, store_topics
from storage.wanted import Model, reading_progress, shown


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


def test_posts_of_the_first_version_have_true_dates(empty_url: str) -> None:
    upgrade(empty_url, "0001")
    database = open_database(empty_url)
    with database.writing() as session:
        session.execute(text("INSERT INTO campaigns (id, slug) VALUES (1, 'c')"))
        session.execute(text("INSERT INTO texts (id, digest, body) VALUES (1, 'd', 'Bravo')"))
        session.execute(
            text(
                "INSERT INTO posts (id, platform, platform_id, created_at, day, text_id, kind,"
                " edited, signposted, from_file, first_seen_at, last_seen_at) VALUES"
                " (1, 'x', '7', '2025-10-02 09:00:00', '2025-10-02', 1, 'original', false, false,"
                " true, '2025-10-02 10:00:00', '2025-10-02 10:00:00')"
            )
        )
        session.execute(
            text(
                "INSERT INTO memberships (campaign_id, post_id, source, scope, standing, matched)"
                " VALUES (1, 1, 'files', 'campaign', 'earned', '[]')"
            )
        )
    upgrade(empty_url)
    with database.reading() as session:
        assert session.execute(select(posts.c.platform_id, posts.c.date_invented)).all() == [
            ("7", False)
        ]
    assert invented_dates(database, "c") == 0
    database.close()


def test_a_model_of_the_first_version_stays_shown(empty_url: str) -> None:
    upgrade(empty_url, "0001")
    database = open_database(empty_url)
    with database.writing() as session:
        session.execute(
            text(
                "INSERT INTO models (id, name, version, offensive_threshold, added_at, shown)"
                " VALUES (1, 'm', '1', 0.5, '2025-10-02 09:00:00', true)"
            )
        )
    upgrade(empty_url)
    assert shown(database) == Model(1, "m", "1", None)
    assert reading_progress(database) is None
    database.close()


def test_reasons_of_the_first_version_stay_as_they_were_told(empty_url: str) -> None:
    upgrade(empty_url, "0001")
    database = open_database(empty_url)
    with database.writing() as session:
        session.execute(text("INSERT INTO campaigns (id, slug) VALUES (1, 'c')"))
        session.execute(
            text(
                "INSERT INTO ledger (campaign_id, source, query, hour, state, why) VALUES"
                " (1, 'x', 'q', '2025-10-02 09:00:00', 'failed', 'x: HTTP 503.')"
            )
        )
    upgrade(empty_url)
    with database.reading() as session:
        found = session.execute(select(ledger.c.why, ledger.c.code, ledger.c.said)).all()
    assert found == [("x: HTTP 503.", "", "")]
    database.close()


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


def test_topics_of_before_have_no_changed_words(empty_url: str) -> None:
    upgrade(empty_url, "0007")
    database = open_database(empty_url)
    with database.writing() as session:
        session.execute(text("INSERT INTO campaigns (id, slug) VALUES (1, 'c')"))
        session.execute(
            text(
                "INSERT INTO topic_runs (id, campaign_id, made_at, model, posts)"
                " VALUES (0, 1, '2025-10-02 09:00:00', 'm', 7)"
            )
        )
    upgrade(empty_url)
    assert changed_words(database, "c") is None
    kept = {"during": {"tested": 1, "reason": "", "found": [{"word": "مامحكومش"}]}}
    made_at = datetime(2025, 10, 3, tzinfo=UTC)
    store_topics(database, "c", made_at, "m", [], [], kept)
    assert changed_words(database, "c") == (made_at, kept)
    assert changed_words(database, "nope") is None
    database.close()
