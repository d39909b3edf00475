"""`python -m bench.coverage`: the tables of docs/explanation/intervals.md."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.coverage.generators import GENERATORS
from bench.coverage.kept import Kept
from bench.coverage.methods import OTHER_CORRECTED, OTHER_VOLUME
from bench.coverage.scenarios import SCENARIOS
from bench.coverage.scores import Score, other_scores, sada_scores
from bench.coverage.tables import cell, heading, line, missed, pooled, summary
from bench.pages import between

METRICS = ("volume", "share", "corrected")


def tables(
    generators: Sequence[str], campaigns: int, others: int, seed: int, kept: Kept
) -> Iterator[str]:
    """The lines of all tables, as they come."""
    scores: dict[tuple[str, str, str], Score] = {}
    slowest = 0.0
    for generator in generators:
        yield from ("", f"**{generator}**, {campaigns} campaigns a scenario:", "")
        yield from heading(["scenario", *METRICS])
        for scenario in SCENARIOS:
            found = kept.scores(sada_scores, scenario, generator, campaigns, seed)
            scores |= {(generator, scenario.name, metric): found[metric] for metric in METRICS}
            slowest = max(slowest, *(one.milliseconds for one in found.values()))
            yield line([scenario.name, *(cell(found[metric]) for metric in METRICS)])
    yield from ("", "All scenarios together:", "", *summary(scores), "")
    outside, surely = missed(scores), missed(scores, errors=2)
    yield f"Outside 93 to 98 %, or above 6 % false alarms: {len(outside)} of {len(scores)}, of them"
    yield f"{len(surely)} by more than two standard errors of a true 95 % (marked *):"
    yield from (f"- {one}{' *' if one in surely else ''}" for one in outside)
    yield f"\nSlowest mean of a scenario: {slowest:.1f} ms of processor time a metric."
    if others:
        yield from _others(generators[0], others, seed, kept)


def _others(generator: str, campaigns: int, seed: int, kept: Kept) -> Iterator[str]:
    names = [*OTHER_VOLUME, "two proportions, z", *OTHER_CORRECTED]
    scores: dict[str, list[Score]] = {name: [] for name in names}
    yield from ("", f"Other methods, {generator}, the first {campaigns} of the same campaigns:", "")
    yield from heading(["scenario", *names])
    for scenario in SCENARIOS:
        found = kept.scores(other_scores, scenario, generator, campaigns, seed)
        yield line([scenario.name, *(cell(found[name]) for name in names)])
        for name in names:
            scores[name].append(found[name])
    yield line(["all", *(cell(pooled(scores[name])) for name in names)])


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.coverage", description=__doc__)
    parser.add_argument("--campaigns", type=int, default=200, help="simulated a scenario")
    parser.add_argument("--others", type=int, default=0, help="of these, for the other methods")
    parser.add_argument("--generators", default=",".join(GENERATORS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--keep",
        type=Path,
        help="a folder of finished scores, taken from there: to go on, or to split --generators "
        "over processes and print all at the end",
    )
    parser.add_argument("--write", type=Path, help="a page whose marked part is replaced")
    chosen = parser.parse_args(arguments)
    lines = [
        f"`python -m bench.coverage --campaigns {chosen.campaigns} --others {chosen.others} "
        f"--seed {chosen.seed}`, {datetime.now(UTC):%Y-%m-%d}."
    ]
    print(lines[0], flush=True)
    wanted = chosen.generators.split(",")
    kept = Kept(chosen.keep)
    for text in tables(wanted, chosen.campaigns, chosen.others, chosen.seed, kept):
        print(text, flush=True)
        lines.append(text)
        if chosen.write and text == "":  # a table is complete; hours may pass before the last is
            _write(chosen.write, lines)
    if chosen.write:
        _write(chosen.write, lines)


def _write(page: Path, lines: Sequence[str]) -> None:
    page.write_text(between(page.read_text(encoding="utf-8"), "\n".join(lines)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
