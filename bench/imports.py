"""How fast a large file comes in, beside a bare `sqlite3.executemany` of the same rows.

`python -m bench.imports [ROWS] [--texts FOLDER] [--campaign SLUG]` writes a CSV of ROWS posts,
imports it and a tenth of it into empty SQLite databases, each in a process of its own, then stores
the same rows again with `executemany` alone, and prints rows a second, ratios and peak memory.

Two bare runs: *same tables* writes the rows that the import stored (posts, texts, authors,
memberships, snapshots) into the same tables with the same indexes, in as many transactions; it is
told in all, and without the time in which the rows are fetched, which is the strictest measure.
*One flat table* writes the file's columns into a single table with a primary key, which no import
can be compared with fairly, since nothing is looked up, masked, matched or summed.

Texts are those of `*.csv.gz` files with a column `text` below FOLDER, each used again with a new id
until there are ROWS; without FOLDER the sandbox's writer writes them. Ratios of processor time hold
on a busy machine, rows a second do not. Every quarter of a million rows a line on stderr says how
far a run is, so that one that is cut short can be judged by the lines of equal rows.
"""

import argparse
import csv
import gzip
import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

PAGE = 5_000
"""Rows of posts in one transaction, as the import has them."""
TOLD_EVERY = 250_000
HEADER = ("id", "created_at", "author_id", "text", "likes", "shares", "comments", "views")
FLAT = """CREATE TABLE flat (id TEXT PRIMARY KEY, created_at TEXT, author_id TEXT, text TEXT,
likes INTEGER, shares INTEGER, comments INTEGER, views INTEGER)"""
TABLES = ("texts", "authors", "posts", "memberships", "snapshots")
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "cache_size = -64000",
)
Result = dict[str, Any]
Run = Callable[[str, Path, Path, str], Result]
"""What to do (import, same, flat), of what, into what, for which campaign."""


