"""Shares of tone corrected by hand labels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pytest

from config.campaign import Phase
from measures.labelled import LEAST_LABELS, TONES, correct

MOODS = ("neg", "neu", "pos")


@dataclass(frozen=True)
class Said:
    negative: float = 0.0
    neutral: float = 0.0
    positive: float = 0.0
    offensive: float | None = 0.0


@dataclass(frozen=True)
class Rows:
    authors: Sequence[int]
    days: Sequence[date]
    platforms: Sequence[str]
    strata: Sequence[str]
    labels: Sequence[str]
    offensive: Sequence[bool]
    settled: dict[int, Said] = field(default_factory=dict)


def rows(seed: int, first: date, days: int, *, truth: tuple[float, float, float], labels: int = 150,
         size: int = 1500) -> Rows:  # fmt: skip
    """Originals whose model calls one neutral or positive post in three negative."""
    chance = np.random.default_rng(seed)
    mood = chance.choice(3, size, p=truth)
    read = np.where((mood > 0) & (chance.random(size) < 1 / 3), 0, mood)
    rude = chance.random(size) < 0.1
    seen = rude & (chance.random(size) < 0.5)
    drawn = chance.choice(size, labels, replace=False)
    names = ("negative", "neutral", "positive")
    return Rows(
        authors=chance.integers(0, size // 2, size).tolist(),
        days=[first + timedelta(days=int(n)) for n in chance.integers(0, days, size)],
        platforms=["x" if n % 4 else "reddit" for n in range(size)],
        strata=["fr" if n else "ary-Arab" for n in chance.integers(0, 2, size)],
        labels=[MOODS[n] for n in read],
        offensive=[bool(one) for one in seen],
        settled={
            int(n): Said(**{names[mood[n]]: 1.0}, offensive=float(rude[n])) for n in drawn
        },
    )  # fmt: skip


def frames(labels: int = 150) -> dict[Phase, Rows]:
    return {
        Phase.BEFORE: rows(1, date(2025, 9, 1), 28, truth=(0.4, 0.4, 0.2), labels=labels),
        Phase.DURING: rows(2, date(2025, 9, 29), 10, truth=(0.2, 0.5, 0.3), labels=labels),
    }


def test_the_truth_lies_in_the_interval_and_not_at_the_models_own() -> None:
    found = correct(frames())
    assert dict(found.labels) == {Phase.BEFORE: 150, Phase.DURING: 150}
    assert set(found.shares) == set(found.changes) == set(TONES)
    for key, before, during in (
        ("negative_share", 0.4, 0.2),
        ("neutral_share", 0.4, 0.5),
        ("positive_share", 0.2, 0.3),
        ("net_sentiment", -0.2, 0.1),
        ("offensive_share", 0.1, 0.1),
    ):
        for phase, truth in ((Phase.BEFORE, before), (Phase.DURING, during)):
            share = found.share(key, phase)
            assert share is not None
            assert share.low is not None
            assert share.high is not None
            assert share.low - 0.02 <= truth <= share.high + 0.02, (key, phase)
    negative = found.shares["negative_share"][Phase.BEFORE]
    assert negative.uncorrected == pytest.approx(0.6, abs=0.04)
    net = found.changes["net_sentiment"]["during"]
    assert net.effect == pytest.approx(0.3, abs=0.2)
    assert net.baseline == pytest.approx(found.shares["net_sentiment"][Phase.BEFORE].share)


def test_few_labels_are_not_shown_and_none_cost_nothing() -> None:
    few = correct(frames(LEAST_LABELS - 1))
    assert few.share("negative_share", Phase.BEFORE) is None
    assert few.changes["negative_share"]["during"].reason == "too_few_labels"
    none = correct(frames(0))
    assert (dict(none.shares), dict(none.changes)) == ({}, {})
    assert dict(none.labels) == {Phase.BEFORE: 0, Phase.DURING: 0}
    assert none.share("negative_share", Phase.DURING) is None
    assert correct({}).labels == {}


@pytest.mark.parametrize(
    ("phase", "truth"),
    [(Phase.BEFORE, (0.4, 0.4, 0.2, -0.2)), (Phase.DURING, (0.2, 0.5, 0.3, 0.1))],
)
def test_one_labelled_phase_is_enough_for_its_own_share(
    phase: Phase, truth: tuple[float, ...]
) -> None:
    given = frames()
    other = Phase.DURING if phase is Phase.BEFORE else Phase.BEFORE
    given[other].settled.clear()
    for found in (correct(given), correct({phase: given[phase]})):
        assert found.changes == {}
        assert found.share("negative_share", other) is None
        for key, true in zip(TONES, truth, strict=False):
            share = found.share(key, phase)
            assert share is not None, key
            assert share.low is not None
            assert share.high is not None
            assert share.low < true < share.high, key
            assert (share.posts, share.labels) == (1500, 150)


def test_excluded_platforms_and_unasked_texts_are_no_part_of_the_offensive_share() -> None:
    given = frames()
    found = correct(given, offensive_excluded=frozenset({"x"}))
    part = found.shares["offensive_share"][Phase.DURING]
    assert part.posts == 375
    assert 0 < part.labels < 75
    nowhere = correct(given, offensive_excluded=frozenset({"x", "reddit"}))
    assert nowhere.share("offensive_share", Phase.DURING) is None
    for rowset in given.values():
        for n, said in rowset.settled.items():
            rowset.settled[n] = Said(said.negative, said.neutral, said.positive, None)
    assert correct(given).share("offensive_share", Phase.DURING) is None
    assert correct(given).share("negative_share", Phase.DURING) is not None
