"""What a reader must know before believing the figures: silence, gaps, spent budgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from config.campaign import SourcePlan, State
from config.i18n import CASABLANCA
from measures.budget import NEAR
from measures.unusual import Unusual, with_new_topics
from reports.gather import Material, watching
from storage.rows import Gap, SourceState

PATIENCE = timedelta(hours=6)

AlarmKind = Literal[
    "pending",
    "closed",
    "no_data",
    "never",
    "stale",
    "incomplete",
    "budget",
    "budget_near",
    "quota",
    "unread",
    "invented",
    "unusual",
]


@dataclass(frozen=True, slots=True)
class Alarm:
    """One warning; which of the other fields are set depends on `kind`.

    One with a `subject` is told on one day only (`storage.warnings`).
    """

    kind: AlarmKind
    source: str = ""
    since: datetime | None = None
    hours: int = 0
    count: int = 0
    share: float = 0.0
    subject: str = ""
    unusual: Unusual | None = None


def alarms(material: Material) -> tuple[Alarm, ...]:
    """The warnings of the morning, gravest first."""
    found: list[Alarm] = []
    state = material.campaign.state(material.today)
    if state is State.PENDING:
        found.append(Alarm("pending"))
    if state is State.CLOSED:
        found.append(Alarm("closed"))
    if material.seen is None:
        found.append(Alarm("no_data"))
    if watching(material.campaign, material.today):
        for source in material.sources:
            found += _of_source(material, source)
    found += _unusual(material)
    if material.waiting:
        found.append(Alarm("unread", count=material.waiting))
    if material.invented:
        found.append(Alarm("invented", count=material.invented))
    return tuple(found)


def plan_of(material: Material, name: str) -> SourcePlan | None:
    """How the campaign file uses the source."""
    return next((plan for plan in material.campaign.sources if plan.name == name), None)


def silent_since(material: Material, source: SourceState) -> datetime | None:
    """When the source last delivered, if that is too long ago; `None` if it is on time."""
    plan = plan_of(material, source.name)
    patience = max(PATIENCE, timedelta(minutes=3 * plan.every_minutes)) if plan else PATIENCE
    last = source.last_success
    return last if last is not None and material.now - last > patience else None


def hours_missing(gaps: Sequence[Gap], start: datetime, end: datetime) -> int:
    """Whole hours of `gaps` between `start` and `end`."""
    seconds = sum(
        max(0.0, (min(gap.end, end) - max(gap.start, start)).total_seconds()) for gap in gaps
    )
    return round(seconds / 3600)


def budget_alarms(material: Material, source: SourceState) -> list[Alarm]:
    """What is to be told of a source's budgets at some time: each at 80 % and when it is spent.

    Budgets a day begin anew every morning, so hours that they cost are told, not they.
    """
    account = material.accounts.get(source.name)
    used = account.used if account else ()
    found = []
    for one in used:
        if one.limit.per == "campaign" and one.share >= NEAR:
            about = f"{source.name} {one.limit.name} {one.limit.amount:g}"
            if one.over:
                found.append(Alarm("budget", source.name, subject=f"{about} spent"))
            else:
                found.append(
                    Alarm("budget_near", source.name, share=one.share, subject=f"{about} near")
                )
    if source.state == "budget" and not any(one.limit.per == "day" or one.over for one in used):
        until = source.resume_at.date().isoformat() if source.resume_at else "told"
        found.append(Alarm("quota", source.name, subject=f"{source.name} quota until {until}"))
    return found


def _unusual(material: Material) -> list[Alarm]:
    return [
        Alarm("unusual", one.platform, subject=one.subject, unusual=one)
        for one in with_new_topics(material.unusual)
        if _to_tell(material, one.subject)
    ]


def _to_tell(material: Material, subject: str) -> bool:
    """Whether no mail of another day told it."""
    return material.told.get(subject, material.today) == material.today


def _of_source(material: Material, source: SourceState) -> list[Alarm]:
    if source.last_run is None:
        return [] if material.imports_only else [Alarm("never", source.name)]
    found = [
        alarm for alarm in budget_alarms(material, source) if _to_tell(material, alarm.subject)
    ]
    since = silent_since(material, source)
    if source.state != "budget" and (since is not None or source.last_success is None):
        found.append(Alarm("stale", source.name, since))
    hours = 0 if source.name in material.later else _yesterday(material, source)
    if hours:
        found.append(Alarm("incomplete", source.name, hours=hours))
    return found


def _yesterday(material: Material, source: SourceState) -> int:
    start = datetime.combine(material.yesterday, time(), CASABLANCA).astimezone(UTC)
    end = datetime.combine(material.today, time(), CASABLANCA).astimezone(UTC)
    return hours_missing(source.gaps, start, end)