class Watch:
    """Wall clock and processor time of this process, and what of it was spent in `writing`."""

    def __init__(self, name: str) -> None:
        self._name, self._next = name, TOLD_EVERY
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        self._writing_wall = self._writing_cpu = 0.0

    @contextmanager
    def writing(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self._writing_wall += time.perf_counter() - wall
        self._writing_cpu += time.process_time() - cpu

    def tell(self, rows: int) -> None:
        """Says on stderr how far it is, now and then."""
        if rows >= self._next:
            self._next += TOLD_EVERY
            so_far = {"rows": rows, **self.spent()}
            print(_line(f"  {self._name} so far", so_far), file=sys.stderr, flush=True)

    def spent(self) -> Result:
        return {
            "wall": time.perf_counter() - self._wall,
            "cpu": time.process_time() - self._cpu,
            "writing_wall": self._writing_wall,
            "writing_cpu": self._writing_cpu,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def corpus_texts(folder: Path) -> list[str]:
    """The distinct texts of the corpora, in their order."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("text"):
                    found[row["text"]] = None
    return list(found)


def written_texts(count: int = 5_000) -> list[str]:
    """Texts of the sandbox's campaign."""
    from datetime import UTC, datetime

    from sada.sandbox.world import make_world

    today = datetime(2026, 11, 21, tzinfo=UTC).date()
    world = make_world(today, seed=1)
    return list(dict.fromkeys(item.versions[-1].text for item in islice(world.items, count)))


def write_file(path: Path, rows: int, texts: Sequence[str]) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            author = f"u{int(chance.paretovariate(0.6)) % 300_000}"
            moment = 1_759_363_200 + chance.randrange(60 * 86_400)
            counts = [chance.randrange(most) for most in (50, 9, 12, 9_000)]
            text = texts[number % len(texts)]
            writer.writerow([10**15 + number, moment, author, text, *counts])


def imported(path: Path, home: Path, campaign: str) -> Result:
    """The file into a new database below `home`, start and migrations included."""
    watch = Watch("import")
    from collectors.files import Rejects, inline_mapping, read_posts, sniff
    from config.load import load_settings
    from sada.bootstrap import assemble
    from sada.pipeline.importing import import_posts

    sada = assemble(load_settings({"SADA_HOME": str(home)}, home))
    guess = sniff(path)
    mapping = guess.mapping.updated(inline_mapping(sets=["platform=facebook"]))
    rows = read_posts(path, mapping, guess=guess)
    done = import_posts(
        sada, sada.campaign(campaign), rows, rejects=Rejects(),
        progress=lambda so_far: watch.tell(so_far.rows),
    )  # fmt: skip
    sada.database.close()
    return {"rows": done.added, "rejected": done.rejected, **watch.spent()}


def stored_flat(path: Path, target: Path) -> Result:
    """The file's rows into one table."""
    watch = Watch("one flat table")
    database = _opened(target)
    database.execute(FLAT)
    count = 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        while page := list(islice(rows, PAGE)):
            with watch.writing():
                database.executemany("INSERT INTO flat VALUES (?, ?, ?, ?, ?, ?, ?, ?)", page)
                database.commit()
            count += len(page)
            watch.tell(count)
    database.close()
    return {"rows": count, **watch.spent()}


def stored_same(source: Path, target: Path) -> Result:
    """The rows of an imported database into the same tables, page by page of posts."""
    watch = Watch("same tables")
    old, new = sqlite3.connect(source), _opened(target)
    wanted = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC"
    for (statement,) in old.execute(wanted).fetchall():
        new.execute(statement)
    for row in old.execute("SELECT * FROM campaigns"):
        new.execute(f"INSERT INTO campaigns VALUES ({_signs(row)})", row)
    readers = {table: _pages(old, table) for table in TABLES}
    count = 0
    while pages := {table: page for table in TABLES if (page := next(readers[table], None))}:
        with watch.writing():
            for table, page in pages.items():
                new.executemany(f"INSERT INTO {table} VALUES ({_signs(page[0])})", page)
            new.commit()
        count += len(pages.get("posts", ()))
        watch.tell(count)
    new.close()
    old.close()
    return {"rows": count, **watch.spent()}


def _opened(target: Path) -> sqlite3.Connection:
    database = sqlite3.connect(target)
    for pragma in PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    return database


def _pages(database: sqlite3.Connection, table: str) -> Iterator[list[tuple[Any, ...]]]:
    cursor = database.cursor().execute(f"SELECT * FROM {table} ORDER BY rowid")
    while page := cursor.fetchmany(PAGE):
        yield page


def _signs(row: Iterable[object]) -> str:
    return ", ".join("?" for _ in row)


def in_own_process(what: str, source: Path, target: Path, campaign: str) -> Result:
    """One run in a process of its own, so that its peak memory is its own."""
    chosen = ("--campaign", campaign, "--child", what, str(source), str(target))
    command = [sys.executable, "-m", "bench.imports", *chosen]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Result = json.loads(done.stdout.splitlines()[-1])
    return found


def in_this_process(what: str, source: Path, target: Path, campaign: str) -> Result:
    if what == "import":
        return imported(source, target, campaign)
    return stored_same(source, target) if what == "same" else stored_flat(source, target)


def compare(folder: Path, rows: int, texts: Sequence[str], campaign: str, run: Run) -> None:
    """Prints how fast a tenth of the rows, then all of them, come in, each beside bare runs."""
    print(f"{rows:,} rows, {len(texts):,} distinct texts", flush=True)
    for name, count in (("a tenth", max(rows // 10, 1)), ("all", rows)):
        place = folder / name.replace(" ", "-")
        (place / "home").mkdir(parents=True)
        posts = place / "posts.csv"
        write_file(posts, count, texts)
        print(f"{name}: {count:,} rows", flush=True)
        whole = run("import", posts, place / "home", campaign)
        print(_line("import", whole), flush=True)
        same = run("same", place / "home" / "sada.db", place / "same.db", campaign)
        _beside(whole, same, "executemany, same tables")
        flat = run("flat", posts, place / "flat.db", campaign)
        _beside(whole, flat, "executemany, one flat table")
        shutil.rmtree(place)


def _beside(whole: Result, bare: Result, name: str) -> None:
    print(_line(name, bare))
    ratios = (
        f"{_speed(whole, clock) / _speed(bare, before + clock):.3f} by {told}"
        for before in ("", "writing_")
        for clock, told in (("wall", "wall clock"), ("cpu", "processor time"))
    )
    in_all, cpu_in_all, strict, cpu_strict = ratios
    print(f"  import / it: {in_all}, {cpu_in_all}")
    print(f"  import / its writing alone: {strict}, {cpu_strict}", flush=True)


def _speed(result: Result, clock: str) -> float:
    return float(result["rows"] / result[clock])


def _line(name: str, result: Result) -> str:
    speeds = (
        f"{_speed(result, 'wall'):10,.0f} rows/s, {_speed(result, 'cpu'):10,.0f} per CPU second"
    )
    rest = f"{result['rows']:,} rows in {result['wall']:,.0f} s, peak {result['peak']:,} MB"
    rejected = f", {result['rejected']:,} rejected" if result.get("rejected") else ""
    return f"{name:28}{speeds}, {rest}{rejected}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--campaign", default="mamhkoumch-2025")
    parser.add_argument("--folder", type=Path, help="Where to write; needs some 1.5 kB a row.")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        what, source, target = options.child
        print(json.dumps(in_this_process(what, Path(source), Path(target), options.campaign)))
        return
    texts = corpus_texts(options.texts) if options.texts else written_texts()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        compare(Path(folder), options.rows, texts, options.campaign, in_own_process)


if __name__ == "__main__":
    main()
