"""Yesterday's unusual counts, asked of the database."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from config.campaign import Campaign
from measures.alerts import WINDOW
from measures.daily import Calendar
from measures.unusual import ALL, Talk, Unusual, unusual_counts
from storage import queries
from storage.database import Database
from storage.rows import AuthorsRow, Cut, DayRow


def unusual_yesterday(
    database: Database,
    campaign: Campaign,
    yesterday: date,
    days: Sequence[DayRow],
    missing: Mapping[date, float],
    authors: Sequence[AuthorsRow],
    seen: tuple[date, date] | None,
) -> tuple[Unusual, ...]:
    """What is unusual on `yesterday`; nothing outside of the campaign's days.

    `days` are grouped by platform, `authors` are yesterday's, `seen` as for
    `measures.summary.summarise`.
    """
    if campaign.phase(yesterday) is None:
        return ()
    first = max(campaign.first_day, yesterday - timedelta(days=WINDOW))
    slug = campaign.slug

    def cut(platform: str, since: date) -> Cut:
        return Cut(platforms=() if platform == ALL else (platform,), first=since, last=yesterday)

    talk = Talk(
        topics=lambda platform: queries.topics(database, slug, cut(platform, first)),
        authors=lambda platform, number: queries.topic_authors(
            database, slug, cut(platform, yesterday), number
        ),
    )
    calendar = Calendar(first, yesterday, missing, seen)
    return unusual_counts([row for row in days if row.day >= first], calendar, authors, talk)
