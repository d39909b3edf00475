"""Run by test_processes in a process of its own: forks writers, kills them, and lets them race.

`python storage_driver.py kill|race URL ROUNDS`. Ends with 0 if every writer did as it should.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import text
from storage_made import NOW, SLUG, post, store

from collectors.base import Author, Metrics, Window
from storage.database import open_database
from storage.runs import read_cursor, start_run

OVERLAP, STEP = 5, 15


def write_pages(url: str, chance: random.Random, progress: int) -> None:
    """Goes on from the cursor, page after page, until it is killed; a byte to `progress` each."""
    db = open_database(url)
    run = start_run(db, SLUG, "x", NOW)
    while True:
        cursor, _ = read_cursor(db, SLUG, "x", "q")
        first = int(cursor.get("next", "0"))
        moment = NOW + timedelta(minutes=first)
        posts = [
            post(
                number,
                created_at=NOW + timedelta(hours=number),
                author=Author(str(number % 7), followers=number),
                metrics=Metrics(likes=first),
            )
            for number in range(max(0, first - OVERLAP), first + STEP)
        ]
        store(
            db, posts, run=run, taken_at=moment, cursor={"next": str(first + STEP)},
            covered=Window(NOW, moment),
        )  # fmt: skip
        os.write(progress, b".")


def write_overlapping(url: str, chance: random.Random, progress: int) -> None:
    """Posts, authors and texts that the other writers write as well, in another order."""
    db = open_database(url)
    for _ in range(10):
        numbers = chance.sample(range(200), 40)
        posts = [
            post(n, f"text {n % 50}", author=Author(str(n % 30), followers=n)) for n in numbers
        ]
        store(db, posts, query=str(os.getpid()), cursor={"n": "1"})
    db.close()


def forked(
    work: Callable[[str, random.Random, int], None], url: str, seed: int, progress: int = -1
) -> int:
    if pid := os.fork():
        return pid
    try:
        work(url, random.Random(seed), progress)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001
        print(f"writer: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)


def kill(url: str, rounds: int) -> None:
    chance = random.Random(7)
    for number in range(rounds):
        reader, writer = os.pipe()
        pid = forked(write_pages, url, number, writer)
        os.close(writer)
        if number % 4:  # else it is killed while it starts
            os.read(reader, 1)
        time.sleep(chance.uniform(0, 0.1))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        os.close(reader)
        assert os.WIFSIGNALED(status), "the writer failed before it was killed"
        check(url)


def check(url: str) -> None:
    db = open_database(url)
    with db.reading() as session:
        if db.dialect == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        count = session.scalar(text("SELECT count(*) FROM posts"))
        assert session.scalar(text("SELECT coalesce(sum(added), 0) FROM runs")) == count
        assert session.scalar(text("SELECT coalesce(sum(posts), 0) FROM rollups")) == count
        assert session.scalar(text("SELECT count(*) FROM memberships")) == count
    cursor, _ = read_cursor(db, SLUG, "x", "q")
    assert int(cursor.get("next", "0")) == count
    db.close()


def race(url: str, writers: int) -> None:
    pids = [forked(write_overlapping, url, seed) for seed in range(writers)]
    ended = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    assert ended == [0] * writers


if __name__ == "__main__":
    {"kill": kill, "race": race}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
