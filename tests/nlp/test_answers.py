"""The answers of the shipped model are part of its version: stored figures name the version, so
that answers may only change with it."""

import csv
import json
from pathlib import Path

import pytest

from nlp.embedded import load_embedded

DATA = Path(__file__).parents[1] / "data" / "nlp"
ANSWERS = DATA / "answers.json"
WITHIN = 0.02
"""Floating-point sums in another order move probabilities less than this."""
MEND = (
    "The model answers otherwise than its version says. Raise RELEASE in nlp/training/pack.py,"
    " train again, and write the answers anew: python -m tests.nlp.test_answers"
)


def _answers() -> dict[str, object]:
    model = load_embedded()
    with (DATA / "pairs.csv").open(encoding="utf-8", newline="") as file:
        texts = [row[script] for row in csv.DictReader(file) for script in ("latn", "arab")]
    texts += ["C'est honteux, personne ne protège les victimes", "Le 8350 est gratuit", "😡", ""]
    found = [
        [text, one.language, round(one.neg, 3), round(one.pos, 3), round(one.offensive, 3)]
        for text, one in zip(texts, model.annotate(texts), strict=True)
    ]
    return {"version": model.version, "answers": found}


def test_answers_change_only_with_the_version() -> None:
    kept, now = json.loads(ANSWERS.read_text(encoding="utf-8")), _answers()
    assert kept["version"] == now["version"], MEND
    for before, after in zip(kept["answers"], now["answers"], strict=True):  # type: ignore[call-overload]
        assert before[:2] == after[:2], MEND
        assert before[2:] == pytest.approx(after[2:], abs=WITHIN), (before[0], MEND)


if __name__ == "__main__":
    document = json.dumps(_answers(), ensure_ascii=False, indent=0)
    ANSWERS.write_text(document + "\n", encoding="utf-8")
