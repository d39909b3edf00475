"""What following a campaign on one source is likely to cost; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from config.campaign import SourcePlan
from measures.budget import Cost, limits_of
from sada.looks import POINTS
from sada.pipeline.budget import LOOKS_SHARE
from sada.sources.source import Rates

ASSUMED_POSTS: Final = 200
"""Posts a day where nothing is stored yet: what a campaign in the news brings (measures use it)."""
LOOKED_BACK: Final = 14
MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Volume:
    """Posts a day and where the figure comes from: `spent`, `stored` or `assumed`."""

    posts: float
    basis: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A day and all `days` of a campaign, before and after its budgets cut it.

    `looks`: what of the dollars goes to second looks. `stops_after`: days after which the first
    budget for the whole campaign is spent.
    """

    calls: float
    posts: float
    dollars: float
    days: int
    volume: Volume
    stops_after: float | None
    looks: float = 0.0

    def in_all(self) -> tuple[float, float, float]:
        """Calls, posts and dollars of all days, as far as the budgets let them go."""
        days = self.days if self.stops_after is None else min(self.days, self.stops_after)
        return self.calls * days, self.posts * days, self.dollars * days


def volume_of(spent: Sequence[Cost], stored: Sequence[int]) -> Volume:
    """Posts a day from what was billed on past whole days, else from what is stored of them.

    Both are oldest first, with zeros; the last `LOOKED_BACK` count.
    """
    billed = [cost.posts for cost in spent][-LOOKED_BACK:]
    if any(billed):
        return Volume(sum(billed) / len(billed), "spent", len(billed))
    recent = list(stored)[-LOOKED_BACK:]
    if any(recent):
        return Volume(sum(recent) / len(recent), "stored", len(recent))
    return Volume(ASSUMED_POSTS, "assumed")


def estimate(queries: int, plan: SourcePlan, rates: Rates, volume: Volume, days: int) -> Estimate:
    """What `queries` at the plan's rhythm cost for `days`.

    Every round asks each query at least once, and once more for each full page of new posts; a
    limit of calls, of the platform or the plan, caps both. A budget a day cuts the day.
    """
    rounds = MINUTES // plan.every_minutes
    calls = rounds * queries + volume.posts / rates.posts_per_call
    caps = [cap for cap in (rates.calls_per_day, plan.calls_per_day) if cap is not None]
    calls = min([calls, *caps])
    posts = min(volume.posts, plan.posts_per_day or volume.posts)
    looks = _looks(posts, plan, rates, days)
    dollars = posts * rates.dollars_per_post + looks
    if plan.dollars_per_day is not None and dollars > plan.dollars_per_day:
        posts *= plan.dollars_per_day / dollars
        dollars = plan.dollars_per_day
    day = {"calls": calls, "posts": posts, "dollars": dollars}
    lasts = [
        limit.amount / day[limit.unit]
        for limit in limits_of(plan)
        if limit.per == "campaign" and day[limit.unit] > 0
    ]
    stops = min(lasts, default=None)
    ends = stops if stops is not None and stops < days else None
    return Estimate(calls, posts, dollars, days, volume, ends, looks)


def _looks(posts: float, plan: SourcePlan, rates: Rates, days: int) -> float:
    """Dollars a day of the second looks at `posts` posts a day, within their share of the budgets.

    None where the campaign file does not ask for them: unasked they cost nothing.
    """
    if not plan.refresh:
        return 0.0
    caps = [plan.dollars_per_day, plan.dollars_in_all and plan.dollars_in_all / days]
    shares = [cap * LOOKS_SHARE for cap in caps if cap is not None]
    return min([posts * len(POINTS) * rates.dollars_per_look, *shares])
