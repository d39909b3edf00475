"""Words whose use changed, counted once with each topic run and kept beside it."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from config.campaign import Campaign, Phase
from measures.change import Period
from measures.daily import Calendar
from measures.document import plain
from measures.reach import LEAST_AUTHORS
from measures.word_changes import WordUse, word_changes
from measures.words import changed_words
from nlp.topics.terms import key_of
from reports.gather import basis, phase_days
from reports.topics import safe_words
from sada.bootstrap import Sada
from sada.policy import offensive_excluded
from storage.queries.words import originals
from storage.rows import Cut, Original

Words = Sequence[tuple[str, Sequence[int]]]
"""Words with the ids of the texts that have them."""


def changed_words_document(sada: Sada, campaign: Campaign, words: Words) -> dict[str, Any]:
    """By `during` and `after`, as far as they have a whole day, what `measures.word_changes` finds;
    the fields stand in docs/reference/metrics.md. The campaign's own terms are left out."""
    own = _own_terms(campaign)
    words = [(w, ids) for w, ids in words if safe_words((w,)) and key_of(w) not in own]
    excluded = offensive_excluded(sada)
    base = basis(
        sada.database, campaign, today=sada.today(), now=sada.clock(), offensive_excluded=excluded
    )
    periods: list[Period] = list(base.summary.changes.get("originals", {}))
    if not periods or not words:
        return {}
    last = min(base.last, campaign.last_day or base.last)
    calendar = Calendar(campaign.first_day, last, base.missing, base.known)
    count = _Count.of(
        originals(sada.database, campaign.slug, Cut(first=calendar.first, last=last)),
        words, campaign, excluded,
    )  # fmt: skip
    names = [word for word, _ in words]
    begun = phase_days(campaign, last)
    return {
        period: plain(
            word_changes(
                count.uses(names),
                count.whole,
                changed_words(
                    count.voices(Phase.BEFORE, names), count.voices(Phase(period), names),
                    least=LEAST_AUTHORS,
                ),
                calendar,
                campaign.start,
                campaign.end,
                period,
                effective_authors=_fewest(base.summary.phases, period),
            )
        )
        for period in periods
        if Phase(period) in begun
    }  # fmt: skip


def _own_terms(campaign: Campaign) -> set[str]:
    """What the campaign itself is found by: it rises by being asked for, which tells nothing."""
    return {
        key_of(term.lstrip("#").casefold())
        for family in campaign.families
        for term in (*family.hashtags, *family.words)
    }


def _fewest(phases: Mapping[Phase, Any], period: Period) -> float | None:
    found = (phases.get(phase) for phase in (Phase.BEFORE, Phase(period)))
    known = [one.effective_authors for one in found if one and one.effective_authors is not None]
    return min(known, default=None)


@dataclass
class _Count:
    """What one reading of the originals adds up, a few bytes for each use of a word."""

    whole: Counter[date] = field(default_factory=Counter)
    daily: defaultdict[int, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    languages: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    offensive: Counter[int] = field(default_factory=Counter)
    told: dict[Phase, tuple["array[int]", "array[int]"]] = field(
        default_factory=lambda: {phase: (array("q"), array("i")) for phase in Phase}
    )
    """Author and word of each use."""

    @classmethod
    def of(
        cls, rows: Iterator[Original], words: Words, campaign: Campaign, excluded: frozenset[str]
    ) -> "_Count":
        of_text: defaultdict[int, list[int]] = defaultdict(list)
        for number, (_, texts) in enumerate(words):
            for text in texts:
                of_text[text].append(number)
        count = cls()
        for row in rows:
            count._add(row, of_text.get(row.text_id, ()), campaign.phase(row.day), excluded)
        return count

    def _add(
        self, row: Original, words: Sequence[int], phase: Phase | None, excluded: frozenset[str]
    ) -> None:
        self.whole[row.day] += 1
        offends = row.offensive and row.platform not in excluded
        for word in words:
            self.daily[word][row.day] += 1
            self.languages[word][row.language] += 1
            self.offensive[word] += offends
            if phase is not None and row.author_id is not None:
                authors, used = self.told[phase]
                authors.append(row.author_id)
                used.append(word)

    def uses(self, names: Sequence[str]) -> list[WordUse]:
        return [
            WordUse(
                names[word],
                by_day,
                min(self.languages[word].items(), key=lambda pair: (-pair[1], pair[0]))[0],
                2 * self.offensive[word] >= by_day.total(),
            )
            for word, by_day in sorted(self.daily.items())
        ]

    def voices(self, phase: Phase, names: Sequence[str]) -> Iterator[Mapping[str, int]]:
        """The words of each author with their counts."""
        authors, used = (np.asarray(one, dtype=np.int64) for one in self.told[phase])
        pairs, counts = np.unique(authors * len(names) + used, return_counts=True)
        owners, own = np.divmod(pairs, len(names))
        ends = np.flatnonzero(np.diff(owners)) + 1
        for some, times in zip(np.split(own, ends), np.split(counts, ends), strict=True):
            if len(some):
                yield {names[w]: int(n) for w, n in zip(some, times, strict=True)}
