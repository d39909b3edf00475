"""A smoke size of bench/coverage: gross errors of the intervals would show here."""

import pytest

pytest.importorskip("bench.coverage", reason="the benchmark is not beside the tests")

from pathlib import Path

import numpy as np
from scipy.stats import binom

from bench.coverage import kept
from bench.coverage.generators import GENERATORS, simulate
from bench.coverage.labelling import labelled
from bench.coverage.methods import (
    OTHER_CORRECTED,
    OTHER_VOLUME,
    classify_and_count,
    poisson,
    sada_corrected,
    sada_share,
    sada_volume,
    two_proportions,
)
from bench.coverage.scenarios import SCENARIOS, Scenario
from bench.coverage.scores import Score, score
from bench.coverage.tables import missed, summary
from bench.pages import BEGIN, END, between

CASES = [(generator, scenario) for generator in GENERATORS for scenario in SCENARIOS]


@pytest.mark.slow
def test_intervals_hold_the_truth_and_other_methods_do_not() -> None:
    """One campaign of every scenario by every generator, all metrics."""
    held = dict.fromkeys(("volume", "share", "corrected", "poisson", "z", "count"), 0)
    for number, (generator, scenario) in enumerate(CASES):
        chance = np.random.default_rng([7, number])
        campaign = simulate(scenario, generator, chance)
        posts = labelled(campaign, scenario.labels, chance)
        lift, shift = np.log1p(scenario.lift), campaign.truth[1] - campaign.truth[0]
        for name, (low, high), truth in (
            ("volume", sada_volume(campaign), lift),
            ("share", sada_share(campaign), shift),
            ("corrected", sada_corrected(posts), posts.truth),
            ("poisson", poisson(campaign), lift),
            ("z", two_proportions(campaign), shift),
            ("count", classify_and_count(posts), posts.truth),
        ):
            held[name] += low <= truth <= high
    # Fewer than this would be one chance in ten thousand for intervals that hold 95 %.
    enough = binom.ppf(1e-4, len(CASES), 0.95)
    assert min(held["volume"], held["share"], held["corrected"]) >= enough
    assert max(held["poisson"], held["z"], held["count"]) < enough


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_simulated_campaigns_are_what_they_say(generator: str) -> None:
    chance = np.random.default_rng(0)
    scenario = Scenario("lifted", lift=1.0, shift=0.1, after=0)
    campaigns = [simulate(scenario, generator, chance) for _ in range(300)]
    before = np.mean([c.counts[c.before].mean() for c in campaigns])
    during = np.mean([c.counts[c.during].mean() for c in campaigns])
    assert during / before == pytest.approx(2, rel=0.1)
    for side, mask in enumerate(("before", "during")):
        days = [getattr(c, mask) for c in campaigns]
        pairs = [(c.chosen[m], c.counts[m]) for c, m in zip(campaigns, days, strict=True)]
        share = np.mean([(x[n > 0] / n[n > 0]).mean() for x, n in pairs])
        assert share == pytest.approx(campaigns[0].truth[side], abs=0.012)


def test_every_tenth_day_is_lost_where_the_scenario_says_so() -> None:
    lost = simulate(Scenario("gaps", missing=0.1), "stories", np.random.default_rng(0))
    assert np.isnan(lost.counts).sum() == np.isnan(lost.chosen).sum() == 5


def test_the_labels_are_those_of_posts_and_the_classifier_drifts() -> None:
    chance = np.random.default_rng(1)
    campaign = simulate(Scenario("calm", level=2000), "log_normal", chance)
    posts = labelled(campaign, 400, chance)
    assert posts.truth == 0
    for side, days in ((posts.before, campaign.before), (posts.period, campaign.during)):
        assert len(side.predictions) == campaign.counts[days].sum()
        assert len(side.labels) == len(set(side.labelled)) == 400
    assert np.mean(posts.period.predictions) < np.mean(posts.before.predictions) - 0.03


def test_a_score_counts_what_is_held_and_what_is_a_false_alarm() -> None:
    bounds = [(-1.0, 1.0), (0.5, 1.0), (-2.0, 0.5), (-2.0, -0.5)]
    found = score(lambda n: bounds[n], [0, 1, 2, 3], [0.0] * 4)
    assert (found.coverage, found.alarms, found.width) == (0.5, 0.5, 1.75)
    assert score(lambda n: bounds[n], [0, 1], [0.7, 0.7]).alarms is None


def test_finished_scores_are_kept_until_the_code_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def measure(scenario: Scenario, generator: str, campaigns: int, seed: int) -> dict[str, Score]:
        asked.append(f"{scenario.name} {generator} {campaigns} {seed}")
        return {"volume": Score(0.95, None, 1.04, 3.6, campaigns)}

    folder = kept.Kept(tmp_path / "scores")
    first = folder.scores(measure, SCENARIOS[0], "stories", 10, 1)
    assert folder.scores(measure, SCENARIOS[0], "stories", 10, 1) == first
    assert len(asked) == 1
    folder.scores(measure, SCENARIOS[1], "stories", 10, 1)
    folder.scores(measure, SCENARIOS[0], "stories", 20, 1)
    monkeypatch.setattr(kept, "code", lambda: "another")
    folder.scores(measure, SCENARIOS[0], "stories", 10, 1)
    assert len(asked) == 4
    kept.Kept(None).scores(measure, SCENARIOS[0], "stories", 10, 1)
    assert len(asked) == 5


def test_what_is_outside_of_what_is_asked_is_named() -> None:
    good, poor = Score(0.95, 0.05, 1, 1, 1000), Score(0.90, 0.10, 1, 1, 1000)
    scores = {("g", "easy", "share"): good, ("g", "hard", "share"): poor}
    assert missed(scores) == missed(scores, errors=2) == ["share, g, hard: 90.0 / 10.0 / 1.00"]
    near = {("g", "near", "share"): Score(0.935, 0.065, 1, 1, 1000)}
    assert len(missed(near)) == 1
    assert missed(near, errors=2) == []
    assert "90.0 – 92.5 – 95.0" in summary(scores)[-1]


def test_the_other_methods_give_intervals_too() -> None:
    chance = np.random.default_rng(2)
    campaign = simulate(Scenario("calm", missing=0.05), "log_normal", chance)
    for method in OTHER_VOLUME.values():
        low, high = method(campaign)
        assert -2 < low < high < 2
    for count in OTHER_CORRECTED.values():
        low, high = count(labelled(campaign, 100, chance))
        assert -1 <= low < high <= 1


def test_the_figures_replace_those_of_the_page() -> None:
    page = f"# Page\n{BEGIN}\nold\n{END}\nafter\n"
    assert between(page, "new") == f"# Page\n{BEGIN}\nnew\n{END}\nafter\n"
    with pytest.raises(ValueError, match="does not have one"):
        between("no marks", "new")
