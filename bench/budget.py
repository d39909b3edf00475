"""How often a budget's forecast holds: `python -m bench.budget [--rounds N]`.

Spending is made up: Poisson posts at half a cent each around a level that wanders from day to day
(log-normal, lag-1 autocorrelation as printed). A row says in how many of the rounds the total of
the days to come lay in the 95 % interval made from the days before them.
"""

import argparse
from itertools import product

import numpy as np
from numpy.typing import NDArray

from measures.budget import forecast

LIKENESS, SEEN, AHEAD = (0.0, 0.3, 0.6), (4, 7, 14), (3, 14, 40)
WARM_UP = 30


def dollars(chance: np.random.Generator, likeness: float, days: int) -> NDArray[np.float64]:
    """Dollars a day for so many days."""
    level = chance.normal(size=days + WARM_UP)
    for n in range(1, len(level)):
        level[n] = likeness * level[n - 1] + np.sqrt(1 - likeness**2) * level[n]
    return np.asarray(chance.poisson(180 * np.exp(level[WARM_UP:] / 2)) * 0.005)


def held(chance: np.random.Generator, likeness: float, seen: int, ahead: int, rounds: int) -> float:
    """Share of the rounds in which the interval held."""
    good = 0
    for _ in range(rounds):
        days = dollars(chance, likeness, seen + ahead)
        found = forecast(0.0, list(days[:seen]), ahead)
        good += found is not None and found.low <= days[seen:].sum() <= found.high
    return good / rounds


def main() -> None:
    parser = argparse.ArgumentParser(description="How often a budget's forecast holds.")
    parser.add_argument("--rounds", type=int, default=500)
    rounds = parser.parse_args().rounds
    chance = np.random.default_rng(1)
    print(f"{'autocorrelation':>16}{'days seen':>11}{'days ahead':>12}{'held':>8}")
    for likeness, seen, ahead in product(LIKENESS, SEEN, AHEAD):
        share = held(chance, likeness, seen, ahead, rounds)
        print(f"{likeness:>16}{seen:>11}{ahead:>12}{share:>8.3f}")


if __name__ == "__main__":
    main()
