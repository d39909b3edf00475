"""`python -m bench.alerts`: how often a usual day alarms, and how often a threefold day is found.

Fills docs/explanation/alerts.md. A day of simulated conversations in which nothing happens
(bench/coverage/generators.py) is asked as it is, and once more three times as loud, with the eight
weeks before it known and with only four.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from scipy.stats import poisson

from bench.coverage.generators import GENERATORS, Array, Simulated, simulate
from bench.coverage.scenarios import Scenario
from bench.coverage.tables import heading, line
from bench.pages import between
from measures.alerts import LEVEL, WINDOW, unusual_day

CORRELATIONS = (0.0, 0.4, 0.7)
LEVELS = (20, 200)
WEEKS = 28
"""Days that the usual rules look back."""


def sada(counts: Array, dates: Sequence[date]) -> bool:
    found = unusual_day(counts.tolist(), dates, dates[-1])
    return found is not None and found.unusual


def sada_early(counts: Array, dates: Sequence[date]) -> bool:
    """Of a campaign that is followed for only four weeks."""
    return sada(counts[-1 - WEEKS :], dates[-1 - WEEKS :])


def mean_and_deviations(counts: Array, _: Sequence[date]) -> bool:
    """The usual rule: more than 2.58 standard deviations from the mean of four weeks."""
    before = counts[-1 - WEEKS : -1]
    return bool(abs(counts[-1] - before.mean()) > 2.5758 * before.std(ddof=1))


def poisson_day(counts: Array, _: Sequence[date]) -> bool:
    """As if every post came on its own."""
    mean = counts[-1 - WEEKS : -1].mean()
    tail = min(poisson.cdf(counts[-1], mean), poisson.sf(counts[-1] - 1, mean))
    return bool(tail < LEVEL / 2)


Rule = Callable[[Array, Sequence[date]], bool]
RULES: Mapping[str, Rule] = {
    "Sada": sada,
    "Sada, four weeks known": sada_early,
    "mean ± 2.58 deviations": mean_and_deviations,
    "Poisson": poisson_day,
}


def tables(campaigns: int, seed: int) -> Iterator[str]:
    """False alarms % / threefold days found %."""
    yield from heading(["generator", "originals a day", "autocorrelation", *RULES])
    sums: dict[str, list[tuple[float, float]]] = {name: [] for name in RULES}
    for number, generator in enumerate(GENERATORS):
        for level in LEVELS:
            for correlation in CORRELATIONS:
                chance = np.random.default_rng([seed, number, level, int(10 * correlation)])
                scenario = Scenario(
                    "", baseline=WINDOW, during=1, after=0, level=level, correlation=correlation
                )
                days = [simulate(scenario, generator, chance) for _ in range(campaigns)]
                for name, rule in RULES.items():
                    sums[name].append(_rates(rule, days))
                cells = [_cell(*rates[-1]) for rates in sums.values()]
                yield line([generator, str(level), str(correlation), *cells])
    means = [np.mean(rates, axis=0) for rates in sums.values()]
    yield line(["all", "", "", *(_cell(*mean) for mean in means)])


def _rates(rule: Rule, days: Sequence[Simulated]) -> tuple[float, float]:
    """How often it alarms as it is, and at three times."""
    usual, threefold = (
        float(np.mean([rule(_louder(day.counts, factor), day.dates) for day in days]))
        for factor in (1, 3)
    )
    return usual, threefold


def _cell(usual: float, threefold: float) -> str:
    return f"{100 * usual:.1f} / {100 * threefold:.0f}"


def _louder(counts: Array, factor: int) -> Array:
    changed = counts.copy()
    changed[-1] *= factor
    return changed


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.alerts", description=__doc__)
    parser.add_argument("--campaigns", type=int, default=500, help="simulated a row")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="a page whose marked part is replaced")
    chosen = parser.parse_args(arguments)
    lines = [
        f"`python -m bench.alerts --campaigns {chosen.campaigns} --seed {chosen.seed}`, "
        f"{datetime.now(UTC):%Y-%m-%d}. False alarms % / threefold days found %.",
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
