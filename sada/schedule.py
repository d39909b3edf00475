"""When is what due: pure functions of the moment and of what was done before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from config.campaign import Campaign, State
from storage.rows import LastRun

RECHECK_HOUR = 3
"""Hour of the local day after which platforms are asked what was deleted or edited."""
TOPICS_HOUR = 4
"""Hour of the local day after which topics are found again: before the mail, when all is quiet."""


@dataclass(frozen=True, slots=True)
class SourceDue:
    """One source of a campaign that is to be collected at `at`."""

    campaign: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DigestDue:
    """The mail of `day` (the day that it is sent on) to those who have not had it."""

    campaign: str
    day: date
    recipients: Sequence[str]


def collections_due(
    campaigns: Collection[Campaign],
    last_runs: Mapping[tuple[str, str], LastRun],
    now: datetime,
    zone: ZoneInfo,
) -> list[SourceDue]:
    """Sources whose rhythm has come round, the longest waiting first.

    A source that was never run or was interrupted is due at once; missed rounds make one run, not
    several.
    """
    due = [
        SourceDue(campaign.slug, plan.name, at)
        for campaign in campaigns
        if is_collecting(campaign, now, zone)
        for plan in campaign.sources
        if (at := _next(last_runs.get((campaign.slug, plan.name)), plan.every_minutes, now)) <= now
    ]
    return sorted(due, key=lambda job: job.at)


def is_collecting(campaign: Campaign, now: datetime, zone: ZoneInfo) -> bool:
    """From the first day of the baseline to the last of the follow-up, both included."""
    state = campaign.state(now.astimezone(zone).date())
    return state in (State.RUNNING, State.FOLLOWUP)


def _next(last: LastRun | None, every_minutes: int, now: datetime) -> datetime:
    if last is None or last.at > now:  # a clock that was set back must not silence a source
        return now
    if last.state == "stopped":  # interrupted by a signal or a kill: goes on where it was
        return last.at
    if last.resume_at is not None:  # a limit, a spent budget or quota: as it was told
        return last.resume_at
    return last.at + timedelta(minutes=every_minutes)


def topics_due(made_at: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Once a local day, after `TOPICS_HOUR`, or at once when there are none."""
    if made_at is None:
        return True
    local = now.astimezone(zone)
    return local.hour >= TOPICS_HOUR and made_at.astimezone(zone).date() < local.date()


def recheck_due(now: datetime, zone: ZoneInfo) -> bool:
    """From `RECHECK_HOUR` of the local day on; who was rechecked today already is stored."""
    return now.astimezone(zone).hour >= RECHECK_HOUR


def digest_due(
    campaign: Campaign, done: Collection[str], now: datetime, zone: ZoneInfo
) -> DigestDue | None:
    """The mail that is due at `now`, `None` if it is too early or everybody has it.

    `done` are the recipients that had today's. A mail missed by hours still goes out the same day;
    one missed by a day does not.
    """
    local = now.astimezone(zone)
    if local.time() < campaign.digest.hour or not is_collecting(campaign, now, zone):
        return None
    left = [one for one in campaign.digest.recipients if one not in done]
    return DigestDue(campaign.slug, local.date(), left) if left else None
