"""What a source may still cost a campaign."""

from datetime import datetime, time

from collectors.base import Exhausted
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from storage.runs import spent


def check_budget(sada: Sada, campaign: Campaign, plan: SourcePlan) -> None:
    """Raises `Exhausted` when the plan's dollars or posts, in all or of today, are spent."""
    in_all = spent(sada.database, campaign.slug, plan.name, None)
    if plan.dollars_in_all is not None and in_all.dollars >= plan.dollars_in_all:
        raise Exhausted(plan.name, f"the budget of ${plan.dollars_in_all:g} is spent.")
    if plan.posts_in_all is not None and in_all.posts >= plan.posts_in_all:
        raise Exhausted(plan.name, f"the budget of {plan.posts_in_all} posts is spent.")
    today = datetime.combine(sada.today(), time(), sada.timezone)
    day = spent(sada.database, campaign.slug, plan.name, today)
    if plan.posts_per_day is not None and day.posts >= plan.posts_per_day:
        raise Exhausted(plan.name, f"today's budget of {plan.posts_per_day} posts is spent.")
