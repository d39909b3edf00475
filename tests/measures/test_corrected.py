"""Shares corrected by hand labels: right although the model errs, honest when labels are few."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.corrected import PeriodPosts, corrected_period, corrected_share

FIRST = date(2025, 9, 1)


def posts(
    chance: np.random.Generator,
    *,
    share: float = 0.3,
    caught: float = 0.7,
    spared: float = 0.85,
    days: range = range(28),
    size: int = 3000,
    labels: int = 200,
    strata: bool = False,
) -> PeriodPosts:
    """A period whose classifier finds `caught` of its kind and leaves `spared` of the others."""
    truth = chance.random(size) < share
    found = np.where(truth, chance.random(size) < caught, chance.random(size) > spared)
    drawn = chance.choice(size, labels, replace=False)
    return PeriodPosts(
        predictions=found.astype(float).tolist(),
        authors=chance.integers(0, size // 2, size).tolist(),
        days=[FIRST + timedelta(days=int(n)) for n in chance.choice(days, size)],
        labelled=drawn.tolist(),
        labels=truth[drawn].astype(float).tolist(),
        strata=["fr" if n else "ary" for n in chance.integers(0, 2, size)] if strata else None,
    )


def test_a_classifier_that_errs_more_in_one_period_does_not_make_a_change() -> None:
    chance = np.random.default_rng(1)
    effects, held = [], 0
    for _ in range(60):
        before = posts(chance)
        period = posts(chance, caught=0.4, spared=0.95, days=range(28, 38))
        found = corrected_share(before, period)
        assert found.change.effect is not None
        assert found.change.low is not None
        assert found.change.high is not None
        assert found.before.uncorrected is not None
        assert found.period.uncorrected is not None
        assert found.period.uncorrected < found.before.uncorrected - 0.1
        effects.append(found.change.effect)
        held += found.change.low <= 0 <= found.change.high
    assert abs(np.mean(effects)) < 3 * np.std(effects) / len(effects) ** 0.5 + 1e-9
    assert held >= 54  # 95 % of 60 is 57; under 54 would be one chance in 30 at 95 %


def test_a_real_rise_is_found_and_each_share_is_told() -> None:
    chance = np.random.default_rng(2)
    found = corrected_share(posts(chance), posts(chance, share=0.6, days=range(28, 38)))
    assert found.change.verdict == "rose"
    assert found.change.baseline == found.before.share == pytest.approx(0.3, abs=0.1)
    assert found.change.level == found.period.share == pytest.approx(0.6, abs=0.1)
    assert found.before.low is not None
    assert found.before.high is not None
    assert found.before.low < 0.3 < found.before.high
    assert (found.before.posts, found.before.labels) == (3000, 200)


def test_a_good_classifier_makes_the_interval_shorter_and_a_useless_one_is_ignored() -> None:
    def found(caught: float, spared: float) -> tuple[float, float]:
        chance = np.random.default_rng(3)
        one = corrected_share(
            posts(chance, caught=caught, spared=spared),
            posts(chance, caught=caught, spared=spared, days=range(28, 38)),
        )
        assert one.change.low is not None
        assert one.change.high is not None
        return one.change.high - one.change.low, one.power

    good, power = found(0.95, 0.95)
    poor, none = found(0.5, 0.5)
    assert good < 0.7 * poor
    assert power > 0.7
    assert none < 0.2


def test_a_language_that_was_labelled_more_does_not_weigh_more() -> None:
    """Nine in ten posts are French, half of the labels Darija, where all posts are negative."""
    size = 2000
    strata = ["ary" if n % 10 == 0 else "fr" for n in range(size)]
    darija = [n for n in range(size) if strata[n] == "ary"][:100]
    french = [n for n in range(size) if strata[n] == "fr"][:100]
    labels = [1.0] * 100 + [0.0] * 100

    def period(first: int) -> PeriodPosts:
        days = [first + n % 20 for n in range(size)]
        return PeriodPosts([0.5] * size, list(range(size)), days, darija + french, labels, strata)

    found = corrected_share(period(0), period(20))
    assert found.before.share == pytest.approx(0.1)
    assert found.power == 0


def test_a_language_nobody_labelled_is_taken_to_be_like_the_rest() -> None:
    chance = np.random.default_rng(4)
    before = posts(chance)
    strata = ["es" if n not in before.labelled and n % 3 == 0 else "fr" for n in range(3000)]
    split = PeriodPosts(
        before.predictions, before.authors, before.days, before.labelled, before.labels, strata
    )
    after = posts(chance, days=range(28, 38))
    assert corrected_share(split, after).before.share == pytest.approx(
        corrected_share(before, after).before.share or 0, abs=1e-9
    )


@pytest.mark.parametrize(
    ("labels", "reason"), [(0, "too_few_labels"), (29, "too_few_labels"), (30, "")]
)
def test_few_labels_claim_nothing(labels: int, reason: str) -> None:
    chance = np.random.default_rng(5)
    found = corrected_share(
        posts(chance, labels=labels), posts(chance, share=0.9, days=range(28, 38))
    )
    assert found.change.reason == reason
    assert found.change.verdict == ("not_enough_data" if reason else "rose")
    assert (found.before.share is None) == (labels == 0)


def test_a_short_baseline_or_an_empty_period_claims_nothing() -> None:
    chance = np.random.default_rng(6)
    short = corrected_share(posts(chance, days=range(15, 28)), posts(chance, days=range(28, 38)))
    assert short.change.reason == "baseline_too_short"
    for strata in (None, []):
        empty = PeriodPosts([], [], [], [], [], strata)
        before = posts(chance, strata=strata is not None)
        nothing = corrected_share(before, empty)
        assert nothing.change.reason == "period_without_data"
        assert nothing.period.uncorrected is None
        assert nothing.before == corrected_period(before)
        assert corrected_period(empty).share is None


def test_one_period_alone_has_its_share_as_often_as_it_says() -> None:
    """Days have moods of 0.4 on the logit that last (0.7 from day to day)."""
    chance = np.random.default_rng(9)
    held, widths, days = 0, [], range(14)
    for _ in range(60):
        mood = [chance.normal(0, 0.4)]
        for _ in days[1:]:
            mood.append(0.7 * mood[-1] + chance.normal(0, 0.4 * 0.51**0.5))
        parts = [
            posts(chance, share=1 / (1 + np.exp(0.85 - one)), days=range(n, n + 1), size=200,
                  labels=15)
            for n, one in enumerate(mood)
        ]  # fmt: skip
        found = corrected_period(
            PeriodPosts(
                np.concatenate([one.predictions for one in parts]),
                [f"{n} {author}" for n, one in enumerate(parts) for author in one.authors],
                [day for one in parts for day in one.days],
                np.concatenate([np.array(one.labelled) + 200 * n for n, one in enumerate(parts)]),
                np.concatenate([one.labels for one in parts]),
            )
        )
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 1 / (1 + np.exp(0.85)) <= found.high
        widths.append(found.high - found.low)
    assert held >= 51
    assert np.mean(widths) < 0.3


def test_what_cannot_be_is_refused() -> None:
    chance = np.random.default_rng(7)
    good = posts(chance, days=range(28, 38))
    for wrong, words in (
        (PeriodPosts([0.5], [], [1], [], []), "differ in length"),
        (PeriodPosts([0.5], [1], [1], [0, 0], [1, 1]), "given twice"),
        (PeriodPosts([0.5], [1], [1], [1], [1]), "none of the originals"),
        (PeriodPosts([1.5], [1], [1], [], []), "outside 0 to 1"),
        (posts(chance, days=range(20, 30)), "in both periods"),
    ):
        with pytest.raises(ValueError, match=words):
            corrected_share(wrong, good)


def test_a_kind_that_nobody_found_may_still_be_there() -> None:
    """None of 200 labels: at most 1.8 % by Clopper and Pearson."""
    chance = np.random.default_rng(8)
    found = corrected_share(posts(chance, share=0.0), posts(chance, share=0.0, days=range(28, 38)))
    assert found.before.share == found.before.low == 0
    assert found.before.high == pytest.approx(0.0183, abs=0.003)
    assert found.change.verdict == "not_detectable"
    every = corrected_share(posts(chance, share=1.0), posts(chance, days=range(28, 38)))
    assert every.before.high == 1
    assert every.change.verdict == "fell"


@settings(max_examples=40, deadline=None)
@given(
    size=st.integers(2, 60),
    labels=st.integers(2, 40),
    days=st.integers(1, 40),
    strata=st.integers(1, 6),
    seed=st.integers(0, 10**6),
    sure=st.floats(0, 1),
)
def test_any_sample_gets_a_coherent_answer(
    size: int, labels: int, days: int, strata: int, seed: int, sure: float
) -> None:
    chance = np.random.default_rng(seed)

    def side(first: int) -> PeriodPosts:
        drawn = chance.choice(size, min(labels, size), replace=False)
        return PeriodPosts(
            predictions=np.where(chance.random(size) < sure, sure, chance.random(size)),
            authors=chance.integers(0, size, size).tolist(),
            days=(first + chance.integers(0, days, size)).tolist(),
            labelled=drawn,
            labels=(chance.random(len(drawn)) < sure).astype(float),
            strata=chance.integers(0, strata, size).tolist(),
        )

    found = corrected_share(side(0), side(days))
    for one in (found.before, found.period):
        assert one.share is not None
        assert one.low is not None
        assert one.high is not None
        assert 0 <= one.low <= one.share <= one.high <= 1
    change = found.change
    assert change.effect is not None
    assert change.low is not None
    assert change.high is not None
    assert -1 <= change.low <= change.effect <= change.high <= 1
    assert (change.reason != "") == (change.verdict == "not_enough_data")
