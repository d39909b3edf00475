"""Which hours and days of a source were collected, from its gaps. Pure.

A day's state is its worst hour's. How days with gaps enter the figures: `measures.daily`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

STATES: Final = ("complete", "partial", "missing", "budget", "failed")
"""From best to worst. `missing`: never asked."""
SIGNS: Final[Mapping[str, str]] = {
    "complete": "",
    "partial": "◐",
    "missing": "○",
    "budget": "$",
    "failed": "✕",
}
"""What tells states apart where colours do not."""
LOST: Final = "!"
HOUR: Final = timedelta(hours=1)


class Gap(Protocol):
    """A stretch of whole hours, UTC, `end` not included, and why it was not collected."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def state(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def lost(self) -> bool: ...
    @property
    def code(self) -> str: ...
    @property
    def said(self) -> str: ...


class Reason(Protocol):
    """Why something was not collected: by `code` where there is one, else as `why` says.

    `said`: the platform's own words.
    """

    @property
    def why(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def said(self) -> str: ...


class HourState(NamedTuple):
    """One hour. `lost`: no later pass can fill it. `why`, `code`, `said`: see `Reason`."""

    state: str
    why: str = ""
    lost: bool = False
    code: str = ""
    said: str = ""


COMPLETE: Final = HourState("complete")


@dataclass(frozen=True, slots=True)
class DayState:
    """One local day: how many of its hours that are over are in each state."""

    counts: Mapping[str, int]
    reason: Reason | None
    """Of most of its hours that have one."""
    lost: bool

    @property
    def state(self) -> str:
        return max(self.counts, key=STATES.index)

    @property
    def hours(self) -> int:
        return sum(self.counts.values())

    @property
    def complete(self) -> float:
        """Share of the hours that were collected."""
        return self.counts.get("complete", 0) / self.hours


def hours(
    gaps: Sequence[Gap], first: datetime, now: datetime, zone: ZoneInfo
) -> dict[tuple[date, int], HourState]:
    """Every hour from `first` that is over by `now`, by day and hour of the clocks of `zone`.

    Where clocks go back, the worse of the two hours counts.
    """
    found: dict[tuple[date, int], HourState] = {}
    moment, now = _whole(first), _whole(now)
    ordered = sorted(gaps, key=lambda gap: gap.start)
    place = 0
    while moment < now:
        while place < len(ordered) and ordered[place].end <= moment:
            place += 1
        inside = place < len(ordered) and ordered[place].start < moment + HOUR
        state = _state(ordered[place]) if inside else COMPLETE
        local = moment.astimezone(zone)
        key = (local.date(), local.hour)
        found[key] = max(state, found.get(key, state), key=lambda one: STATES.index(one.state))
        moment += HOUR
    return found


def days(found: Mapping[tuple[date, int], HourState]) -> dict[date, DayState]:
    """The days of `hours`, in order."""
    by_day: dict[date, list[HourState]] = {}
    for (day, _), state in sorted(found.items()):
        by_day.setdefault(day, []).append(state)
    return {
        day: DayState(
            Counter(one.state for one in states),
            _reason(states),
            any(one.lost for one in states),
        )
        for day, states in by_day.items()
    }


def completeness(gaps: Sequence[Gap], first: datetime, now: datetime) -> float | None:
    """Share of hours that are wholly collected, `None` before the first hour is over."""
    states = hours(gaps, first, now, ZoneInfo("UTC"))
    if not states:
        return None
    return sum(one.state == "complete" for one in states.values()) / len(states)


def _state(gap: Gap) -> HourState:
    state = gap.state if gap.state in STATES else "missing"
    return HourState(state, gap.why, gap.lost, gap.code, gap.said)


def _reason(states: Sequence[HourState]) -> Reason | None:
    reasons = Counter(one for one in states if one.why)
    return reasons.most_common(1)[0][0] if reasons else None


def _whole(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
