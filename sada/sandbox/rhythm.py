"""When posts appear: weekday and hour rhythm, day-to-day noise with memory, the known lift."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sada.sandbox.design import HOURS, WEEKDAYS, Design

CASABLANCA = ZoneInfo("Africa/Casablanca")
MEMORY = 0.6
"""AR(1) coefficient of the daily noise."""
VOLUME_SD = 0.12
MOOD_SD = 0.08


@dataclass(frozen=True)
class Day:
    """One local day: how much is said and in which mood. `mood` is added to the share negative's
    factor (0 is the phase's own share)."""

    date: date
    factor: float
    mood: float


def plan(design: Design) -> list[Day]:
    """Every day of the world with its factor on the baseline volume."""
    rng = Random(f"sada-days-{design.seed}")
    noise, moods = _ar1(rng, VOLUME_SD), _ar1(rng, MOOD_SD)
    return [
        Day(day, _factor(design, day) * math.exp(next(noise)), next(moods)) for day in design.days()
    ]


def count(rng: Random, mean: float) -> int:
    """A draw with mean and variance `mean`, never below 0 (a rounded normal)."""
    return max(0, round(rng.gauss(mean, math.sqrt(mean))))


def moments(rng: Random, day: date, number: int) -> list[datetime]:
    """`number` moments (UTC, milliseconds) within the local day, sorted."""
    midnight = datetime.combine(day, time(), CASABLANCA)
    hours = rng.choices(range(24), HOURS, k=number)
    local = [
        midnight + timedelta(hours=hour, milliseconds=rng.randrange(3_600_000)) for hour in hours
    ]
    return sorted(moment.astimezone(UTC) for moment in local)


def local_day(moment: datetime) -> date:
    """The Africa/Casablanca day of an aware moment."""
    return moment.astimezone(CASABLANCA).date()


def _ar1(rng: Random, sd: float) -> Iterator[float]:
    value = rng.gauss(0, sd)
    while True:
        yield value
        value = MEMORY * value + rng.gauss(0, sd * math.sqrt(1 - MEMORY**2))


def _factor(design: Design, day: date) -> float:
    lift = design.lift if design.phase(day) == "during" else 1.0
    incident = design.incident(day)
    return lift * WEEKDAYS[day.weekday()] * (incident.factor if incident else 1.0)
