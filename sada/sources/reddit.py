"""Reddit: its settings to its collector and queries."""

from collections.abc import Sequence

from collectors.base import Collector, Query, Refused
from config.campaign import Campaign
from sada.bootstrap import Sada
from sada.sources.source import Source


def _build(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.query import Matcher
    from collectors.reddit import RedditCollector

    settings = sada.settings.reddit
    if settings.client_id is None or settings.client_secret is None:
        raise Refused(
            "reddit",
            "no key. Set SADA_REDDIT__CLIENT_ID and SADA_REDDIT__CLIENT_SECRET"
            " (docs/how-to/reddit.md).",
        )
    matcher = Matcher(campaign.families, campaign.topic_query)
    return RedditCollector(
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
        user_agent=settings.user_agent,
        api_url=settings.api_url,
        match=lambda text: matcher.match(text, in_context=True) is not None,
        match_anywhere=lambda text: matcher.match(text) is not None,
        clock=sada.clock,
        patience=sada.patience,
    )


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    from collectors.query import compile_reddit

    return [
        *compile_reddit(campaign.families, sada.settings.reddit.subreddits),
        *compile_reddit(campaign.topic_query, scope="topic"),
    ]


REDDIT = Source(_build, _queries)
