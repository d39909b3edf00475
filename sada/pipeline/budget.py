"""What a source may still cost a campaign, and when it may be asked again."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from collectors.base import CollectorError, Exhausted
from config.campaign import Campaign, SourcePlan
from measures.budget import Account, Limit, account, limits_of
from sada.bootstrap import Sada
from storage.rows import Spent
from storage.spending import LOOK, daily_spending, spent

LOOKS_SHARE: Final = 0.25
"""Second looks take at most this share of each budget: new posts come first."""
WORDS: Final = {"calls": "{:g} calls", "posts": "{:g} posts", "dollars": "${:g}"}


class BudgetSpent(Exhausted):
    """The campaign file's own budget is spent; the platform was not asked."""

    code = "budget_spent"


def check_budget(sada: Sada, campaign: Campaign, plan: SourcePlan) -> None:
    """Raises `BudgetSpent` when a budget of the plan, in all or of today, is used up.

    Asked before every page: a limit may be passed by the page that reaches it, no more.
    """
    for limit in limits_of(plan):
        _check(sada, campaign, plan, limit, 1.0)


def check_looks(sada: Sada, campaign: Campaign, plan: SourcePlan) -> None:
    """The same for second looks, which also have to stay within their share of every budget."""
    check_budget(sada, campaign, plan)
    for limit in limits_of(plan):
        _check(sada, campaign, plan, limit, LOOKS_SHARE)


def _check(sada: Sada, campaign: Campaign, plan: SourcePlan, limit: Limit, share: float) -> None:
    first = sada.today() if limit.per == "day" else None
    work = None if share == 1.0 else LOOK
    cost = spent(sada.database, campaign.slug, plan.name, first=first, work=work)
    if getattr(cost, limit.unit) < limit.amount * share - 1e-9:
        return
    amount = WORDS[limit.unit].format(limit.amount)
    whose = "today's budget" if limit.per == "day" else "the budget"
    part = "" if share == 1.0 else f"the share of second looks ({share:.0%}) in "
    raise BudgetSpent(plan.name, f"{part}{whose} of {amount} is spent.")


def accounts(sada: Sada, campaign: Campaign) -> Mapping[str, Account]:
    """The account of every source of a campaign, by its name."""
    daily = daily_spending(sada.database, campaign.slug)
    none: Mapping[date, Spent] = {}
    return {
        plan.name: account(campaign, plan, daily.get(plan.name, none), sada.today())
        for plan in campaign.sources
    }


def resume_at(sada: Sada, error: CollectorError, now: datetime) -> datetime | None:
    """Before when a source that raised `error` is not to be asked again; `None`: at its rhythm.

    As the platform told, where it did. A campaign's own budget is looked at again on the next
    local day, a platform's quota or credits in the next month (UTC), as platforms count them.
    """
    if error.retry_after:
        return now + timedelta(seconds=error.retry_after)
    if isinstance(error, BudgetSpent):
        return _midnight(sada.today() + timedelta(days=1), sada)
    if isinstance(error, Exhausted):
        month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return (month + timedelta(days=32)).replace(day=1)
    return None


def _midnight(day: date, sada: Sada) -> datetime:
    return datetime.combine(day, time(), sada.timezone).astimezone(UTC)
