"""How far labelling is, and what labels say of annotators and classifier."""

from dataclasses import dataclass
from datetime import date

import pytest

from config.campaign import Phase
from measures.labelling import labelling

BEFORE, DURING, OUTSIDE = date(2025, 9, 20), date(2025, 10, 2), date(2024, 1, 1)


@dataclass(frozen=True)
class Sample:
    post_id: int
    day: date = BEFORE
    platform: str = "reddit"
    doubled: bool = False
    language: str | None = "fr"
    label: str | None = "neg"
    offensive: bool | None = False


@dataclass(frozen=True)
class Answer:
    post_id: int
    annotator: str = "AB"
    sentiment: str | None = "neg"
    offensive: bool | None = False
    current: bool = True

    @property
    def counts(self) -> bool:
        return self.current and self.sentiment is not None


@dataclass(frozen=True)
class Settled:
    sentiment: str | None = "neg"
    offensive: float | None = 0.0
    answers: int = 1
    disputed: bool = False


@pytest.fixture
def phase_of(campaign):
    return campaign().phase


def test_progress_counts_texts_and_annotators(phase_of) -> None:
    samples = [Sample(1), Sample(2), Sample(3, DURING, doubled=True), Sample(4, OUTSIDE)]
    answers = [Answer(1), Answer(3), Answer(3, "CD", "pos"), Answer(2, sentiment=None),
               Answer(1, "CD", current=False)]  # fmt: skip
    settled = {1: Settled(), 3: Settled(None, answers=2, disputed=True), 4: Settled()}
    found = labelling(samples, answers, settled, phase_of)
    before, during = found.progress[Phase.BEFORE], found.progress[Phase.DURING]
    assert (before.drawn, before.labelled, before.twice, before.disputed) == (2, 1, 0, 0)
    assert (during.drawn, during.labelled, during.twice, during.disputed) == (1, 1, 1, 1)
    assert Phase.AFTER not in found.progress
    assert found.annotators == {"AB": 2, "CD": 1}
    assert (found.skipped, found.outdated) == (1, 1)
    assert found.sentiment.texts == 1


def test_the_confusions_are_of_texts_on_which_people_agree(phase_of) -> None:
    samples = [Sample(1), Sample(2, language="ary-Arab", label="pos", offensive=True), Sample(3),
               Sample(4, label=None, offensive=None), Sample(5, platform="x")]  # fmt: skip
    settled = {
        1: Settled(), 2: Settled("neg", 1.0), 3: Settled(None, 0.5, 2, True), 4: Settled(),
        5: Settled("neu", None),
    }  # fmt: skip
    found = labelling(samples, [], settled, phase_of, offensive_excluded=frozenset({"x"}))
    assert {name: table.total for name, table in found.sentiment_confusion.items()} == {
        "": 3, "fr": 2, "ary-Arab": 1,
    }  # fmt: skip
    assert found.sentiment_confusion[""].counts == ((1, 0, 1), (1, 0, 0), (0, 0, 0))
    assert found.offensive_confusion[""].counts == ((1, 0), (0, 1))
    assert (found.sentiment.alpha, found.offensive.reason) == (None, "no_overlap")


def test_agreement_on_offensiveness_leaves_out_what_policy_does(phase_of) -> None:
    samples = [Sample(n, platform="x" if n == 9 else "reddit") for n in range(10)]
    answers = [Answer(n, who, offensive=bool(n % 2)) for n in range(10) for who in ("AB", "CD")]
    everywhere = labelling(samples, answers, {}, phase_of)
    part = labelling(samples, answers, {}, phase_of, offensive_excluded=frozenset({"x"}))
    assert (everywhere.offensive.texts, part.offensive.texts) == (10, 9)
    assert everywhere.offensive.alpha == pytest.approx(1.0)
