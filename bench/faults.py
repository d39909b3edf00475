"""What each fault of each source does to what is collected: `python -m bench.faults`.

Real collectors and a real database against the sandbox. In every case a source is collected while
the fault lasts, then once more two hours later when it is over. What is stored is compared with a
source that never failed. `--write` puts the table into docs/reference/fault-matrix.md.
"""

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from collectors.retry import Patience
from config.campaign import Campaign, SourcePlan
from config.load import load_settings
from sada.bootstrap import Sada, assemble
from sada.pipeline.collect import Outcome, collect_source
from sada.sandbox.campaign import sandbox_campaign, write_campaign
from sada.sandbox.design import Design
from sada.sandbox.faults import KINDS, TWISTS, Fault, FaultKind, Faults
from sada.sandbox.item import Item
from sada.sandbox.platforms import PLATFORMS
from sada.sandbox.server import Sandbox, start_sandbox
from sada.sandbox.world import World, make_world
from sada.sources import SOURCES
from storage.queries import export_rows, source_states

TODAY = date(2026, 11, 20)
BEGAN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
AFTER = timedelta(hours=2)
ROWS = 8
"""Rows of a page, so that a small world has many pages."""
POSTS_A_DAY = 3.0
HEALTHY_CALLS = 3
"""Calls that go well before statuses and broken answers begin: a log-in, a page or two."""
_LATER = range(HEALTHY_CALLS + 1, 100_000)
PAGE = Path("docs/reference/fault-matrix.md")


@dataclass(frozen=True)
class Case:
    """What one fault did to one source.

    `state`, `error`, `calls`, `waited` (seconds it would have slept): of the pass during the fault.
    `again`: after what time the source may be asked again, where that is not its rhythm.
    `honest`: every post missing then, or the one that it stands below, lay in hours that the ledger
    does not call collected. `after`:
    state of the pass after it. `lost`, `doubled`, `strange`: posts then, against a source that
    never failed.
    """

    source: str
    kind: str
    state: str
    error: str
    calls: int
    waited: float
    again: timedelta | None
    missing: int
    honest: bool
    after: str
    lost: int
    doubled: int
    strange: int


class Bench:
    """A small world, served with short pages, and a new database for every case."""

    def __init__(
        self,
        folder: Path,
        sources: Sequence[str] = tuple(SOURCES),
        posts_a_day: float = POSTS_A_DAY,
    ) -> None:
        self._folder = folder
        self.sources = [name for name in sources if name in PLATFORMS]
        self.world = small_world(posts_a_day)
        self.campaign = small_campaign(self.world)
        write_campaign(self.campaign, folder / "campaigns")
        self.faults, self.now = Faults(), BEGAN
        self._expected: dict[str, Counter[str]] = {}
        self._made: Path | None = None

    def case(self, source: str, kind: FaultKind) -> Case:
        """Collects while `kind` lasts, then after it."""
        expected = self.expected(source)
        with self.served() as sandbox:
            return self._case(source, kind, expected, sandbox)

    def _case(self, source: str, kind: FaultKind, expected: Counter[str], sandbox: Sandbox) -> Case:
        waits: list[float] = []
        sada = self._sada(f"{source}-{kind}", sandbox, patience(kind, waits))
        self.now = BEGAN
        self.faults.set([fault(source, kind)])
        during = self._collect(sada, source)
        held = self._stored(sada, source)
        there = {item.id for item in self.world.items if item.created_at < BEGAN}
        missing = [one for one in expected if one in there and one not in held]
        calls = self.faults.asked
        honest = self._is_honest(sada, source, missing)
        self.faults.set([])
        self.now = BEGAN + AFTER
        after = self._collect(sada, source)
        stored = self._stored(sada, source)
        sada.database.close()
        return Case(
            source=source,
            kind=kind,
            state=during.state,
            error=during.error,
            calls=calls,
            waited=sum(waits),
            again=during.resume_at - BEGAN if during.resume_at else None,
            missing=len(missing),
            honest=honest,
            after=after.state,
            lost=sum((expected - stored).values()),
            doubled=sum(count - 1 for count in stored.values()),
            strange=len(stored.keys() - expected.keys()),
        )

    def expected(self, source: str) -> Counter[str]:
        """What two passes bring that nothing disturbs."""
        if source not in self._expected:
            with self.served() as sandbox:
                self._expected[source] = self._undisturbed(source, sandbox)
        return self._expected[source]

    def _undisturbed(self, source: str, sandbox: Sandbox) -> Counter[str]:
        sada = self._sada(f"{source}-undisturbed", sandbox, patience("", []))
        self.faults.set([])
        for self.now in (BEGAN, BEGAN + AFTER):
            done = self._collect(sada, source)
            if done.state != "ok":
                raise RuntimeError(f"{source} does not work without a fault: {done.error}")
        stored = self._stored(sada, source)
        sada.database.close()
        return stored

    def served(self) -> Sandbox:
        """Simulators of which nothing was asked yet: they count calls too."""
        return start_sandbox(self.world, now=lambda: self.now, faults=self.faults, most=ROWS)

    def _sada(self, name: str, sandbox: Sandbox, patience: Patience) -> Sada:
        home = self._folder / name
        if self._made is not None:
            shutil.copytree(self._made, home)
        environ = sandbox.settings | {
            "SADA_HOME": str(home),
            "SADA_CAMPAIGNS_DIR": str(self._folder / "campaigns"),
        }
        sada = assemble(load_settings(environ, self._folder), clock=lambda: self.now)
        if self._made is None:
            self._made = self._folder / "template"
            sada.database.close()
            shutil.copytree(home, self._made)
        return replace(sada, patience=patience)

    def _collect(self, sada: Sada, source: str) -> Outcome:
        return collect_source(sada, sada.campaign(self.campaign.slug), SourcePlan(name=source))

    def _stored(self, sada: Sada, source: str) -> Counter[str]:
        rows = export_rows(sada.database, self.campaign.slug)
        return Counter(row.platform_id for row in rows if row.platform == source)

    def _is_honest(self, sada: Sada, source: str, missing: Sequence[str]) -> bool:
        first, _ = self.campaign.followed(self.now, sada.timezone)
        (state,) = source_states(
            sada.database, self.campaign.slug, [source], first, self.now, grace=timedelta(0)
        )
        items = {item.id: item for item in self.world.items}
        hour = self.now.replace(minute=0, second=0)

        def is_told(item: Item) -> bool:
            moment = item.created_at
            return moment >= hour or any(gap.start <= moment < gap.end for gap in state.gaps)

        # What stands below a post is looked for only once that was found: its gap is both's.
        threads = [
            [items[one], items.get(items[one].root or "")] for one in missing if one in items
        ]
        return all(any(item and is_told(item) for item in thread) for thread in threads)


