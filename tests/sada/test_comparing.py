"""`sada compare`: what is printed of two campaigns, with and without data."""

import json
from pathlib import Path
from typing import Any

import pytest

from sada.cli.app import run
from sada.comparing import compare_lines

PAIR = ["mamhkoumch-2025", "16-jours-2025"]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_two_campaigns_without_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *PAIR, "--json"]) == 0
    first = capsys.readouterr().out
    document = json.loads(first)
    assert [document[one]["campaign"] for one in ("first", "other")] == PAIR
    verdicts = [
        c["verdict"] for periods in document["contrasts"].values() for c in periods.values()
    ]
    assert verdicts
    assert set(verdicts) == {"not_enough_data"}
    assert document["shared_days"] == 0
    assert run(["compare", *PAIR, "--json"]) == 0
    assert capsys.readouterr().out == first
    assert run(["compare", *PAIR]) == 0
    assert "Originals during: not enough data" in capsys.readouterr().out


def test_a_campaign_is_not_compared_with_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", PAIR[0], PAIR[0]]) == 2
    assert "nothing to compare it with" in capsys.readouterr().err


def change(effect: float) -> dict[str, Any]:
    return {
        "effect": effect,
        "low": effect / 2,
        "high": effect * 2,
        "verdict": "rose",
        "reason": "",
    }


def side(name: str, own: float, corrected: float) -> dict[str, Any]:
    return {
        "campaign": name,
        "phases": {"before": {"originals": 1200}, "during": None, "after": None},
        "changes": {"negative_share": {"during": change(own)}},
        "correction": {"changes": {"negative_share": {"during": change(corrected)}}},
    }


@pytest.mark.parametrize(
    ("corrected", "shown"), [(True, "0.3 [0.15, 0.6]"), (False, "0.2 [0.1, 0.4]")]
)
def test_each_change_stands_under_its_contrast(corrected: bool, shown: str) -> None:
    contrast = {
        "effect": 0.1,
        "low": 0.02,
        "high": 0.2,
        "verdict": "higher",
        "corrected": corrected,
    }
    lines = list(
        compare_lines(
            {
                "today": "2026-01-01",
                "first": side("one", 0.2, 0.3),
                "other": side("two", 0.1, 0.1),
                "shared_days": 12,
                "contrasts": {"negative_share": {"during": contrast}},
            }
        )
    )
    assert any("1,200" in line for line in lines)
    at = next(n for n, line in enumerate(lines) if "more than the other, 0.1 [0.02, 0.2]" in line)
    assert ("corrected" in lines[at]) is corrected
    assert shown in lines[at + 1]
    assert lines[at + 1].startswith("  one: rose")
    assert "share 12 days" in lines[-1]
