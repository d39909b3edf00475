"""Owned, partner and earned apart: what the campaign's own accounts, its partners and institutions
published, and what the public did. Whose account it is says the campaign file's list; all others
are earned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.campaign import Account, Standing
from measures.figures import Figures, figures
from measures.rows import Authors, Day
from measures.suppress import withheld

STANDINGS = tuple(standing.value for standing in Standing)


@dataclass(frozen=True, slots=True)
class Voice:
    """The figures of one standing over a stretch of days.

    `figures` is `None` where they are kept back: fewer than ten authors (listed accounts are
    organisations and always told), or needed so that another's cannot be had by difference.
    `unnamed` are the posts whose author is unknown, which count as earned.
    """

    standing: str
    figures: Figures | None
    unnamed: int = 0


def voices(
    days: Mapping[str, Sequence[Day]],
    authors: Mapping[str, Sequence[Authors]],
    *,
    first: date,
    last: date,
    listed: Sequence[Account] = (),
    missing: Mapping[date, float] | None = None,
    offensive_excluded: frozenset[str] = frozenset(),
) -> list[Voice]:
    """By standing, owned first and earned last: those with posts, and those that `listed` names.

    `days` (by platform) and `authors` are by standing, of the days `first` to `last`.
    """
    named = {account.standing.value for account in listed}
    present = [
        one for one in STANDINGS if one in named or any(row.posts for row in days.get(one, ()))
    ]
    hidden = kept_back({one: authors.get(one, ()) for one in present})
    return [
        Voice(
            one,
            None
            if one in hidden
            else figures(
                days.get(one, ()),
                authors.get(one, ()),
                first=first,
                last=last,
                missing=missing,
                offensive_excluded=offensive_excluded,
            ),
            _unnamed(days.get(one, ()), authors.get(one, ())),
        )
        for one in present
    ]


def kept_back(authors: Mapping[str, Sequence[Authors]]) -> frozenset[str]:
    """Standings whose figures are not told, by the authors behind each."""
    counts = {
        one: max((row.authors for row in rows), default=0)
        for one, rows in authors.items()
        if one == Standing.EARNED
    }
    return withheld(counts)


def unlisted(platforms: Sequence[str], listed: Sequence[Account]) -> list[str]:
    """Platforms with posts on which the campaign file names no account, so that all is earned."""
    known = {account.platform for account in listed if account.standing is not Standing.EARNED}
    return sorted(set(platforms) - known)


def _unnamed(days: Sequence[Day], authors: Sequence[Authors]) -> int:
    posts = sum(row.posts for row in days)
    return max(posts - sum(sum(row.posts_per_author) for row in authors), 0)
