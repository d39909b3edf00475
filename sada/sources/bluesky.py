"""Bluesky: its settings to its collector and queries."""

from collections.abc import Sequence

from collectors.base import Collector, Keyless, Query
from collectors.tokens import Token
from config.campaign import Campaign
from sada.bootstrap import Sada
from sada.sources.network import api_guard
from sada.sources.source import Source

_TOKENS: dict[tuple[str, str], Token] = {}
"""By server and account, for as long as the process lasts: 300 log-ins are allowed a day."""


def _build(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.bluesky import BlueskyCollector

    settings = sada.settings.bluesky
    if settings.handle is None or settings.app_password is None:
        raise Keyless(
            "bluesky",
            "no account. Set SADA_BLUESKY__HANDLE and SADA_BLUESKY__APP_PASSWORD"
            " (docs/how-to/bluesky.md).",
        )
    return BlueskyCollector(
        settings.handle,
        settings.app_password.get_secret_value(),
        api_url=settings.api_url,
        guard=api_guard(sada, "bluesky", settings.api_url, type(settings)().api_url),
        clock=sada.clock,
        patience=sada.patience,
        token=_TOKENS.setdefault((settings.api_url, settings.handle), Token()),
    )


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    from collectors.query import compile_bluesky

    return [
        *compile_bluesky(campaign.families),
        *compile_bluesky(campaign.topic_query, scope="topic"),
    ]


BLUESKY = Source(_build, _queries)
