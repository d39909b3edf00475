"""How methods do on many campaigns of a scenario."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bench.coverage.generators import GENERATORS, simulate
from bench.coverage.labelling import labelled
from bench.coverage.methods import (
    OTHER_CORRECTED,
    OTHER_VOLUME,
    Bounds,
    sada_corrected,
    sada_share,
    sada_volume,
    two_proportions,
)
from bench.coverage.scenarios import SCENARIOS, Scenario

Case = TypeVar("Case")


@dataclass(frozen=True)
class Score:
    """Over the campaigns of a scenario; `alarms` is `None` where something did change."""

    coverage: float
    alarms: float | None
    width: float
    milliseconds: float
    campaigns: int


def score(
    method: Callable[[Case], Bounds], cases: Sequence[Case], truths: Sequence[float]
) -> Score:
    """How `method` does on `cases` whose true effects are `truths`."""
    began = time.process_time()
    bounds = np.array([method(case) for case in cases])
    spent = (time.process_time() - began) / len(cases) * 1000
    low, high = bounds.T
    aim = np.array(truths)
    quiet = bool(np.all(np.abs(aim) < 1e-9))
    alarms = float(np.mean((low > 0) | (high < 0))) if quiet else None
    coverage = float(np.mean((low <= aim) & (aim <= high)))
    return Score(coverage, alarms, float(np.median(high - low)), spent, len(cases))


def sada_scores(scenario: Scenario, generator: str, campaigns: int, seed: int) -> dict[str, Score]:
    """Sada's scores for volume, share and corrected share."""
    chance = _chance(scenario, generator, seed)
    data = [simulate(scenario, generator, chance) for _ in range(campaigns)]
    posts = [labelled(campaign, scenario.labels, chance) for campaign in data]
    shares = [campaign.truth[1] - campaign.truth[0] for campaign in data]
    return {
        "volume": score(sada_volume, data, [float(np.log1p(scenario.lift))] * campaigns),
        "share": score(sada_share, data, shares),
        "corrected": score(sada_corrected, posts, [one.truth for one in posts]),
    }


def other_scores(
    scenario: Scenario, generator: str, campaigns: int, seed: int
) -> Mapping[str, Score]:
    """The scores of methods in common use, on the first of the same campaigns."""
    chance = _chance(scenario, generator, seed)
    data = [simulate(scenario, generator, chance) for _ in range(campaigns)]
    posts = [labelled(campaign, scenario.labels, chance) for campaign in data]
    shares = [campaign.truth[1] - campaign.truth[0] for campaign in data]
    lifts = [float(np.log1p(scenario.lift))] * campaigns
    found = {name: score(method, data, lifts) for name, method in OTHER_VOLUME.items()}
    found["two proportions, z"] = score(two_proportions, data, shares)
    return found | {
        name: score(method, posts, [one.truth for one in posts])
        for name, method in OTHER_CORRECTED.items()
    }


def _chance(scenario: Scenario, generator: str, seed: int) -> np.random.Generator:
    return np.random.default_rng(
        [seed, SCENARIOS.index(scenario), list(GENERATORS).index(generator)]
    )
