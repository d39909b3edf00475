"""`sada compare`: what is printed of two campaigns, with and without data."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from collectors.base import Author
from dashboard.cache import Cache
from dashboard.comparing import versus
from dashboard.context import Desk
from dashboard.labelbook import StoredLabels
from dashboard.stored import StorageSource
from measures.document import as_json, plain
from measures.fields import COMPARE_FIELDS, CONTRAST_FIELDS
from sada.bootstrap import Sada
from sada.cli.app import run
from sada.comparing import compare_document, compare_lines
from sada.policy import offensive_excluded
from storage.collecting import store_batch
from storage.incoming import Batch, Incoming
from tests.sada.support import CAMPAIGN, NOW, post

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


def test_a_campaign_and_its_conversation_here_and_on_the_page(sada: Sada) -> None:
    """28 days before and 2 during: the campaign's own posts grow, those around it do not."""
    posts = []
    for days in range(30, 0, -1):
        for number in range(40):
            own = number < (30 if days < 3 else 6)
            one = post(
                1000 * days + number,
                f"{'#Sghira' if own else 'cyberviolence'} {days} {number}",
                created_at=NOW - timedelta(days=days, minutes=number),
                author=Author(f"a{number}", f"user{number}", 10),
            )
            posts.append(Incoming(one, "campaign" if own else "topic", "earned", ("t",)))
    batch = Batch("small", "x", "q", posts, None, None, None, 1, 0, 0.0, NOW)
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)
    document = compare_document(sada, sada.campaign("small"), None)
    assert set(document) == set(COMPARE_FIELDS)
    assert document["against"] == "conversation"
    days = [document[side]["phases"]["during"]["originals"] for side in ("first", "other")]
    assert days == [60, 20]
    assert "share_of_voice" not in document["contrasts"]
    contrast = document["contrasts"]["originals"]["during"]
    assert set(contrast) == set(CONTRAST_FIELDS)
    assert contrast["effect"] > 5
    desk = Desk(
        StorageSource(sada.database),
        StoredLabels(sada.database, bytes, None),
        sada.campaigns,
        sada.clock,
        "en",
        offensive_excluded(sada),
        Cache(),
    )
    shown = desk.shown(desk.view("/compare", "?campaign=small&with=the_conversation"))
    assert shown is not None
    pair = versus(shown)
    assert plain(pair.contrasts) == document["contrasts"]
    for side, name in zip(pair.sides, ("first", "other"), strict=True):
        assert as_json(side.data.summary) == document[name]
    said = "\n".join(compare_lines(document))
    assert "the conversation" in said
    assert "of the same days" in said


def test_a_campaign_without_a_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("campaigns")
    folder.mkdir()
    text = CAMPAIGN.replace("topic_query:\n  - concept: cyberviolence\n", "").replace(
        "    words: [cyberviolence]\n", ""
    )
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SADA_CAMPAIGNS_DIR", str(folder))
        assert run(["compare", "small"]) == 2
    assert "Write topic_query" in capsys.readouterr().err


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
                "against": "campaign",
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
