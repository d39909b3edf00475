"""What a campaign asks of one source, family by family, and what that is likely to cost."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from collectors.base import Query
from config.campaign import Campaign, SourcePlan, State
from measures.budget import OPEN_DAYS, limits_of
from sada.bootstrap import Sada
from sada.checking.cost import Estimate, estimate, volume_of
from sada.sources import queries_of, rates_of
from storage.queries import daily
from storage.rows import Cut, Spent
from storage.spending import COLLECT, daily_spending

Document = dict[str, Any]


def asked_document(sada: Sada, campaign: Campaign, plan: SourcePlan) -> Document:
    """Queries, families and cost of one source. Raises `SadaError`."""
    queries = queries_of(plan.name, campaign, sada)
    cost = _estimate(sada, campaign, plan, len(queries))
    return {
        "name": plan.name,
        "ok": True,
        "error": None,
        "queries": [_query(query) for query in queries],
        "families": _families(plan.name, campaign, queries),
        "cost": _cost(cost),
        "budgets": [{"limit": limit.name, "amount": limit.amount} for limit in limits_of(plan)],
        "closed": campaign.state(sada.today()) is State.CLOSED,
    }


def _query(query: Query) -> Document:
    return {
        "scope": query.scope,
        "text": query.text,
        "characters": len(query.text),
        "for": list(query.concepts),
        "in_context": query.in_context,
        "strict": query.strict,
    }


def _families(source: str, campaign: Campaign, queries: Sequence[Query]) -> list[Document]:
    from collectors.query.unasked import unasked

    scoped = [("campaign", campaign.families), ("topic", campaign.topic_query)]
    return [
        {
            "concept": family.concept,
            "scope": scope,
            "queries": [
                number
                for number, query in enumerate(queries, 1)
                if family.concept in query.concepts
            ],
            "matched_here": unasked(source, family),
        }
        for scope, families in scoped
        for family in families
    ]


def _estimate(sada: Sada, campaign: Campaign, plan: SourcePlan, queries: int) -> Estimate:
    volume = volume_of(_spent(sada, campaign, plan.name), _stored(sada, campaign, plan.name))
    end = campaign.last_day or max(sada.today(), campaign.first_day) + timedelta(days=OPEN_DAYS)
    days = (end - campaign.first_day).days + 1
    rates = rates_of(plan.name, campaign, sada)
    return estimate(queries, plan, rates, volume, days)


def _spent(sada: Sada, campaign: Campaign, source: str) -> list[Spent]:
    """What collecting cost on each whole day since the first that cost anything."""
    known = daily_spending(sada.database, campaign.slug, COLLECT).get(source, {})
    whole = {day: cost for day, cost in known.items() if day < sada.today()}
    if not whole:
        return []
    days = (max(whole) - min(whole)).days + 1
    each = (min(whole) + timedelta(days=number) for number in range(days))
    return [whole.get(day, Spent(0, 0, 0.0)) for day in each]


def _stored(sada: Sada, campaign: Campaign, source: str) -> list[int]:
    """Stored posts of each day from the first to the last that has any."""
    rows = daily(sada.database, campaign.slug, Cut(platforms=[source]))
    posts = {row.day: row.posts for row in rows if row.day < sada.today()}
    if not posts:
        return []
    first, days = min(posts), (max(posts) - min(posts)).days + 1
    return [posts.get(first + timedelta(days=number), 0) for number in range(days)]


def _cost(cost: Estimate) -> Document:
    calls, posts, dollars = cost.in_all()
    return {
        "basis": cost.volume.basis,
        "basis_days": cost.volume.days,
        "posts_before_budgets": round(cost.volume.posts, 1),
        "per_day": {
            "calls": round(cost.calls),
            "posts": round(cost.posts, 1),
            "dollars": round(cost.dollars, 2),
            "dollars_of_looks": round(cost.looks, 2),
        },
        "days": cost.days,
        "in_all": {"calls": round(calls), "posts": round(posts), "dollars": round(dollars, 2)},
        "stops_after_days": None if cost.stops_after is None else int(cost.stops_after),
    }
