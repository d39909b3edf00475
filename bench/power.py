"""`python -m bench.power`: what a campaign of a given size can hope to show.

Fills docs/explanation/planning.md from simulated campaigns (bench/coverage/generators.py): the
smallest change that Sada would probably find, and how often it finds a doubling or ten points.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import numpy as np

from bench.coverage.generators import Simulated, simulate
from bench.coverage.labelling import labelled
from bench.coverage.scenarios import Scenario
from bench.coverage.tables import heading, line
from bench.pages import between
from measures.change import Change, share_change, volume_change
from measures.corrected import corrected_share

BASELINES = (14, 28, 56)
LEVELS = (5, 20, 200)
LENGTHS = (3, 10, 27)
LABELS = (50, 100, 200, 400, 800)
GENERATORS = ("log_normal", "stories")
"""A restless conversation and one that lives from stories; cells take turns between them."""


@dataclass(frozen=True)
class Cell:
    """Medians of the smallest detectable ratio and difference; how often a doubling and ten points
    were found."""

    ratio: float
    difference: float
    doublings: float
    tens: float


def changes(campaign: Simulated) -> tuple[Change, Change]:
    """Of volume and share."""
    counts, chosen = campaign.counts.tolist(), campaign.chosen.tolist()
    days = (campaign.dates, campaign.start, campaign.end)
    return volume_change(counts, *days), share_change(chosen, counts, *days)


def cell(scenario: Scenario, campaigns: int, chance: np.random.Generator) -> Cell:
    """Of campaigns that double the talk and raise a share of 25 % by ten points."""
    found = [
        changes(simulate(scenario, GENERATORS[n % len(GENERATORS)], chance))
        for n in range(campaigns)
    ]
    return Cell(
        ratio=_median([volume.smallest_detectable for volume, _ in found]),
        difference=_median([share.smallest_detectable for _, share in found]),
        doublings=float(np.mean([volume.verdict == "rose" for volume, _ in found])),
        tens=float(np.mean([share.verdict == "rose" for _, share in found])),
    )


def by_size(campaigns: int, seed: int) -> Iterator[str]:
    """Baselines × originals a day × days of campaign."""
    yield from heading(
        ["baseline", "originals a day", "campaign", "finds at least", "finds a doubling in",
         "share moves by", "finds +10 points in"]
    )  # fmt: skip
    for number, (baseline, level, length) in enumerate(product(BASELINES, LEVELS, LENGTHS)):
        scenario = Scenario(
            "", baseline=baseline, during=length, level=level, lift=1.0, shift=0.10, after=0
        )
        one = cell(scenario, campaigns, np.random.default_rng([seed, number]))
        yield line(
            [
                f"{baseline} days",
                f"{level}",
                f"{length} days",
                f"× {one.ratio:.1f}",
                f"{100 * one.doublings:.0f} %",
                f"{100 * one.difference:.0f} points",
                f"{100 * one.tens:.0f} %",
            ]
        )


def by_labels(campaigns: int, seed: int) -> Iterator[str]:
    """Hand labels a period, at 28 days of baseline, ten of campaign, 200 originals a day."""
    yield from heading(["labels a period", "share moves by", "finds +10 points in"])
    for number, labels in enumerate(LABELS):
        chance = np.random.default_rng([seed, 100 + number])
        scenario = Scenario("", shift=0.10)
        found = []
        for n in range(campaigns):
            campaign = simulate(scenario, GENERATORS[n % len(GENERATORS)], chance)
            posts = labelled(campaign, labels, chance)
            found.append(corrected_share(posts.before, posts.period).change)
        least = _median([one.smallest_detectable for one in found])
        rose = float(np.mean([one.verdict == "rose" for one in found]))
        yield line([f"{labels}", f"{100 * least:.0f} points", f"{100 * rose:.0f} %"])


def _median(values: Sequence[float | None]) -> float:
    return float(np.median([value for value in values if value is not None]))


def tables(campaigns: int, seed: int) -> Iterator[str]:
    yield from by_size(campaigns, seed)
    yield from ("", "With hand labels (28 days of baseline, 10 of campaign, 200 a day):", "")
    yield from by_labels(campaigns, seed)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.power", description=__doc__)
    parser.add_argument("--campaigns", type=int, default=100, help="simulated a cell")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="a page whose marked part is replaced")
    chosen = parser.parse_args(arguments)
    lines = [
        f"`python -m bench.power --campaigns {chosen.campaigns} --seed {chosen.seed}`, "
        f"{datetime.now(UTC):%Y-%m-%d}.",
        "",
    ]
    for text in tables(chosen.campaigns, chosen.seed):
        print(text, flush=True)
        lines.append(text)
    if chosen.write:
        page = chosen.write.read_text(encoding="utf-8")
        chosen.write.write_text(between(page, "\n".join(lines)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
