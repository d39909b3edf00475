"""The conductor's jobs, without waiting for its clock: `tick` is called by hand."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from collectors.base import Cursor, Lookup, Page, Query, Unreachable, Window
from config.errors import SadaError
from nlp.annotation import Annotation, TextModel
from nlp.recipe import Recipe
from sada.bootstrap import Sada
from sada.lock import only_one
from sada.scheduler import Conductor
from storage.annotating import shown_model
from storage.queries import campaigns_with_posts, posts, texts_waiting
from storage.rows import Cut
from storage.runs import last_runs, start_run
from tests.sada.support import Clock, post


class Reader:
    """A text model that reads everything as neutral French."""

    name, version = "reader", "1"

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        return [Annotation("fr", 0.1, 0.8, 0.1, "neu", 0.01) for _ in texts]


@contextmanager
def open_reader(recipe: Recipe, stop: Callable[[], bool]) -> Iterator[TextModel]:
    yield Reader()


class Source:
    name = platform = "x"
    bills = False

    def __init__(self) -> None:
        self.passes = 0
        self.error: Exception | None = None
        self.gate: threading.Event | None = None
        self.gone: set[str] = set()

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        self.passes += 1
        if self.error:
            raise self.error
        yield Page([post(1), post(2)], {"at": "1"}, window)
        if self.gate:
            self.gate.wait(10)
        yield Page([post(3)], {"at": "2"}, window)

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        found = [post(int(one)) for one in platform_ids if one not in self.gone]
        return Lookup(found, [one for one in platform_ids if one in self.gone])

    def check(self) -> str:
        return ""


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    made = Source()
    monkeypatch.setattr("sada.scheduler.collect_source", _with(made))
    monkeypatch.setattr("sada.pipeline.recheck.build_collector", lambda *_: made)
    return made


def _with(source: Source) -> Callable[..., object]:
    from sada.pipeline.collect import collect_source

    return lambda *args, **options: collect_source(*args, **options, build=lambda *_: source)


@pytest.fixture
def conductor(sada: Sada, source: Source) -> Iterator[Conductor]:
    made = Conductor(sada, open_reader)
    made.start()
    yield made
    made.stop()


def until(done: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def test_what_is_due_is_done(conductor: Conductor, sada: Sada) -> None:
    until(lambda: campaigns_with_posts(sada.database) == {"small": 3})
    until(conductor.idle)
    conductor.tick()
    until(lambda: texts_waiting(sada.database) == 0 and shown_model(sada.database) is not None)


def test_a_rhythm_is_kept_across_ticks(
    conductor: Conductor, sada: Sada, source: Source, clock: Clock
) -> None:
    until(lambda: ("small", "x") in last_runs(sada.database) and conductor.idle())
    passes = source.passes
    conductor.tick()
    until(conductor.idle)
    assert source.passes == passes
    clock.now += timedelta(minutes=30)
    conductor.tick()
    until(lambda: source.passes > passes)


def test_a_failing_source_is_tried_again_at_its_next_round(
    conductor: Conductor, sada: Sada, source: Source, clock: Clock
) -> None:
    until(lambda: ("small", "x") in last_runs(sada.database) and conductor.idle())
    source.error = Unreachable("x", "did not answer.")
    clock.now += timedelta(minutes=30)
    conductor.tick()
    until(lambda: last_runs(sada.database)["small", "x"].state == "failed")
    until(conductor.idle)
    source.error = None
    clock.now += timedelta(minutes=30)
    conductor.tick()
    until(lambda: last_runs(sada.database)["small", "x"].state == "ok")


@pytest.mark.parametrize(("bills", "kept"), [(False, {"1", "3"}), (True, {"1", "2", "3"})])
def test_deletions_are_found_after_a_campaign_has_closed_where_that_is_free(
    conductor: Conductor, sada: Sada, source: Source, clock: Clock, bills: bool, kept: set[str]
) -> None:
    until(lambda: campaigns_with_posts(sada.database) == {"small": 3} and conductor.idle())
    source.bills, source.gone, passes = bills, {"2"}, source.passes
    clock.now += timedelta(days=90)
    conductor.tick()
    until(conductor.idle)
    stored, _ = posts(sada.database, "small", Cut())
    assert {one.platform_id for one in stored} == kept
    assert source.passes == passes, "nothing is collected any more"


def test_stopping_finishes_the_page_in_hand(sada: Sada, source: Source) -> None:
    source.gate = threading.Event()
    conductor = Conductor(sada, open_reader)
    conductor.start()
    until(lambda: campaigns_with_posts(sada.database) == {"small": 2})
    ender = threading.Thread(target=conductor.stop)
    ender.start()
    until(conductor.stopping.is_set)
    source.gate.set()
    ender.join(20)
    assert not ender.is_alive()
    assert last_runs(sada.database)["small", "x"].state in ("stopped", "ok")


def test_a_run_that_a_kill_left_open_is_closed_at_the_next_start(
    sada: Sada, source: Source, clock: Clock
) -> None:
    start_run(sada.database, "small", "reddit", clock(), ["q"])
    conductor = Conductor(sada, open_reader)
    conductor.start()
    conductor.stop()
    assert last_runs(sada.database)["small", "reddit"].state == "stopped"


def test_a_second_scheduler_is_refused(tmp_path: Path) -> None:
    held = ExitStack()
    held.enter_context(only_one(tmp_path, "schedule"))
    with (
        held,
        pytest.raises(SadaError, match="another Sada schedule runs"),
        only_one(tmp_path, "schedule"),
    ):
        pass
    with only_one(tmp_path, "schedule"):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_process_ends_cleanly_on_a_signal(tmp_path: Path, sign: signal.Signals) -> None:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("SADA_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "sada", "schedule"],
        cwd=tmp_path,
        env=environ,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    try:
        until((tmp_path / "sada-data" / "schedule.lock").exists, 60)
        for line in process.stderr:
            if "scheduler started" in line:
                break
        process.send_signal(sign)
        said = process.communicate(timeout=60)[1]
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert "Traceback" not in said
