"""TikTok: its settings to its collector and queries."""

from collections.abc import Sequence

from collectors.base import Collector, Keyless, Query
from collectors.tokens import Token
from config.campaign import Campaign
from sada.bootstrap import Sada
from sada.sources.network import api_guard
from sada.sources.source import Rates, Source

_TOKENS: dict[tuple[str, str], Token] = {}
"""By address and client, for as long as the process lasts."""


def _build(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.query import Matcher
    from collectors.tiktok import TikTokCollector

    settings = sada.settings.tiktok
    if settings.client_key is None or settings.client_secret is None:
        raise Keyless(
            "tiktok",
            "no key. Set SADA_TIKTOK__CLIENT_KEY and SADA_TIKTOK__CLIENT_SECRET"
            " (docs/how-to/tiktok.md).",
        )
    matcher = Matcher(campaign.families, campaign.topic_query)
    return TikTokCollector(
        settings.client_key,
        settings.client_secret.get_secret_value(),
        api_url=settings.api_url,
        guard=api_guard(sada, "tiktok", settings.api_url, type(settings)().api_url),
        match=lambda text: matcher.match(text, in_context=True) is not None,
        comments=settings.comments,
        clock=sada.clock,
        patience=sada.patience,
        token=_TOKENS.setdefault((settings.api_url, settings.client_key), Token()),
    )


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    from collectors.query import compile_tiktok

    regions = sada.settings.tiktok.regions
    return [
        *compile_tiktok(campaign.families, regions),
        *compile_tiktok(campaign.topic_query, regions, scope="topic"),
    ]


def _rates(sada: Sada) -> Rates:
    return Rates(calls_per_day=1000)


TIKTOK = Source(_build, _queries, _rates)
