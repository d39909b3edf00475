"""Every command of the tutorial runs, in its order, in one shell and an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"


def commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), re.S)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.slow
def test_the_tutorial_runs(tmp_path: Path) -> None:
    script = "set -ex\n" + "\n".join(commands())
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("SADA_")} | {"PATH": path}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environ, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "report-fr" / "index.html").stat().st_size > 10_000
    assert (tmp_path / "digest.eml").stat().st_size > 5_000
    assert "2 new, 0 updated, 0 unchanged, 1 rejected" in done.stdout
    rejected = (tmp_path / "posts.csv.rejects.ndjson").read_text(encoding="utf-8")
    assert rejected.count("\n") == 2  # how the file was read, and one row
