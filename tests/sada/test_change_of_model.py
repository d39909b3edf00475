"""A change of model from end to end: real processes, tiny models, a kill in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sada.bootstrap import Sada
from sada.check_model import model_findings
from sada.cli.app import run
from sada.cli.reading import duration, line
from sada.reading import Reading
from storage import queries
from storage.collecting import store_batch
from storage.incoming import Batch, Incoming
from storage.rows import Cut
from storage.wanted import Progress, reading_progress, shown
from tests.nlp.hub.hub_made import FEELINGS, make_model
from tests.sada.support import NOW, post

POSTS = 300
TURNED = {word: row[::-1] for word, row in FEELINGS.items()}
"""A model that calls good what the first calls bad."""


@pytest.fixture
def stored(make_sada: Callable[..., Sada]) -> Sada:
    sada = make_sada()
    posts = [
        Incoming(
            post(n, f"{'bravo bravo' if n % 3 else 'honte honte'} {n} #Sghira"),
            scope="campaign",
            standing="earned",
        )
        for n in range(1, POSTS + 1)
    ]
    batch = Batch(
        campaign="small", source="x", query="q", cursor=None, covered=None, run=None, calls=1,
        billed=0, dollars=0.0, taken_at=NOW, posts=posts,
    )  # fmt: skip
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)
    return sada


class Commands:
    """Runs `sada` on the home of a test, with a sentiment model of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {
            name: value for name, value in os.environ.items() if not name.startswith("SADA_")
        } | {
            "SADA_HOME": str(folder / "home"),
            "SADA_CAMPAIGNS_DIR": str(folder / "campaigns"),
            "SADA_NLP__BATCH_SIZE": "5",
            "SADA_NLP__OFFLINE": "true",
        }

    def start(self, *command: str, model: Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "sada", *command],
            cwd=self.folder,
            env=self.environ | {"SADA_NLP__SENTIMENT_MODEL": str(model)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


def labels(sada: Sada) -> tuple[int, int, int]:
    days = queries.daily(sada.database, "small", Cut())
    return sum(d.neg for d in days), sum(d.pos for d in days), sum(d.annotated for d in days)


def until(done: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 120
    while not done():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def progress(sada: Sada) -> Progress:
    found = reading_progress(sada.database)
    assert found is not None
    return found


def children(process: "subprocess.Popen[str]") -> list[int]:
    listed = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(pid) for path in listed for pid in path.read_text().split()]


def is_gone(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().split()[2] == "Z"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for child processes in /proc")
@pytest.mark.parametrize("command", ["annotate", "schedule"])
def test_a_kill_in_the_middle_of_a_change(
    stored: Sada, commands: Commands, tmp_path: Path, command: str
) -> None:
    turned = make_model(tmp_path / "turned", says=TURNED)
    reading = Reading(stored)
    reading.want()
    reading.round()
    before, after = labels(stored), (POSTS - POSTS // 3, POSTS // 3, POSTS)
    assert before[2] == POSTS
    assert before != after
    first = shown(stored.database)

    process = commands.start(command, model=turned)
    until(
        lambda: (found := reading_progress(stored.database)) is not None and found.read > 20,
        process,
    )
    workers = children(process)
    process.kill()
    process.wait()
    read = progress(stored).read
    assert 20 < read < POSTS
    assert labels(stored) == before
    assert shown(stored.database) == first
    deadline = time.monotonic() + 60
    while not all(map(is_gone, workers)):
        assert time.monotonic() < deadline, "the model's process outlived its parent"
        time.sleep(0.05)

    process = commands.start(command, model=turned)
    seen = set()
    while reading_progress(stored.database) is not None:
        seen.add(labels(stored))
        assert process.poll() in (None, 0), process.communicate()[0]
    assert seen <= {before, after}
    assert before in seen
    if command == "schedule":
        process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 0, said
    if command == "annotate":
        assert f"{POSTS - read} texts read" in said
    assert labels(stored) == after


def test_the_commands_tell_what_is_going_on(
    stored: Sada,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def sada(*command: str, model: Path = tmp_path / "good", rc: int = 0) -> str:
        monkeypatch.setenv("SADA_NLP__SENTIMENT_MODEL", str(model))
        assert run(command) == rc
        said = capsys.readouterr()
        return said.out if rc == 0 else said.err

    make_model(tmp_path / "good")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SADA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SADA_CAMPAIGNS_DIR", str(tmp_path / "campaigns"))
    said = sada("annotate", model=tmp_path / "nowhere", rc=2)
    assert "SADA_NLP__SENTIMENT_MODEL: there is no folder" in said
    assert labels(stored)[2] == POSTS  # by the embedded model, so that there is something to see

    status = sada("status")
    assert "model sada-embedded" in status
    assert "cannot be used: SADA_NLP__SENTIMENT_MODEL: there is no folder" in status
    reading = json.loads(sada("status", "--json"))["reading"]
    assert reading["error"].startswith("SADA_NLP__SENTIMENT_MODEL")

    assert f"{POSTS} texts read; shown: good (sentiment) + sada-embedded" in sada("annotate")
    assert json.loads(sada("status", "--json"))["reading"] is None
    assert f": {POSTS} annotations deleted" in sada("annotate", "--prune")
    assert "nothing to delete" in sada("annotate", "--prune")

    texts = tmp_path / "texts.txt"
    texts.write_text("bravo bravo\nhonte honte\n", encoding="utf-8")
    found = [json.loads(line) for line in sada("classify", str(texts)).splitlines()]
    assert [one["label"] for one in found] == ["pos", "neg"]
    assert found[0]["model"].startswith("good (sentiment) + sada-embedded ")


def test_check_opens_the_model_and_says_what_it_is(
    stored: Sada, make_sada: Callable[..., Sada], tmp_path: Path
) -> None:
    reading = Reading(stored)
    reading.want()
    reading.round()
    good = make_model(tmp_path / "good")
    sada = make_sada(SADA_NLP__SENTIMENT_MODEL=str(good))
    found = list(model_findings(sada, timer=iter((0.0, 2.0)).__next__))
    assert all(ok for ok, _ in found)
    said = "\n".join(line for _, line in found)
    assert "✓ model: good (sentiment) + sada-embedded" in said
    assert "labels negative=neg, neutral=neu, positive=pos" in said
    assert f"about 16 texts a second: reading the {POSTS} stored texts takes about 19 s" in said
    (bad,) = model_findings(make_sada(SADA_NLP__SENTIMENT_MODEL="./nowhere"))
    assert bad[0] is False
    assert "there is no folder" in bad[1]


def test_how_far_a_reading_is_in_words() -> None:
    assert (
        line(1200, 48_000, 60) == "1,200 of 48,000 texts read (2%), 20 a second, about 39 min left"
    )
    assert line(48_000, 48_000, 60) == "48,000 of 48,000 texts read (100%), 800 a second"
    assert [duration(s) for s in (5, 600, 19_000)] == ["5 s", "10 min", "5 h 17 min"]
