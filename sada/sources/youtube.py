"""YouTube: its settings to its collector and queries."""

from collections.abc import Sequence

from collectors.base import Collector, Keyless, Query
from config.campaign import Campaign, State
from sada.bootstrap import Sada
from sada.sources.network import api_guard
from sada.sources.source import Rates, Source


def _build(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.query import Matcher
    from collectors.youtube import YouTubeCollector
    from collectors.youtube.passes import share_of_searches

    settings = sada.settings.youtube
    if settings.api_key is None:
        raise Keyless("youtube", "no key. Set SADA_YOUTUBE__API_KEY (docs/how-to/youtube.md).")
    matcher = Matcher(campaign.families, campaign.topic_query)
    return YouTubeCollector(
        settings.api_key.get_secret_value(),
        api_url=settings.api_url,
        guard=api_guard(sada, "youtube", settings.api_url, type(settings)().api_url),
        match=lambda text: matcher.match(text) is not None,
        search_every=share_of_searches(_all_queries(sada), settings.searches_per_day),
        comments=settings.comments,
        comments_per_video=settings.comments_per_video,
        clock=sada.clock,
        patience=sada.patience,
    )


def _all_queries(sada: Sada) -> int:
    """Queries of all campaigns that share the key's searches now."""
    return sum(
        len(_queries(sada, campaign))
        for campaign in sada.campaigns.values()
        if any(plan.name == "youtube" for plan in campaign.sources)
        and campaign.state(sada.today()) in (State.RUNNING, State.FOLLOWUP)
    )


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    from collectors.query import compile_youtube

    return [
        *compile_youtube(campaign.families),
        *compile_youtube(campaign.topic_query, scope="topic"),
    ]


def _rates(sada: Sada) -> Rates:
    """Searches alone: comments and statistics come from another, much larger quota."""
    return Rates(posts_per_call=50, calls_per_day=sada.settings.youtube.searches_per_day)


YOUTUBE = Source(_build, _queries, _rates)
