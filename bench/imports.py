"""How fast a large file comes in, beside a bare `sqlite3.executemany` of the same rows.

`python -m bench.imports [ROWS] [--texts FOLDER] [--campaign SLUG]` writes a CSV of ROWS posts and
imports it into an empty SQLite database. After each batch another process stores the rows that the
batch has stored (posts, texts, authors, memberships, snapshots) into the same tables with the same
indexes by `executemany` alone, in one transaction too, while the import waits. So both meet the
same load, however it changes, and a run that is cut short can be judged by its last line. Printed
are rows a second, peak memory, and the ratio of both by wall clock and by processor time: to the
bare process in all, and to its `executemany` and `commit` alone, which is the strictest measure.

At the end the file's columns are written into a single table with a primary key, with which no
import can be compared fairly, since nothing is looked up, masked, matched or summed.

Texts are those of `*.csv.gz` files with a column `text` below FOLDER, each used again with a new id
until there are ROWS; without FOLDER the sandbox's writer writes them. `--distinct` takes only so
many of them, evenly, so that a shorter run has as many copies as a long one.
"""

import argparse
import csv
import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench.bare import Follower, Result, Watch

TOLD_EVERY = 250_000
HEADER = ("id", "created_at", "author_id", "text", "likes", "shares", "comments", "views")
Both = tuple[Result, Result]
"""An import and the bare run beside it."""
Tell = Callable[[Result, Result], None]


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


def evenly(texts: Sequence[str], count: int) -> list[str]:
    """`count` of the texts, from all over them."""
    count = min(count, len(texts))
    return [texts[place * len(texts) // count] for place in range(count)]


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


def imported(path: Path, home: Path, campaign: str, tell: Tell) -> Both:
    """The file into a new database below `home`, start and migrations included."""
    watch = Watch()
    from collectors.files import Rejects, inline_mapping, read_posts, sniff
    from config.load import load_settings
    from sada.bootstrap import assemble
    from sada.pipeline.importing import Imported, import_posts

    sada = assemble(load_settings({"SADA_HOME": str(home)}, home))
    follower = Follower(home / "sada.db", home / "bare.db")
    bare: Result = {}

    def next_batch(done: Imported) -> None:
        nonlocal bare
        with watch.waiting():
            bare = follower.catch_up()
            tell(watch.spent(done.added), bare)

    guess = sniff(path)
    mapping = guess.mapping.updated(inline_mapping(sets=["platform=facebook"]))
    rows = read_posts(path, mapping, guess=guess)
    try:
        chosen = sada.campaign(campaign)
        done = import_posts(sada, chosen, rows, rejects=Rejects(), progress=next_batch)
    finally:
        follower.close()
        sada.database.close()
    return watch.spent(done.added) | {"rejected": done.rejected}, bare


def now_and_then(every: int = TOLD_EVERY) -> Tell:
    """Says on stderr how far it is, with what the ratios are so far."""
    told = 0

    def tell(whole: Result, bare: Result) -> None:
        nonlocal told
        if whole["rows"] // every > told:
            told = whole["rows"] // every
            print(f"{line('so far', whole)}; {ratios(whole, bare)}", file=sys.stderr, flush=True)

    return tell


def ratios(whole: Result, bare: Result) -> str:
    """How many rows an import does while the bare run does one."""
    wall, cpu, strict_wall, strict_cpu = (
        f"{_speed(whole, clock) / _speed(bare, before + clock):.3f}"
        for before in ("", "writing_")
        for clock in ("wall", "cpu")
    )
    return (
        f"to the bare run {wall} by wall clock, {cpu} by processor time;"
        f" to its writing alone {strict_wall}, {strict_cpu}"
    )


def line(name: str, result: Result) -> str:
    """Speed, rows and memory of one run."""
    speeds = f"{_speed(result, 'wall'):9,.0f} rows/s, {_speed(result, 'cpu'):9,.0f} per CPU second"
    rest = f"{result['rows']:,} rows in {result['wall']:,.0f} s, peak {result['peak']:,} MB"
    rejected = f", {result['rejected']:,} rejected" if result.get("rejected") else ""
    return f"{name:27}{speeds}, {rest}{rejected}"


def _speed(result: Result, clock: str) -> float:
    return float(result["rows"] / result[clock])


def alone(*arguments: str) -> Any:
    """What a module of ours answers from a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def compare(folder: Path, rows: int, texts: Sequence[str], campaign: str) -> None:
    """Writes the file into `folder`, brings it in, and prints how fast that went."""
    print(f"{rows:,} rows, {len(texts):,} distinct texts", flush=True)
    posts = folder / "posts.csv"
    write_file(posts, rows, texts)
    chosen = ("--campaign", campaign, "--child", str(posts), str(folder))
    whole, bare = alone("bench.imports", *chosen)
    print(line("import", whole))
    print(line("executemany, same tables", bare))
    print(f"  {ratios(whole, bare)}", flush=True)
    flat = alone("bench.bare", "flat", str(posts), str(folder / "flat.db"))
    print(line("executemany, one flat table", flat))
    print(f"  {ratios(whole, flat)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--campaign", default="mamhkoumch-2025")
    parser.add_argument("--folder", type=Path, help="Where to write; needs some 2 kB a row.")
    parser.add_argument("--distinct", type=int, help="Distinct texts, of those that there are.")
    parser.add_argument("--child", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        posts, home = options.child
        print(json.dumps(imported(posts, home, options.campaign, now_and_then())))
        return
    texts = corpus_texts(options.texts) if options.texts else written_texts()
    texts = evenly(texts, options.distinct or len(texts))
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        compare(Path(folder), options.rows, texts, options.campaign)


if __name__ == "__main__":
    main()
