"""kill -9 at random moments of collect, import and annotate: `python -m bench.kills`.

Real processes on a real database. A command is started and killed again and again until it ends by
itself; after every kill the database must be whole and hold all that it held before. Then what is
stored is compared with what an undisturbed command stores. `--write` puts the figures into
docs/reference/fault-matrix.md.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

from sada.sandbox.campaign import sandbox_campaign, write_campaign
from sada.sandbox.design import Design
from sada.sandbox.server import Sandbox, start_sandbox
from sada.sandbox.world import World, make_world

WORKS: Final = ("collect", "import", "annotate")
SOURCES: Final = ("x", "youtube", "bluesky")
PAGE = Path("docs/reference/fault-matrix.md")
ROOT = Path(__file__).parents[1]
LATENCY = 0.01
"""Seconds a call, so that kills fall between calls too."""


@dataclass
class Result:
    """What kills did to one command.

    `kills` found it at work; it was brought to its end in `rounds` homes. `broken`: integrity
    checks that failed. `lost`: rows that were there before a kill and not after. `missing`,
    `doubled`, `strange`: at the end, against an undisturbed command.
    """

    work: str
    kills: int = 0
    rounds: int = 0
    broken: int = 0
    lost: int = 0
    missing: int = 0
    doubled: int = 0
    strange: int = 0
    undisturbed: float = 0.0
    """Seconds that the command takes when nothing kills it."""
    resumed: list[float] = field(default_factory=list)
    """Seconds that it took after its last kill, from its start to its end."""


class Kills:
    """Commands on homes of their own, all against one sandbox."""

    def __init__(self, folder: Path, sandbox: Sandbox, rows: int, chance: Random) -> None:
        self._folder, self._rows, self._chance = folder, rows, chance
        self._environ = dict(sandbox.settings)
        world = sandbox.world
        campaign = sandbox_campaign(world.design)
        plans = tuple(plan for plan in campaign.sources if plan.name in SOURCES)
        write_campaign(campaign.model_copy(update={"sources": plans}), folder / "campaigns")
        self._file = _export(world, rows, folder / "posts.csv")
        self._wanted: dict[str, tuple[set[str], float]] = {}
        self._quickest: dict[str, float] = {}
        """Seconds from nothing to the end: on a machine that grows quieter a kill must come
        sooner to meet the command at work."""

    def run(self, work: str, kills: int) -> Result:
        """Kills `work` until it was hit `kills` times."""
        wanted, lasts = self._undisturbed(work)
        self._quickest[work] = lasts
        result = Result(work, undisturbed=lasts)
        while result.kills < kills:
            self._round(work, wanted, kills, result)
        return result

    def _round(self, work: str, wanted: set[str], kills: int, result: Result) -> None:
        """One home, from empty to done."""
        result.rounds += 1
        home = self._home(work, result.rounds)
        held = _rows(home, work)
        begun, met = time.monotonic(), result.kills
        while result.kills < kills:
            if not self._killed(home, work, self._chance.uniform(0.2, 1.0) * self._quickest[work]):
                break
            result.kills += 1
            result.broken += not _is_whole(home)
            now = _rows(home, work)
            result.lost += len(held - now)
            held = now
        if result.kills == met:
            self._quickest[work] = min(self._quickest[work], time.monotonic() - begun)
        began = time.monotonic()
        self._do(home, work)
        result.resumed.append(time.monotonic() - began)
        result.broken += not _is_whole(home)
        stored = _rows(home, work)
        result.lost += len(held - stored)
        result.missing += len(wanted - stored)
        result.strange += len(stored - wanted)
        result.doubled += _doubled(home, work)

    def _undisturbed(self, work: str) -> tuple[set[str], float]:
        if work not in self._wanted:
            home = self._home(work, 0)
            began = time.monotonic()
            self._do(home, work)
            self._wanted[work] = _rows(home, work), time.monotonic() - began
        return self._wanted[work]

    def _home(self, work: str, number: int) -> Path:
        """A new home; for annotate one that holds the posts already."""
        home = self._folder / f"{work}-{number}"
        home.mkdir()
        if work == "annotate":
            self._do(home, "import")
        return home

    def _killed(self, home: Path, work: str, after: float) -> bool:
        """Starts `work` and kills it; False where it had ended before."""
        process = self._start(home, work)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
        return False

    def _do(self, home: Path, work: str) -> None:
        process = self._start(home, work)
        said = process.communicate(timeout=600)[1]
        if process.returncode:
            raise RuntimeError(f"{work} ended with {process.returncode}: {said[-500:]}")

    def _start(self, home: Path, work: str) -> "subprocess.Popen[str]":
        known: Mapping[str, str] = {
            **os.environ,
            **self._environ,
            "SADA_HOME": str(home),
            "SADA_CAMPAIGNS_DIR": str(self._folder / "campaigns"),
            "PYTHONPATH": str(ROOT),
        }
        told = [sys.executable, "-m", "sada", *self._command(work)]
        return subprocess.Popen(
            told,
            cwd=home,
            env=known,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def _command(self, work: str) -> Sequence[str]:
        if work == "import":
            given = ["--campaign", "sandbox", "--set", "platform=facebook"]
            return ["import", str(self._file), *given]
        return [work]


def _export(world: World, rows: int, path: Path) -> Path:
    """A CSV of posts with ids and times of their own, texts those of the world."""
    texts = [item.versions[0].text.replace('"', "'") for item in world.items]
    lines = ["id,created_at,text"]
    for n in range(rows):
        text = f"{texts[n % len(texts)]} {n}"
        lines.append(f'{10_000 + n},2026-11-{1 + n % 20:02} 10:00:00,"{text}"')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _rows(home: Path, work: str) -> set[str]:
    """What `work` has committed: posts, or the texts that were read."""
    if work == "annotate":
        return set(_asked(home, "SELECT text_id FROM annotations"))
    return set(_asked(home, "SELECT platform || ':' || platform_id FROM posts"))


def _doubled(home: Path, work: str) -> int:
    table, of = ("annotations", "text_id || ':' || model_id")
    if work != "annotate":
        table, of = "posts", "platform || ':' || platform_id"
    (count,) = _asked(home, f"SELECT count(*) - count(DISTINCT {of}) FROM {table}")
    return int(count)


def _is_whole(home: Path) -> bool:
    return _asked(home, "PRAGMA integrity_check") in ([], ["ok"])


def _asked(home: Path, statement: str) -> list[str]:
    """The first column; nothing where there is no database or no table yet."""
    path = home / "sada.db"
    if not path.exists():
        return []
    connection = sqlite3.connect(path, timeout=30)
    try:
        return [str(row[0]) for row in connection.execute(statement)]
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return []
        raise
    finally:
        connection.close()


def small_world(now: datetime) -> World:
    """Some posts a day on the platforms that are collected; nothing happens after `now`."""
    few = {"x": 12.0, "youtube": 3.0, "bluesky": 3.0}
    names = Design(now.date()).per_day
    design = Design(
        now.date(), 5, {name: few.get(name, 0.1) for name in names}, dict.fromkeys(names, 0.2)
    )
    world = make_world(now.date(), design=design)
    shown = [item for item in world.published(now) if item.alive(now)]
    calm = [
        replace(item, deleted_at=None, versions=tuple(v for v in item.versions if v.at <= now))
        for item in shown
    ]
    return World(design, calm)


def line(result: Result) -> str:
    """A row of the table."""
    return (
        f"| {result.work} | {result.kills} | {result.rounds} | {result.broken} | {result.lost}"
        f" | {result.missing} | {result.doubled} | {max(result.resumed):.0f} s"
        f" ({result.undisturbed:.0f} s) |"
    )


HEAD = (
    "| command | kills | times completed | integrity failed | committed rows lost | rows missing"
    " at the end | rows doubled | longest completion after a kill (undisturbed) |\n"
    "|---|---|---|---|---|---|---|---|"
)


def main() -> None:
    """Prints the table, or writes it into its page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="of all three commands together")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--works", nargs="+", choices=WORKS, default=list(WORKS))
    parser.add_argument("--write", action="store_true", help="rows of other commands stay")
    options = parser.parse_args()
    rows: dict[str, str] = {}
    print(HEAD, flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        start_sandbox(small_world(datetime.now(UTC)), latency=LATENCY) as sandbox,
    ):
        kills = Kills(Path(folder), sandbox, options.rows, Random(options.seed))
        for n, work in enumerate(WORKS):
            if work in options.works:
                rows[work] = line(kills.run(work, options.kills // 3 + (n < options.kills % 3)))
                print(rows[work], flush=True)
                if options.write:
                    write(options.kills, rows)


def write(kills: int, rows: Mapping[str, str]) -> None:
    """Put the rows into the page; those of commands that did not run stay as they are."""
    before, mark, rest = PAGE.read_text(encoding="utf-8").partition("<!-- kills -->\n")
    kept, end, after = rest.partition("<!-- end of kills -->\n")
    told = f"`python -m bench.kills --kills {kills} --write`, {datetime.now(UTC):%Y-%m-%d}"
    found = {row.split("|")[1].strip(): row for row in kept.splitlines() if row.startswith("|")}
    table = [HEAD, *(known[work] for work in WORKS if work in (known := {**found, **rows}))]
    page = "\n".join([f"{before}{mark}", told, "", *table, "", f"{end}{after}"])
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
