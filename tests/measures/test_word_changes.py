"""Words whose use changed: told when two methods agree, and seldom by chance."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from measures.daily import Calendar
from measures.word_changes import WordChanges, WordUse, word_changes
from measures.words import changed_words

START, END = date(2025, 10, 1), date(2025, 10, 14)
FIRST = START - timedelta(days=28)
CALENDAR = Calendar(FIRST, END, {})
DATES = CALENDAR.dates
VOLUME = 120


def found(
    shares: dict[str, tuple[float, float]], seed: int = 1, bots: Any = (), few: float | None = 300.0
) -> WordChanges:
    """Words with the share of originals that have them before and during; authors write once a
    day or so, but for a bot that writes its word all the time."""
    chance = np.random.default_rng(seed)
    by_day: dict[str, dict[date, int]] = {word: {} for word in shares}
    voices: list[dict[int, dict[str, int]]] = [{}, {}]
    for day in DATES:
        late = day >= START
        mood = chance.normal(0, 0.25)
        for word, share in shares.items():
            odds = share[late] / (1 - share[late]) * np.exp(mood + chance.normal(0, 0.15))
            count = int(chance.binomial(VOLUME, odds / (1 + odds)))
            by_day[word][day] = count
            for _ in range(count):
                author = -1 if word in bots and late else int(chance.integers(400))
                said = voices[late].setdefault(author, {})
                said[word] = said.get(word, 0) + 1
    uses = [WordUse(word, days, "fr", False) for word, days in by_day.items()]
    odds = changed_words(voices[0].values(), voices[1].values(), least=10)
    whole = dict.fromkeys(DATES, VOLUME)
    return word_changes(uses, whole, odds, CALENDAR, START, END, "during", effective_authors=few)


def steady(count: int) -> dict[str, tuple[float, float]]:
    return {f"w{n}": (0.04 + 0.01 * (n % 5),) * 2 for n in range(count)}


def test_a_word_that_spread_and_one_that_faded_are_told() -> None:
    told = found({**steady(12), "8350": (0.03, 0.2), "scandale": (0.25, 0.05)})
    assert told.tested == 14
    assert [one.word for one in told.found] == ["8350", "scandale"]
    up, down = (one.change for one in told.found)
    assert (up.verdict, down.verdict) == ("rose", "fell")
    assert up.low is not None
    assert up.low > 0
    assert told.found[0].log_odds > 0 > told.found[1].log_odds
    assert told.found[0].authors >= 10


def test_one_who_repeats_a_word_is_no_crowd() -> None:
    shares = {**steady(12), "spam": (0.03, 0.2)}
    assert [one.word for one in found(shares).found] == ["spam"]
    assert found(shares, bots=("spam",)).found == []


def test_chance_alone_is_seldom_told() -> None:
    runs = [found(steady(12), seed=seed) for seed in range(12)]
    assert sum(bool(run.found) for run in runs) <= 2


def test_too_little_data_says_why() -> None:
    told = found({**steady(3), "8350": (0.03, 0.2)}, few=12.0)
    assert (told.found, told.reason, told.tested) == ([], "too_few_authors", 4)
    nothing = word_changes([], {}, [], CALENDAR, START, END, "during")
    assert (nothing.tested, nothing.reason, nothing.found) == (0, "", [])
