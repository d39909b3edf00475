"""A smoke size of bench/coverage.py: gross errors of the intervals would show here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "coverage.py"
pytestmark = pytest.mark.skipif(not BENCH.exists(), reason="the benchmark is not beside the tests")


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_coverage", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_intervals_hold_the_truth_and_alarms_are_rare(bench: ModuleType) -> None:
    held = alarms = quiet = z_held = count = 0.0
    for scenario in bench.SCENARIOS:
        volume, share = bench.scores(scenario, 12, seed=7)
        for score in (volume["this"], share["this"]):
            held += score.coverage
            count += 1
            if score.alarms is not None:
                alarms += score.alarms
                quiet += 1
        z_held += share["z"].coverage
    assert len(bench.SCENARIOS) >= 17
    assert held / count >= 0.92  # 0.96 nominal-ish; 408 intervals, so 0.92 is four errors below
    assert alarms / quiet <= 0.08
    assert z_held / len(bench.SCENARIOS) < 0.75


def test_the_simulated_campaigns_are_what_they_say(bench: ModuleType) -> None:
    scenario = bench.SCENARIOS[4]
    chance = bench.np.random.default_rng(0)
    campaigns = [bench.simulate(scenario, chance) for _ in range(200)]
    ratios = [c.counts[c.during].mean() / c.counts[c.before].mean() for c in campaigns]
    assert bench.np.median(ratios) == pytest.approx(1 + scenario.lift, rel=0.1)
    lost = bench.simulate(bench.Scenario("gaps", missing=0.1), chance)
    assert bench.np.isnan(lost.counts).sum() == 5


def test_the_table_has_a_line_a_scenario(
    bench: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "SCENARIOS", bench.SCENARIOS[:2])
    lines = list(bench.table(2, seed=1))
    assert len(lines) == 5
    assert lines[2].startswith("28 days, 200 a day")
