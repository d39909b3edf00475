"""What a source may cost, what it has cost, and what it will have cost by a campaign's end."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal, Protocol

from config.campaign import Campaign, SourcePlan

Unit = Literal["calls", "posts", "dollars"]
Period = Literal["day", "campaign"]
UNITS: Final[tuple[Unit, ...]] = ("calls", "posts", "dollars")
LEAST_DAYS: Final = 4
"""Whole days of spending without which nothing is forecast."""
MOST_DAYS: Final = 14
"""A forecast looks back over so many days: older ones were another phase of the campaign."""
LEAST_LIKENESS: Final = 0.4
"""Autocorrelation from one day to the next that is assumed at least: a few days cannot show it."""
NEAR: Final = 0.8
"""From this share of a budget on, a warning is due."""

OPEN_DAYS: Final = 30
"""How far ahead is looked where a campaign's end is open."""


class Cost(Protocol):
    """What one day cost, in every unit."""

    @property
    def calls(self) -> int: ...
    @property
    def posts(self) -> int: ...
    @property
    def dollars(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Limit:
    """A budget of the campaign file: so much of `unit` `per` local day or for the campaign."""

    unit: Unit
    per: Period
    amount: float

    @property
    def name(self) -> str:
        """As the campaign file calls it."""
        return f"{self.unit}_{'per_day' if self.per == 'day' else 'in_all'}"


@dataclass(frozen=True, slots=True)
class Used:
    """How far a limit is used up; `share` may pass 1 by the page that reached it."""

    limit: Limit
    spent: float

    @property
    def share(self) -> float:
        return self.spent / self.limit.amount

    @property
    def over(self) -> bool:
        return self.spent >= self.limit.amount - 1e-9


@dataclass(frozen=True, slots=True)
class Forecast:
    """A total at the campaign's end, with its 95 % prediction interval; never under what is spent.

    `days` whole days were looked at, `left` days are to come.
    """

    middle: float
    low: float
    high: float
    days: int
    left: int


def forecast(spent: float, daily: Sequence[float], left: int) -> Forecast | None:
    """What will be spent `left` days from now, if days go on as the last ones.

    `spent` is the total so far, `daily` the spending of whole days, oldest first, with zeros; the
    last `MOST_DAYS` count. `None` with fewer than `LEAST_DAYS` of them.

    The sum of n new days is predicted as n·m ± t·s·√(v·(n + n²/k)) from k days of mean m and
    standard deviation s (the usual prediction interval for a sum, t on k−1 degrees of freedom).
    v = (1+r)/(1−r) widens it for busy days that follow each other: r is the lag-1 autocorrelation,
    raised by its bias 1/k and kept within `LEAST_LIKENESS` and 0.8. What changes the days' level
    (the campaign's start, a viral post) is not in the days looked at and so not in the interval.
    """
    days = list(daily)[-MOST_DAYS:]
    k, n = len(days), max(left, 0)
    if k < LEAST_DAYS:
        return None
    mean = sum(days) / k
    spread = math.sqrt(sum((one - mean) ** 2 for one in days) / (k - 1))
    r = min(max(_autocorrelation(days, mean) + 1 / k, LEAST_LIKENESS), 0.8)
    half = _t(k - 1) * spread * math.sqrt((1 + r) / (1 - r) * (n + n * n / k))
    middle = n * mean
    return Forecast(spent + middle, spent + max(middle - half, 0.0), spent + middle + half, k, n)


@dataclass(frozen=True, slots=True)
class Account:
    """What one source has cost a campaign, how far its limits are used, and where that leads.

    `forecasts` are for the day after which the source is no longer followed (`until`), or
    `OPEN_DAYS` ahead, by unit; units that cost nothing and are not limited have none.
    """

    used: tuple[Used, ...]
    spent: Mapping[Unit, float]
    forecasts: Mapping[Unit, Forecast]
    until: date

    @property
    def stopped(self) -> Used | None:
        """The limit that is used up and stops the source, the campaign's before the day's."""
        over = [one for one in self.used if one.over]
        return min(over, key=lambda one: one.limit.per == "day", default=None)

    def runs_out(self, used: Used, today: date) -> date | None:
        """The day on which a campaign's limit is reached at the middle pace; `None`: it lasts."""
        pace = self.forecasts.get(used.limit.unit)
        if used.limit.per == "day" or pace is None or pace.middle <= used.limit.amount:
            return None
        a_day = (pace.middle - used.spent) / pace.left
        return today + timedelta(days=int(max(used.limit.amount - used.spent, 0.0) / a_day))


def limits_of(plan: SourcePlan) -> list[Limit]:
    """The budgets that a campaign file gives a source."""
    periods: tuple[tuple[Period, str], ...] = (("campaign", "in_all"), ("day", "per_day"))
    wanted = (
        Limit(unit, per, getattr(plan, f"{unit}_{name}") or 0)
        for per, name in periods
        for unit in UNITS
    )
    return [limit for limit in wanted if limit.amount]


def account(
    campaign: Campaign, plan: SourcePlan, daily: Mapping[date, Cost], today: date
) -> Account:
    """The account of one source. `daily` has the days that cost something, up to `today`."""
    limits = limits_of(plan)
    spent: dict[Unit, float] = {
        unit: float(sum(getattr(cost, unit) for cost in daily.values())) for unit in UNITS
    }
    nothing = dict.fromkeys(UNITS, 0.0)
    now = (
        {unit: float(getattr(daily[today], unit)) for unit in UNITS} if today in daily else nothing
    )
    until = campaign.last_day or today + timedelta(days=OPEN_DAYS)
    wanted = [unit for unit in UNITS if spent[unit] or any(one.unit == unit for one in limits)]
    forecasts = {unit: _ahead(unit, daily, spent[unit], today, until) for unit in wanted}
    return Account(
        used=tuple(
            Used(one, now[one.unit] if one.per == "day" else spent[one.unit]) for one in limits
        ),
        spent=spent,
        forecasts={unit: pace for unit, pace in forecasts.items() if pace is not None},
        until=until,
    )


def _ahead(
    unit: Unit, daily: Mapping[date, Cost], spent: float, today: date, until: date
) -> Forecast | None:
    """Whole days from the first one that cost something to yesterday; today counts as to come."""
    if not daily or until < today:
        return None
    first, whole = min(daily), (today - min(daily)).days
    days = (first + timedelta(days=n) for n in range(whole))
    values = [float(getattr(daily[day], unit)) if day in daily else 0.0 for day in days]
    before = spent - (float(getattr(daily[today], unit)) if today in daily else 0.0)
    ahead = forecast(before, values, (until - today).days + 1)
    if ahead is None or ahead.low >= spent:
        return ahead
    return Forecast(max(ahead.middle, spent), spent, max(ahead.high, spent), ahead.days, ahead.left)


def _autocorrelation(days: Sequence[float], mean: float) -> float:
    variance = sum((one - mean) ** 2 for one in days)
    if variance == 0:
        return 0.0
    return sum((one - mean) * (after - mean) for one, after in pairwise(days)) / variance


def _t(freedom: int) -> float:
    """The 97.5 % quantile of Student's t (scipy is imported by whoever needs a forecast)."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))
