"""Reddit: its settings to its collector and queries."""

from collections.abc import Sequence
from datetime import timedelta

from collectors.base import Collector, Keyless, Query
from config.campaign import Campaign
from sada.bootstrap import Sada
from sada.sources.network import api_guard
from sada.sources.source import Source
from storage.queries import thread_roots


def _build(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.query import Matcher
    from collectors.reddit import RedditCollector
    from collectors.reddit.trees import LOOKS, Root

    settings = sada.settings.reddit
    if settings.client_id is None or settings.client_secret is None:
        raise Keyless(
            "reddit",
            "no key. Set SADA_REDDIT__CLIENT_ID and SADA_REDDIT__CLIENT_SECRET"
            " (docs/how-to/reddit.md).",
        )

    def roots(scope: str) -> list[Root]:
        since = sada.clock() - LOOKS[-1] - timedelta(days=1)
        stored = thread_roots(sada.database, campaign.slug, "reddit", since, scope)
        return [Root(one.platform_id, one.created_at, one.seen_at) for one in stored]

    matcher = Matcher(campaign.families, campaign.topic_query)
    return RedditCollector(
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
        user_agent=settings.user_agent,
        api_url=settings.api_url,
        guard=api_guard(sada, "reddit", settings.api_url, None),
        match=lambda text: matcher.match(text, in_context=True) is not None,
        match_anywhere=lambda text: matcher.match(text) is not None,
        roots=roots,
        clock=sada.clock,
        patience=sada.patience,
    )


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    from collectors.query import compile_reddit
    from collectors.reddit.collector import TREES

    asked = [
        *compile_reddit(campaign.families, sada.settings.reddit.subreddits),
        *compile_reddit(campaign.topic_query, scope="topic"),
    ]
    if sada.settings.reddit.comment_trees:  # last: they are of what the others found
        scopes = ("campaign", "topic") if campaign.topic_query else ("campaign",)
        asked += [Query(f"trees-{scope}", TREES, scope, in_context=True) for scope in scopes]
    return asked


REDDIT = Source(_build, _queries)
