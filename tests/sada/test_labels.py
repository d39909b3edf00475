"""`sada labels` from the draw to corrected shares in `sada measure --json`."""

import csv
import json
import random
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from nlp.annotation import Annotation
from sada.bootstrap import Sada
from sada.cli.app import run
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.collecting import store_batch
from storage.incoming import Batch, Incoming
from tests.sada.support import NOW, post

TRUTH = {"before": 0.5, "during": 0.2}
"""Share of negative posts; the model reads every third of the others as negative too."""


@pytest.fixture
def filled(sada: Sada, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sada:
    monkeypatch.setenv("SADA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SADA_CAMPAIGNS_DIR", str(tmp_path / "campaigns"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sada.bootstrap.assemble", lambda: sada)
    chance = random.Random(1)
    posts = []
    for number in range(1200):
        days = chance.uniform(0, 1.9) if number % 2 else chance.uniform(3, 30)
        truth = "during" if number % 2 else "before"
        mood = "neg" if chance.random() < TRUTH[truth] else chance.choice(("neu", "pos"))
        one = post(number, f"{mood} {number} #Sghira", created_at=NOW - timedelta(days=days))
        posts.append(Incoming(one, "campaign", "earned", ("#Sghira",)))
    batch = Batch("small", "x", "q", posts, None, None, None, 1, 0, 0.0, NOW)
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)
    model = ensure_model(sada.database, "m", "1", 0.5, NOW)
    waiting = pending_texts(sada.database, model, 9999)
    store_annotations(sada.database, model, [(number, read(body)) for number, body in waiting])
    return sada


def read(body: str) -> Annotation:
    mood, number, _ = body.split()
    label = "neg" if int(number) % 3 == 0 else mood
    shares = [0.8 if label == name else 0.1 for name in ("neg", "neu", "pos")]
    return Annotation("fr", *shares, label, 0.1)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text("utf-8-sig"), newline="")))


def fill_in(path: Path, *, wrong: float = 0.0) -> None:
    """Labels a sheet by the truth, which the texts begin with; a share `wrong` of it otherwise."""
    chance = random.Random(5)
    found = rows(path)
    for row in found:
        truth = row["text"].split()[0]
        row["sentiment"] = (
            chance.choice(("neg", "neu", "pos")) if chance.random() < wrong else truth
        )
        row["offensive"] = "no"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


def test_from_the_draw_to_corrected_shares(
    filled: Sada, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["labels", "draw", "small", "--per-period", "150", "--seed", "3"]) == 0
    said = capsys.readouterr().out
    assert "before: 150 drawn, 150 in all" in said
    assert "±8 points with 200" in said
    for who, wrong in (("AB", 0.0), ("CD", 0.3)):
        sheet = tmp_path / f"{who}.csv"
        assert run(["labels", "export", "small", "--for", who, "--out", str(sheet)]) == 0
        fill_in(sheet, wrong=wrong)
        assert run(["labels", "import", "small", str(sheet)]) == 0
    assert "labels new, 0 changed" in capsys.readouterr().out
    assert run(["labels", "agreement", "small", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["annotators"]["AB"] == 300
    assert told["progress"]["before"]["labelled"] == 150
    assert 0.4 < told["agreement"]["sentiment"]["alpha"] < 0.95
    assert told["agreement"]["offensive"]["reason"] == "no_overlap"  # all on X, whose terms forbid
    assert told["confusion"]["sentiment"]["all"]["values"] == ["neg", "neu", "pos"]
    assert run(["labels", "agreement", "small"]) == 0
    assert "Krippendorff's alpha" in capsys.readouterr().out

    assert run(["measure", "small", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    for phase, truth in TRUTH.items():
        own = document["phases"][phase]["negative_share"]
        share = document["correction"]["shares"]["negative_share"][phase]
        assert share["low"] - 0.03 <= truth <= share["high"] + 0.03
        assert share["uncorrected"] == pytest.approx(own)
        assert own > truth + 0.1
        assert share["labels"] == document["correction"]["labels"][phase] == 150
    assert run(["measure", "small"]) == 0
    assert "corrected by 150 labels" in capsys.readouterr().out


def test_without_labels_the_figures_say_so(
    filled: Sada, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["measure", "small"]) == 0
    said = capsys.readouterr().out
    assert "model's own, uncorrected" in said
    assert "sada labels draw small" in said
    assert run(["labels", "agreement", "small"]) == 0
    assert "annotators: none yet" in capsys.readouterr().out


def test_a_file_of_answers_goes_out_and_in(
    filled: Sada, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["labels", "draw", "small", "--per-period", "4"]) == 0
    sheet, out = tmp_path / "s.csv", tmp_path / "a.csv"
    run(["labels", "export", "small", "--for", "AB", "--out", str(sheet)])
    fill_in(sheet)
    run(["labels", "import", "small", str(sheet)])
    assert run(["labels", "export", "small", "--out", str(out)]) == 0
    assert out.stat().st_mode & 0o077 == 0
    assert len(rows(out)) == 8
    assert "platform_id" not in rows(out)[0]
    run(["labels", "export", "small", "--out", str(out), "--ids"])
    assert {row["platform"] for row in rows(out)} == {"x"}
    capsys.readouterr()
    text = out.read_text("utf-8-sig").replace("p", "q")
    out.write_text(text.replace("qost,", "post,").replace("qhase", "phase"), encoding="utf-8")
    spoiled = out.read_text("utf-8").split("\n", 1)
    out.write_text(spoiled[0].replace("q", "p") + "\n" + spoiled[1], encoding="utf-8")
    assert run(["labels", "import", "small", str(out)]) == 1
    assert "no such post in this campaign's sample (q" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["draw", "nope"], 2, "'nope' is no campaign"),
        (["draw", "small", "--per-period", "-3"], 2, "a draw takes"),
        (["draw", "small", "--overlap", "4"], 2, "overlap 4"),
        (["import", "small", "missing.csv"], 1, "missing.csv: cannot be read"),
        (["export", "small", "--out", "no/such/a.csv"], 1, "cannot be written"),
        (["export", "small", "--for", "", "--out", "a.csv"], 2, "annotator"),
    ],
)
def test_errors_are_one_line(
    filled: Sada, arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["labels", *arguments]) == status
    error = capsys.readouterr().err.strip().splitlines()
    assert len(error) == 1, error
    assert said in error[0]
