"""Scores that were measured are kept, so that hours of work can be split, stopped and gone on with.

Each scenario's scores are a small JSON file in a folder, named by all that they depend on, a digest
of the code that measured them included: what an older method scored is never taken for today's.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from bench.coverage.scenarios import SCENARIOS, Scenario
from bench.coverage.scores import Score

Measure = Callable[[Scenario, str, int, int], Mapping[str, Score]]
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Kept:
    """Scores kept in `folder` (`None`: measured every time)."""

    folder: Path | None

    def scores(
        self, measure: Measure, scenario: Scenario, generator: str, campaigns: int, seed: int
    ) -> Mapping[str, Score]:
        """What `measure` gives, from the folder where it was measured already."""
        if self.folder is None:
            return measure(scenario, generator, campaigns, seed)
        number = SCENARIOS.index(scenario)
        name = f"{measure.__name__}-{generator}-{number}-{campaigns}-{seed}-{code()}.json"
        file = self.folder / name
        if not file.exists():
            _write(file, measure(scenario, generator, campaigns, seed))
        found = json.loads(file.read_text(encoding="utf-8"))
        return {metric: Score(**one) for metric, one in found.items()}


@cache
def code() -> str:
    """Digest of the sources that scores come from; those that only print have no part in it."""
    found = [*sorted(ROOT.glob("measures/*.py")), *sorted(ROOT.glob("bench/coverage/*.py"))]
    files = [file for file in found if file.name not in ("__main__.py", "tables.py")]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _write(file: Path, scores: Mapping[str, Score]) -> None:
    """Whole or not at all: another process may look for it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    text = json.dumps({metric: asdict(one) for metric, one in scores.items()})
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)
