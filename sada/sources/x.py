"""X: its settings to its collector and queries."""

from collections.abc import Sequence

from collectors.base import Collector, Keyless, Query
from collectors.x.backfill import Means
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.sources.network import api_guard, guard_of
from sada.sources.source import Rates, Source
from storage.spending import spent


def _build(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.x import XCollector

    settings = sada.settings.x
    if settings.bearer_token is None:
        raise Keyless("x", "no key. Set SADA_X__BEARER_TOKEN (docs/how-to/x.md).")
    guard = api_guard(sada, "x", settings.api_url, type(settings)().api_url)
    return XCollector(
        settings.bearer_token.get_secret_value(),
        api_url=settings.api_url,
        guard=guard,
        links=(guard or guard_of(sada, "x")) if settings.compliance_jobs else None,
        archive=settings.archive,
        dollars_per_post=settings.dollars_per_post,
        dollars_per_user=settings.dollars_per_user,
        dollars_per_count=settings.dollars_per_count,
        means=lambda: means_for_days_gone_by(sada, campaign),
        clock=sada.clock,
        patience=sada.patience,
    )


def means_for_days_gone_by(sada: Sada, campaign: Campaign) -> Means:
    """The part of what the budgets leave that may go to days which only the archive reaches."""
    plan = next((one for one in campaign.sources if one.name == "x"), SourcePlan(name="x"))
    share = sada.settings.x.backfill_share
    in_all = spent(sada.database, campaign.slug, "x")
    of_today = spent(sada.database, campaign.slug, "x", first=sada.today())
    return Means(
        dollars=_left(plan.dollars_in_all, in_all.dollars, share),
        posts=_whole(_left(plan.posts_in_all, in_all.posts, share)),
        posts_today=_whole(_left(plan.posts_per_day, of_today.posts, share)),
    )


def _left(limit: float | None, gone: float, share: float) -> float | None:
    return None if limit is None else max(0.0, limit - gone) * share


def _whole(posts: float | None) -> int | None:
    return None if posts is None else int(posts)


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    from collectors.query import compile_x

    limit = 1024 if sada.settings.x.archive else 512
    return [
        *compile_x(campaign.families, limit),
        *compile_x(campaign.topic_query, limit, "topic"),
    ]


def _rates(sada: Sada) -> Rates:
    """Each post is billed, and at most one author with it; looked up again, the post alone."""
    settings = sada.settings.x
    return Rates(
        dollars_per_post=settings.dollars_per_post + settings.dollars_per_user,
        dollars_per_look=settings.dollars_per_post,
    )


X = Source(_build, _queries, _rates)
