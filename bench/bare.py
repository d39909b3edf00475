"""Bare `sqlite3.executemany`, which imports are held against: `bench.imports` says how.

`python -m bench.bare follow SOURCE TARGET` writes what is new in SOURCE into TARGET for each line
that it is sent; `flat SOURCE TARGET` writes a whole CSV. Both answer with a line of JSON.
"""

import csv
import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

PAGE: Final = 5_000
"""Rows of posts in one transaction, as an import has them."""
FLAT: Final = """CREATE TABLE flat (id TEXT PRIMARY KEY, created_at TEXT, author_id TEXT, text TEXT,
likes INTEGER, shares INTEGER, comments INTEGER, views INTEGER)"""
TABLES: Final = ("texts", "authors", "posts", "memberships", "snapshots")
PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "cache_size = -64000",
)
Result = dict[str, Any]
"""`rows`; seconds by `wall` clock and `cpu`, and of them `writing_wall` and `writing_cpu` within
`executemany` and `commit`; `peak` memory in MB."""


class Watch:
    """Wall clock and processor time of this process, but for what it waited."""

    def __init__(self) -> None:
        self._began = self._now()
        self._waited = self._written = (0.0, 0.0)

    @contextmanager
    def writing(self) -> Iterator[None]:
        began = self._now()
        yield
        self._written = _plus(self._written, _minus(self._now(), began))

    @contextmanager
    def waiting(self) -> Iterator[None]:
        began = self._now()
        yield
        self._waited = _plus(self._waited, _minus(self._now(), began))

    def spent(self, rows: int) -> Result:
        wall, cpu = _minus(_minus(self._now(), self._began), self._waited)
        return {
            "rows": rows,
            "wall": wall,
            "cpu": cpu,
            "writing_wall": self._written[0],
            "writing_cpu": self._written[1],
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }

    def _now(self) -> tuple[float, float]:
        return time.perf_counter(), time.process_time()


def _plus(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] + other[0], one[1] + other[1]


def _minus(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] - other[0], one[1] - other[1]


class SameTables:
    """Writes what an import has stored since the last call into the same tables and indexes of
    another database: in one transaction, table by table."""

    def __init__(self, source: Path, target: Path) -> None:
        self.watch = Watch()
        self._rows, self._last = 0, dict.fromkeys(TABLES, 0)
        self._old, self._new = sqlite3.connect(source), _opened(target)
        self._made = False

    def catch_up(self) -> Result:
        """Times, over all calls; rows are posts."""
        self._make()
        found = {table: self._fetch(table) for table in TABLES}
        with self.watch.writing():
            for table, rows in found.items():
                if rows:
                    self._new.executemany(_insertion(table, rows[0]), rows)
            self._new.commit()
        self._rows += len(found["posts"])
        return self.watch.spent(self._rows)

    def close(self) -> None:
        self._old.close()
        self._new.close()

    def _make(self) -> None:
        if self._made:
            return
        wanted = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC"
        for (statement,) in self._old.execute(wanted).fetchall():
            self._new.execute(statement)
        for row in self._old.execute("SELECT * FROM campaigns").fetchall():
            self._new.execute(_insertion("campaigns", row), row)
        self._made = True

    def _fetch(self, table: str) -> list[tuple[Any, ...]]:
        wanted = f"SELECT rowid, * FROM {table} WHERE rowid > ? ORDER BY rowid"
        rows = self._old.execute(wanted, (self._last[table],)).fetchall()
        if rows:
            self._last[table] = rows[-1][0]
        return [row[1:] for row in rows]


class Follower:
    """`SameTables` in a process of its own, so that its memory is its own."""

    def __init__(self, source: Path, target: Path) -> None:
        command = [sys.executable, "-m", "bench.bare", "follow", str(source), str(target)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def catch_up(self) -> Result:
        """Waits until what was stored is written there too. Raises `ValueError` when it died."""
        assert self._process.stdin  # both are pipes
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        found: Result = json.loads(self._process.stdout.readline())
        return found

    def close(self) -> None:
        self._process.communicate()


def follow(source: Path, target: Path, asked: Iterator[str]) -> Iterator[Result]:
    """An answer for each line that comes."""
    bare = SameTables(source, target)
    while True:
        with bare.watch.waiting():
            line = next(asked, None)
        if line is None:
            bare.close()
            return
        yield bare.catch_up()


def write_flat(path: Path, target: Path) -> Result:
    """A CSV's rows into one table."""
    watch = Watch()
    database = _opened(target)
    database.execute(FLAT)
    count = 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        while page := list(islice(rows, PAGE)):
            with watch.writing():
                database.executemany(_insertion("flat", page[0]), page)
                database.commit()
            count += len(page)
    database.close()
    return watch.spent(count)


def _opened(target: Path) -> sqlite3.Connection:
    database = sqlite3.connect(target)
    for pragma in PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    return database


def _insertion(table: str, row: Iterable[object]) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' for _ in row)})"


def main() -> None:
    what, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if what == "follow":
        for answer in follow(source, target, iter(sys.stdin)):
            print(json.dumps(answer), flush=True)
    else:
        print(json.dumps(write_flat(source, target)))


if __name__ == "__main__":
    main()