def small_world(posts_a_day: float) -> World:
    """A few posts a day on every platform, nothing that goes viral."""
    few = dict.fromkeys(PLATFORMS, posts_a_day)
    none = dict.fromkeys(PLATFORMS, 0.3)
    return make_world(TODAY, design=Design(TODAY, seed=3, per_day=few, noise=none))


def small_campaign(world: World) -> Campaign:
    """The sandbox's campaign with few words, so that each platform is asked few questions."""
    whole = sandbox_campaign(world.design)
    families = [whole.families[0].model_copy(update={"phrases": ()})]
    topic = whole.topic_query[0].model_copy(
        update={"hashtags": ("cyberviolence",), "words": ("cyberviolence",), "phrases": ()}
    )
    return whole.model_copy(
        update={"slug": "faults", "families": tuple(families), "topic_query": (topic,)}
    )


def fault(source: str, kind: FaultKind) -> Fault:
    """`kind` on a source: after some good calls, or, where it bends pages, on all of them."""
    if kind == "forgotten-token":
        return Fault(f"/{source}/", kind, calls=[HEALTHY_CALLS + 1, HEALTHY_CALLS + 2])
    calls = range(1, 100_000) if kind in TWISTS else _LATER
    return Fault(f"/{source}/", kind, calls=calls, seconds=1.5)


def patience(kind: str, waits: list[float]) -> Patience:
    """Sleeps in thought only. Silence is waited for half a second."""
    read = 0.5 if kind == "slow" else 20.0
    return Patience(attempts=3, read=read, sleep=waits.append, chance=Random(1))


def cases(bench: Bench, kinds: Sequence[str] = KINDS) -> Iterator[Case]:
    """Every case in turn."""
    for source in bench.sources:
        for kind in kinds:
            yield bench.case(source, kind)  # type: ignore[arg-type]


def row(case: Case) -> str:
    """A line of the table."""
    honest = "–" if not case.missing else "yes" if case.honest else "**no**"
    return (
        f"| {case.source} | {case.kind} | {case.state} | {_again(case)} | {case.calls}"
        f" | {case.missing} | {honest} | {case.lost} | {case.doubled} |"
    )


def _again(case: Case) -> str:
    if case.state == "ok":
        return ""
    if case.again is None:
        return "next round"
    seconds = case.again.total_seconds()
    return f"{seconds:.0f} s" if seconds < 5400 else f"{seconds / 3600:.0f} h"


HEAD = (
    "| source | fault | the pass | asked again | calls | posts missing then | gap recorded"
    " | posts lost | posts doubled |\n|---|---|---|---|---|---|---|---|---|"
)


def main() -> None:
    """Prints the matrix, or writes its page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", action="append", choices=sorted(SOURCES))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.source or tuple(SOURCES))
        lines = [HEAD]
        print(HEAD, flush=True)
        for case in cases(bench):
            lines.append(row(case))
            print(lines[-1], flush=True)
    if options.write:
        before, mark, _ = PAGE.read_text(encoding="utf-8").partition("<!-- table -->\n")
        told = f"`python -m bench.faults --write`, {datetime.now(UTC):%Y-%m-%d}"
        PAGE.write_text(f"{before}{mark}\n{told}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
