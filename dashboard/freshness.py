"""How old the data are, and whether that is as it should be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from babel.dates import format_timedelta

from config.campaign import Campaign, State
from config.i18n import CASABLANCA, Translator

Mood = Literal["fresh", "stale", "done", "never"]
LEAST = timedelta(hours=2)
ROUNDS = 3
"""How many rounds of the slowest source may be missed before data count as stale."""


@dataclass(frozen=True, slots=True)
class Freshness:
    mood: Mood
    text: str
    detail: str


def freshness(campaign: Campaign, last: datetime | None, now: datetime, t: Translator) -> Freshness:
    """What the badge on every page says."""
    if last is None:
        return Freshness("never", t("fresh.never"), t("fresh.never.detail"))
    when = t.moment(last)
    if campaign.state(now.astimezone(CASABLANCA).date()) is State.CLOSED:
        return Freshness(
            "done", t("fresh.done", day=t.day(last.astimezone(CASABLANCA).date())), when
        )
    age = ago(last, now, t)
    slowest = max((plan.every_minutes for plan in campaign.sources), default=0)
    allowed = max(LEAST, timedelta(minutes=ROUNDS * slowest))
    if campaign.sources and now - last > allowed:
        return Freshness("stale", t("fresh.stale", age=age), t("fresh.stale.detail", when=when))
    return Freshness("fresh", t("fresh.fresh", age=age), t("fresh.detail", when=when))


def ago(moment: datetime, now: datetime, t: Translator) -> str:
    """A stretch of time up to now in words: 12 minutes ago."""
    if abs(now - moment) < timedelta(minutes=1):
        return t("fresh.now")
    return str(
        format_timedelta(
            moment - now, add_direction=True, granularity="minute", threshold=1.1, locale=t.locale
        )
    )
