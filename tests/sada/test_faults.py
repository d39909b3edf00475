"""Every fault of trust's list on every live source: nothing lost, nothing twice, gaps told.

Sources and kinds come from the registries: a new source is tried without a line here. The whole
matrix is `python -m bench.faults`.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bench.faults import HEALTHY_CALLS, Bench, Case, patience
from config.campaign import SourcePlan
from config.load import load_settings
from sada.bootstrap import Sada, assemble
from sada.sandbox.campaign import write_campaign
from sada.sandbox.faults import Fault, FaultKind
from sada.sandbox.platforms import PLATFORMS
from sada.scheduler import Conductor
from sada.sources import SOURCES
from storage.runs import last_runs
from tests.sada.test_scheduler import open_reader, until

REFUSALS: tuple[FaultKind, ...] = ("402", "403", "429", "429-no-reset")
PASSING: tuple[FaultKind, ...] = (
    "503", "200-errors", "slow", "reset", "truncated-gzip", "malformed",
)  # fmt: skip
ATTEMPTS = 3


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("faults"), posts_a_day=1.2)


def test_every_source_has_a_simulator() -> None:
    assert set(SOURCES) <= set(PLATFORMS)


def assert_nothing_lost(case: Case) -> None:
    assert (case.lost, case.doubled, case.strange) == (0, 0, 0), case
    assert case.honest, case


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_told_and_not_repeated(bench: Bench, source: str, kind: FaultKind) -> None:
    case = bench.case(source, kind)
    assert_nothing_lost(case)
    assert case.error
    assert case.calls <= HEALTHY_CALLS + ATTEMPTS
    assert case.again is None or case.again > timedelta(0)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", PASSING)
def test_a_passing_fault_is_asked_again_and_given_up(
    bench: Bench, source: str, kind: FaultKind
) -> None:
    case = bench.case(source, kind)
    assert_nothing_lost(case)
    assert case.error
    assert case.calls <= HEALTHY_CALLS + 10 * ATTEMPTS
    assert case.waited <= 90


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("kind", ["overlap", "reordered"])
def test_pages_in_disorder_change_nothing(bench: Bench, source: str, kind: FaultKind) -> None:
    case = bench.case(source, kind)
    assert_nothing_lost(case)
    assert (case.state, case.missing) == ("ok", 0)


@pytest.mark.parametrize("source", SOURCES)
def test_pages_without_end_have_one(bench: Bench, source: str) -> None:
    case = bench.case(source, "endless")
    assert_nothing_lost(case)
    assert case.calls <= 1100


def test_a_silent_source_does_not_delay_another(bench: Bench, tmp_path: Path) -> None:
    plans = tuple(SourcePlan(name=name) for name in ("x", "bluesky"))
    write_campaign(bench.campaign.model_copy(update={"sources": plans}), tmp_path / "campaigns")
    with bench.served() as sandbox:
        bench.faults.set([Fault("/x/", "slow", probability=1.0, seconds=3.0)])
        environ = sandbox.settings | {
            "SADA_HOME": str(tmp_path / "home"),
            "SADA_CAMPAIGNS_DIR": str(tmp_path / "campaigns"),
        }
        sada = assemble(load_settings(environ, tmp_path), clock=lambda: bench.now)
        sada = replace(sada, patience=patience("", []))
        conductor = Conductor(sada, open_reader)
        conductor.tick()
        try:
            until(lambda: state(sada, "bluesky") == "ok", 60)
            assert state(sada, "x") == "running"
        finally:
            conductor.stop()  # lets the page in hand be finished
        assert state(sada, "x") in ("stopped", "ok")
        sada.database.close()


def state(sada: Sada, source: str) -> str:
    run = last_runs(sada.database).get(("faults", source))
    return run.state if run else "not asked"
