"""Agreement of annotators, and of the classifier with them."""

import itertools

import numpy as np
import pytest

from measures.agreement import agreement, confusion, confusion_by_language

VALUES = ("1", "2", "3", "4")
MOODS = ("neg", "neu", "pos")


def example() -> list[tuple[str, str, str]]:
    """Three people on fifteen texts (https://en.wikipedia.org/wiki/Krippendorff%27s_alpha)."""
    rows = ("*****3412113 3*3", "1*213 343*******", "**2134 4*2113 3*4")
    found = []
    for person, row in enumerate(rows):
        for text, value in enumerate(row.replace(" ", "")):
            if value != "*":
                found.append((f"t{text}", f"p{person}", value))
    return found


def test_the_textbook_example() -> None:
    found = agreement(example(), VALUES, "nominal")
    assert found.alpha == pytest.approx(0.691, abs=0.001)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.alpha < found.high <= 1
    assert found.annotators == 3
    ordinal = agreement(example(), VALUES, "ordinal")
    assert ordinal.alpha == pytest.approx(0.807, abs=0.001)


def pairs(count: int, agree: float, seed: int = 1) -> list[tuple[str, str, str]]:
    chance = np.random.default_rng(seed)
    found = []
    for text in range(count):
        first = MOODS[chance.integers(3)]
        second = first if chance.random() < agree else MOODS[chance.integers(3)]
        found += [(f"t{text}", "AB", first), (f"t{text}", "CD", second)]
    return found


@pytest.mark.parametrize("agree", [0.0, 0.5, 1.0])
def test_alpha_is_the_agreement_beyond_chance(agree: float) -> None:
    found = agreement(pairs(600, agree), MOODS, "nominal", replicates=50)
    assert found.alpha == pytest.approx(agree, abs=0.07)
    assert (found.texts, found.annotators) == (600, 2)
    assert found.same == pytest.approx(agree + (1 - agree) / 3, abs=0.05)


def test_the_interval_covers_the_truth_and_is_the_same_each_time() -> None:
    held = 0
    for seed in range(40):
        found = agreement(pairs(60, 0.6, seed), MOODS, "nominal", replicates=120)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.6 <= found.high
    assert held >= 34
    assert agreement(pairs(60, 0.6), MOODS, "nominal") == agreement(
        pairs(60, 0.6)[::-1], MOODS, "nominal"
    )


def test_far_apart_counts_more_on_an_ordered_scale() -> None:
    near = [("a", "AB", "neg"), ("a", "CD", "neu"), ("b", "AB", "pos"), ("b", "CD", "pos"),
            ("c", "AB", "neg"), ("c", "CD", "neg")]  # fmt: skip
    far = [("a", "AB", "neg"), ("a", "CD", "pos"), *near[2:]]
    values = [agreement(said, MOODS, "ordinal").alpha for said in (near, far)]
    assert values[0] is not None
    assert values[1] is not None
    assert values[0] > values[1]


def test_it_says_why_there_is_none() -> None:
    nothing = agreement([], MOODS, "nominal")
    assert (nothing.alpha, nothing.reason, nothing.texts) == (None, "no_overlap", 0)
    alone = agreement([("a", "AB", "neg"), ("b", "AB", "pos")], MOODS, "nominal")
    assert alone.reason == "no_overlap"
    same = agreement([("a", "AB", "neg"), ("a", "CD", "neg")], MOODS, "nominal")
    assert (same.alpha, same.reason, same.same, same.texts) == (None, "one_value", 1.0, 1)
    one = agreement([("a", "AB", "neg"), ("a", "CD", "pos")], MOODS, "nominal")
    assert one.low is None
    assert one.alpha is not None


def test_the_table_of_the_classifiers_errors() -> None:
    said = [("neg", "neg")] * 8 + [("neg", "neu")] * 2 + [("pos", "pos")] * 5 + [("neu", "neg")] * 5
    found = confusion(said, MOODS)
    assert found.counts == ((8, 2, 0), (5, 0, 0), (0, 0, 5))
    assert (found.total, found.right) == (20, 13 / 20)
    assert (found.found("neg"), found.true("neg")) == (0.8, 8 / 13)
    assert (found.found("neu"), found.true("neu")) == (0.0, 0.0)
    assert confusion([], MOODS).right is None
    assert confusion([], MOODS).found("neg") is None
    assert confusion([("neg", "neg")], MOODS).true("pos") is None


def test_tables_by_language_add_up_to_the_whole() -> None:
    moods = itertools.cycle(MOODS)
    judged = [("fr" if n % 3 else "ary-Arab", next(moods), "neg") for n in range(30)]
    found = confusion_by_language(judged, MOODS)
    assert list(found) == ["", "fr", "ary-Arab"]
    whole = np.array(found[""].counts)
    assert (whole == sum(np.array(found[name].counts) for name in ("fr", "ary-Arab"))).all()
