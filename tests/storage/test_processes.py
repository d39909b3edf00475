"""A kill at any moment loses and doubles nothing; several processes may write at once."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select
from storage_made import SLUG, rows

from storage import tables as t
from storage.annotating import remake_rollups
from storage.database import Database
from storage.runs import read_cursor

HERE = Path(__file__).parent


def drive(what: str, url: str, number: int) -> None:
    folders = [str(HERE), str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, folders))}
    done = subprocess.run(
        [sys.executable, str(HERE / "storage_driver.py"), what, url, str(number)],
        env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_killed_at_random_moments(url: str, database: Database) -> None:
    drive("kill", url, 12)
    position, _ = read_cursor(database, SLUG, "x", "q")
    stored = {int(number) for (number,) in rows(database, t.posts, "platform_id")}
    assert stored == set(range(int(position["next"])))
    assert len(stored) > 0
    before = rows(database, t.rollups)
    remake_rollups(database)
    assert rows(database, t.rollups) == before


def test_writers_at_once(url: str, database: Database) -> None:
    drive("race", url, 3)
    with database.reading() as session:
        posts = session.execute(select(t.posts.c.platform_id, func.count()).group_by("platform_id"))
        assert {count for _, count in posts} == {1}
    assert len(rows(database, t.texts)) <= 50
    assert len(rows(database, t.authors)) <= 30
    assert len(rows(database, t.cursors)) == 3
    before = rows(database, t.rollups)
    remake_rollups(database)
    assert rows(database, t.rollups) == before
