"""How fast a large file comes in, beside a bare `sqlite3.executemany` of the same rows.

`python -m bench.imports [ROWS] [--texts FOLDER] [--campaign SLUG]` writes a CSV of ROWS posts,
imports it and a tenth of it into empty SQLite databases, each in a process of its own, then stores
the same rows again with `executemany` alone, and prints rows a second, ratios and peak memory.

Two bare runs: *same tables* writes the rows that the import stored (posts, texts, authors,
memberships, snapshots) into the same tables with the same indexes; *one flat table* writes the
file's columns into a single table with a primary key, which no import can be compared with fairly,
since nothing is looked up, masked, matched or summed. Texts are those of `*.csv.gz` files with a
column `text` below FOLDER, each used again with a new id until there are ROWS; without FOLDER the
sandbox's writer writes them. Ratios of processor time hold on a busy machine, rows a second do not.
"""

import argparse
import csv
import gzip
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

PAGE = 5_000
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


def import_file(home: Path, path: Path, campaign: str) -> None:
    """Run in a process of its own, so that its peak memory is its own."""
    from collectors.files import Rejects, inline_mapping, read_posts, sniff
    from config.load import load_settings
    from sada.bootstrap import assemble
    from sada.pipeline.importing import import_posts

    sada = assemble(load_settings({"SADA_HOME": str(home)}, home))
    guess = sniff(path)
    mapping = guess.mapping.updated(inline_mapping(sets=["platform=facebook"]))
    rows = read_posts(path, mapping, guess=guess)
    done = import_posts(sada, sada.campaign(campaign), rows, rejects=Rejects())
    print(json.dumps({"rows": done.rows, "added": done.added}))


def measured(work: Callable[[], int]) -> Result:
    """`work`, which says how many rows it did, in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    rows = work()
    return {
        "rows": rows,
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def in_own_process(*arguments: str) -> Result:
    command = [sys.executable, "-m", "bench.imports", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Result = json.loads(done.stdout.splitlines()[-1])
    return found


def stored_flat(path: Path, target: Path) -> int:
    """The file's rows into one table."""
    database = sqlite3.connect(target)
    for pragma in PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    database.execute(FLAT)
    count = 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        while page := list(islice(rows, PAGE)):
            database.executemany("INSERT INTO flat VALUES (?, ?, ?, ?, ?, ?, ?, ?)", page)
            database.commit()
            count += len(page)
    database.close()
    return count


def stored_same(source: Path, target: Path) -> int:
    """The rows of an imported database into the same tables, page by page of posts."""
    old, new = sqlite3.connect(source), sqlite3.connect(target)
    for pragma in PRAGMAS:
        new.execute(f"PRAGMA {pragma}")
    wanted = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC"
    for (statement,) in old.execute(wanted).fetchall():
        new.execute(statement)
    for row in old.execute("SELECT * FROM campaigns"):
        new.execute(f"INSERT INTO campaigns VALUES ({_signs(row)})", row)
    readers = {table: _pages(old, table) for table in TABLES}
    count = 0
    while pages := {table: page for table in TABLES if (page := next(readers[table], None))}:
        for table, page in pages.items():
            new.executemany(f"INSERT INTO {table} VALUES ({_signs(page[0])})", page)
        new.commit()
        count += len(pages.get("posts", ()))
    new.close()
    return count


def _pages(database: sqlite3.Connection, table: str) -> Iterator[list[tuple[Any, ...]]]:
    cursor = database.cursor().execute(f"SELECT * FROM {table} ORDER BY rowid")
    while page := cursor.fetchmany(PAGE):
        yield page


def _signs(row: Iterable[object]) -> str:
    return ", ".join("?" for _ in row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--campaign", default="mamhkoumch-2025")
    parser.add_argument("--folder", type=Path, help="Where to write; needs some 1 kB a row.")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        what, first, second = options.child
        _child(what, first, second, options.campaign)
        return
    texts = corpus_texts(options.texts) if options.texts else written_texts()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        _compare(Path(folder), options.rows, texts, options.campaign)


def _child(what: str, first: str, second: str, campaign: str) -> None:
    one, other = Path(first), Path(second)
    work: dict[str, Callable[[], int]] = {
        "flat": lambda: stored_flat(one, other),
        "same": lambda: stored_same(one, other),
    }
    if what == "import":
        wall, cpu = time.perf_counter(), time.process_time()
        import_file(one, other, campaign)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        print(json.dumps({**spent, "peak": peak}))
    else:
        print(json.dumps(measured(work[what])))


def _compare(folder: Path, rows: int, texts: Sequence[str], campaign: str) -> None:
    print(f"{rows:,} rows, {len(texts):,} distinct texts", flush=True)
    small, large = folder / "small.csv", folder / "large.csv"
    write_file(small, max(rows // 10, 1), texts)
    write_file(large, rows, texts)
    tenth = _imported(folder / "tenth", small, campaign, max(rows // 10, 1))
    whole = _imported(folder / "whole", large, campaign, rows)
    _show("import of a tenth", tenth)
    _show("import", whole)
    for name, what, source in (
        ("executemany, same tables", "same", folder / "whole" / "sada.db"),
        ("executemany, one flat table", "flat", large),
    ):
        bare = in_own_process("--child", what, str(source), str(folder / f"{what}.db"))
        _show(name, bare)
        print(
            f"  import / bare: {_speed(whole, 'wall') / _speed(bare, 'wall'):.3f} by wall clock,"
            f" {_speed(whole, 'cpu') / _speed(bare, 'cpu'):.3f} by processor time",
            flush=True,
        )


def _imported(home: Path, path: Path, campaign: str, rows: int) -> Result:
    home.mkdir()
    chosen = ("--campaign", campaign, "--child", "import", str(home), str(path))
    return {"rows": rows, **in_own_process(*chosen)}


def _speed(result: Result, clock: str) -> float:
    return float(result["rows"] / result[clock])


def _show(name: str, result: Result) -> None:
    speeds = (
        f"{_speed(result, 'wall'):10,.0f} rows/s, {_speed(result, 'cpu'):10,.0f} per CPU second"
    )
    print(f"{name:28}{speeds}, peak {result['peak']:,} MB", flush=True)


if __name__ == "__main__":
    main()
