"""Topics and words: what really moved is named, what one loud author or day did is not."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from measures.several import holm, together
from measures.topics import topic_changes, topic_shift
from measures.words import changed_words

START = date(2025, 10, 1)
DATES = [START + timedelta(days=n - 28) for n in range(38)]
END = DATES[-1]
NAMES = ("abuse", "schools", "law", "football")


def daily(seed: int, moved: float = 0.0) -> dict[str, list[float | None]]:
    """Posts a day by topic, days with moods; `moved` of the talk goes from football to law."""
    chance = np.random.default_rng(seed)
    found: dict[str, list[float | None]] = {name: [] for name in NAMES}
    for day in DATES:
        shift = moved if day >= START else 0.0
        mix = chance.dirichlet(np.array([0.3, 0.2, 0.1 + shift, 0.4 - shift]) * 80)
        for name, n in zip(NAMES, chance.multinomial(120, mix), strict=True):
            found[name].append(float(n))
    return found


def totals(counts: dict[str, list[float | None]]) -> list[float | None]:
    return [sum(n or 0 for n in day) for day in zip(*counts.values(), strict=True)]


def test_holm_is_bonferroni_for_the_smallest_and_never_falls() -> None:
    adjusted = holm({"a": 0.04, "b": 0.01, "c": 0.03})
    assert adjusted == pytest.approx({"a": 0.06, "b": 0.03, "c": 0.06})
    assert list(adjusted) == ["a", "b", "c"]
    assert holm({"a": 0.7, "b": 0.9}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}


def test_the_topics_that_moved_are_claimed_and_the_others_not() -> None:
    counts = daily(1, moved=0.2)
    found = topic_changes(counts, totals(counts), DATES, START, END)
    assert {name: one.verdict for name, one in found.items()} == {
        "abuse": "not_detectable",
        "schools": "not_detectable",
        "law": "rose",
        "football": "fell",
    }


def test_a_claim_that_would_stand_alone_may_fall_among_many() -> None:
    counts = daily(1, moved=0.2)
    alone = topic_changes({"law": counts["law"]}, totals(counts), DATES, START, END)["law"]
    assert alone.chance is not None
    crowd = {f"quiet {n}": alone for n in range(int(0.06 / alone.chance))}
    among = together(crowd)
    assert alone.verdict == "rose"
    assert {one.verdict for one in among.values()} == {"not_detectable"}
    assert all(one.low == alone.low for one in among.values())


def test_no_data_stay_no_data() -> None:
    nothing: list[float | None] = [None] * len(DATES)
    found = topic_changes({"law": nothing}, nothing, DATES, START, END)
    assert found["law"].verdict == "not_enough_data"


def test_a_shift_of_the_mix_is_found_and_its_size_is_jensen_and_shannons() -> None:
    counts = daily(2, moved=0.2)
    shift = topic_shift(counts, DATES, START, END, chance=np.random.default_rng(0), rounds=199)
    assert shift is not None
    before = [sum(n or 0 for n in counts[name][:28]) for name in NAMES]
    during = [sum(n or 0 for n in counts[name][28:]) for name in NAMES]
    assert shift.divergence == pytest.approx(jensenshannon(before, during, base=2) ** 2)
    assert shift.chance <= 0.02
    assert shift.usual < shift.divergence / 2


def test_without_a_shift_chance_explains_it() -> None:
    found = [
        topic_shift(daily(seed), DATES, START, END, chance=np.random.default_rng(seed), rounds=99)
        for seed in range(40)
    ]
    alarms = sum(shift is not None and shift.chance <= 0.05 for shift in found)
    assert alarms <= 7  # 2 expected; more than 7 would be one chance in a thousand


def test_days_not_collected_are_left_out_of_the_mix() -> None:
    counts = daily(3)
    counts["law"][5] = None
    chance = np.random.default_rng(0)
    assert topic_shift(counts, DATES, START, END, chance=chance, rounds=9) is not None
    nothing: dict[str, list[float | None]] = {"law": [0.0] * len(DATES)}
    assert topic_shift(nothing, DATES, START, END, chance=chance) is None
    with pytest.raises(ValueError, match="one count a date"):
        topic_shift({"law": [1.0]}, DATES, START, END, chance=chance)


def test_a_word_of_many_stands_before_a_word_of_one() -> None:
    calm = [{"salam": 3, "chkoun": 2, "lyouma": 5} for _ in range(60)]
    many = [{"salam": 3, "chkoun": 1, "8350": 1, "lyouma": 5} for _ in range(60)]
    loud = [*many[:-1], {"salam": 3, "promo": 60}]
    found = {one.word: one for one in changed_words(calm, loud, least=1)}
    ranked = changed_words(calm, loud, least=1)
    assert ranked[0].word == "8350"
    assert ranked[-1].word == "chkoun"
    assert found["promo"].log_odds > found["8350"].log_odds * 0.5
    assert found["promo"].z < 2 < found["8350"].z
    assert "promo" not in {one.word for one in changed_words(calm, loud)}


def test_words_of_nobody_are_no_error() -> None:
    assert changed_words([], []) == []
    assert changed_words([{"salam": 5}] * 9, []) == []
