"""Words that are used more or less since before the campaign, by a claim that holds for all words.

A word is told only where two methods agree. Its share of originals must have changed by the method
of all shares, which knows that days have moods, adjusted by Holm for all words looked at; and its
log-odds, which know that an author who repeats a word is one voice, must point the same way, with
at least ten effective authors where it is used more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from measures.change import Change, Period, share_change
from measures.daily import Calendar
from measures.reach import LEAST_AUTHORS
from measures.several import together
from measures.words import Word

SURE = 1.96
"""Standard errors that the log-odds must be from no change."""
MOST_TOLD = 20
"""Words told in each direction."""


@dataclass(frozen=True, slots=True)
class WordUse:
    """How a word was used: originals that have it by day, the language most of them are in, and
    whether at least half of them were read as offensive."""

    word: str
    by_day: Mapping[date, int]
    language: str
    offensive: bool


@dataclass(frozen=True, slots=True)
class WordChange:
    """A word whose use changed: `change` of its share among originals, `log_odds` against the
    baseline with their standard error, and how many authors used it."""

    word: str
    language: str
    offensive: bool
    authors: int
    change: Change
    log_odds: float
    error: float


@dataclass(frozen=True, slots=True)
class WordChanges:
    """`found` are those that rose, then those that fell, surest first; `tested` is how many words
    were looked at. `reason` is why there is not enough data for any of them, else empty."""

    tested: int
    reason: str
    found: Sequence[WordChange]


def word_changes(
    uses: Sequence[WordUse],
    originals: Mapping[date, int],
    odds: Sequence[Word],
    calendar: Calendar,
    start: date,
    end: date | None,
    period: Period,
    *,
    effective_authors: float | None = None,
) -> WordChanges:
    """Of the words of `uses` that `odds` has (`measures.words.changed_words`, which leaves out
    those of few authors). `originals` are all of them by day; the campaign runs from `start` to
    `end` (`None`: still open)."""
    told = {one.word: one for one in odds}
    tested = {use.word: use for use in uses if use.word in told}
    dates = calendar.dates
    known = [calendar.collected(day) for day in dates]

    def series(counts: Mapping[date, int]) -> list[float | None]:
        return [counts.get(d, 0) if ok else None for d, ok in zip(dates, known, strict=True)]

    whole = series(originals)
    changes = together(
        {
            word: share_change(
                series(use.by_day), whole, dates, start, end, period,
                effective_authors=effective_authors,
            )
            for word, use in tested.items()
        }
    )  # fmt: skip
    found = [
        WordChange(
            word, tested[word].language, tested[word].offensive, told[word].authors, change,
            told[word].log_odds, told[word].error,
        )
        for word, change in changes.items()
        if _agreed(change, told[word])
    ]  # fmt: skip
    return WordChanges(len(tested), _reason(changes), _ordered(found))


def _agreed(change: Change, odds: Word) -> bool:
    before, since = odds.voices
    if change.verdict == "rose":
        return odds.z > SURE and since >= LEAST_AUTHORS
    return change.verdict == "fell" and odds.z < -SURE and before >= LEAST_AUTHORS


def _reason(changes: Mapping[str, Change]) -> str:
    if any(one.verdict != "not_enough_data" for one in changes.values()):
        return ""
    return next((one.reason for one in changes.values()), "")


def _ordered(found: Sequence[WordChange]) -> list[WordChange]:
    def surest(one: WordChange) -> tuple[float, str]:
        return -abs(one.log_odds / one.error), one.word

    ways = ([one for one in found if one.change.verdict == way] for way in ("rose", "fell"))
    return [one for some in ways for one in sorted(some, key=surest)[:MOST_TOLD]]
