"""X: its settings to its collector and queries."""

from collections.abc import Sequence

from collectors.base import Collector, Query, Refused
from config.campaign import Campaign
from sada.bootstrap import Sada
from sada.sources.source import Source


def _build(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.x import XCollector

    settings = sada.settings.x
    if settings.bearer_token is None:
        raise Refused("x", "no key. Set SADA_X__BEARER_TOKEN (docs/how-to/x.md).")
    return XCollector(
        settings.bearer_token.get_secret_value(),
        api_url=settings.api_url,
        archive=settings.archive,
        dollars_per_post=settings.dollars_per_post,
        dollars_per_user=settings.dollars_per_user,
        clock=sada.clock,
        patience=sada.patience,
    )


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    from collectors.query import compile_x

    limit = 1024 if sada.settings.x.archive else 512
    return [
        *compile_x(campaign.families, limit),
        *compile_x(campaign.topic_query, limit, "topic"),
    ]


X = Source(_build, _queries)
