"""The tables of what a campaign can hope to show, and of alerts, in their smallest size."""

import pytest

pytest.importorskip("bench.coverage", reason="the benchmark is not beside the tests")

import numpy as np

from bench import alerts, power
from bench.coverage.scenarios import Scenario


def test_a_longer_campaign_shows_more() -> None:
    short, long = (
        power.cell(
            Scenario("", during=days, lift=1.0, shift=0.1, after=0), 6, np.random.default_rng(1)
        )
        for days in (3, 27)
    )
    assert short.ratio > long.ratio > 1
    assert short.difference > long.difference > 0


def test_every_size_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power, "BASELINES", (28,))
    monkeypatch.setattr(power, "LEVELS", (20,))
    monkeypatch.setattr(power, "LABELS", (50,))
    lines = list(power.tables(2, seed=1))
    assert sum(text.startswith("| 28 days | 20 |") for text in lines) == len(power.LENGTHS)
    assert lines[-1].startswith("| 50 |")


def test_every_rule_is_asked_the_same_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "LEVELS", (200,))
    monkeypatch.setattr(alerts, "CORRELATIONS", (0.0,))
    monkeypatch.setattr(alerts, "RULES", alerts.RULES | {"always": lambda counts, dates: True})
    lines = list(alerts.tables(4, seed=1))
    assert len(lines) == 2 + len(alerts.GENERATORS) + 1
    assert all(text.endswith("| 100.0 / 100 |") for text in lines[2:])
