"""Owned, partner and earned posts of the view: asks the source, hands the rows to the measures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.context import Shown
from dashboard.gather import missing_days
from measures.standing import STANDINGS, Voice, unlisted, voices


@dataclass(frozen=True, slots=True)
class Standings:
    """The figures of each standing, and the platforms of the view on which no account is listed."""

    voices: Sequence[Voice]
    unlisted: Sequence[str]


def standings(shown: Shown) -> Standings | None:
    """Of the view's days; `None` where the campaign file lists no account. Kept until something
    is collected."""
    if not shown.campaign.accounts:
        return None
    changed = shown.source.last_change(shown.slug)
    key = ("standings", shown.slug, shown.cut, shown.today, changed)
    found: Standings = shown.cache.get(key, lambda: _found(shown))
    return found


def _found(shown: Shown) -> Standings:
    source, slug, (first, last) = shown.source, shown.slug, shown.days
    days = {
        one: source.daily(slug, replace(shown.cut, standings=(one,)), ("platform",))
        for one in STANDINGS
    }
    listed = shown.campaign.accounts
    made = voices(
        days,
        source.authors_by_standing(slug, shown.cut),
        first=first,
        last=last,
        listed=listed,
        missing=missing_days(shown, first, last),
        offensive_excluded=shown.offensive_excluded,
    )
    seen = [row.platform for rows in days.values() for row in rows if row.posts]
    return Standings(made, unlisted(seen, listed))
