"""Owned, partner and earned posts of a stretch of days, read from the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config.campaign import Campaign
from measures.standing import STANDINGS, Voice, voices
from storage import queries
from storage.database import Database
from storage.queries.figures import authors_by_standing
from storage.rows import Cut, DayRow


@dataclass(frozen=True, slots=True)
class Standings:
    """What each standing's figures are, and the daily sums (by platform) behind them."""

    voices: tuple[Voice, ...]
    days: Mapping[str, list[DayRow]]


def read_standings(
    database: Database,
    campaign: Campaign,
    first: date,
    last: date,
    *,
    missing: Mapping[date, float],
    offensive_excluded: frozenset[str] = frozenset(),
) -> Standings:
    """Those of `first` to `last`, over all platforms."""
    slug = campaign.slug
    days = {
        one: queries.daily(
            database, slug, Cut(standings=(one,), first=first, last=last), by=("platform",)
        )
        for one in STANDINGS
    }
    found = voices(
        days,
        authors_by_standing(database, slug, Cut(first=first, last=last)),
        first=first,
        last=last,
        listed=campaign.accounts,
        missing=missing,
        offensive_excluded=offensive_excluded,
    )
    return Standings(tuple(found), days)
