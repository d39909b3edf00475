"""The press: its list of feeds to a collector and queries."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from collectors.base import Collector, Query
from collectors.news import FeedPlan, NewsCollector
from config.campaign import Campaign
from config.feeds import FeedList, load_feeds
from sada.bootstrap import Sada
from sada.sources.network import api_guard, guard_of
from sada.sources.source import Rates, Source
from storage.queries import thread_roots

ENTRIES = 10
"""Of a feed, as WordPress has them unless an outlet says otherwise."""
ROOTS_FOR = timedelta(days=60)
"""Comments are kept below articles that matched and are younger than this."""
ATTEMPTS = 2
DEADLINE = 40.0
"""Seconds; there are many feeds, and a dead one must not hold up the others."""


def _build(sada: Sada, campaign: Campaign) -> Collector:
    from collectors.query import Matcher

    matcher = Matcher(campaign.families, campaign.topic_query)

    def roots() -> frozenset[str]:
        since = sada.clock() - ROOTS_FOR
        stored = thread_roots(sada.database, campaign.slug, NewsCollector.platform, since)
        return frozenset(one.platform_id for one in stored)

    settings, patience = sada.settings.news, sada.patience
    return NewsCollector(
        {url: plan for url, plan, _ in _feeds(sada)},
        user_agent=settings.user_agent,
        match=lambda text, in_context: matcher.match(text, in_context=in_context) is not None,
        roots=roots,
        guard=api_guard(sada, NewsCollector.name, settings.api_url, None)
        or guard_of(sada, NewsCollector.name),
        api_url=settings.api_url,
        clock=sada.clock,
        patience=replace(
            patience,
            attempts=min(patience.attempts, ATTEMPTS),
            deadline=min(patience.deadline, DEADLINE),
        ),
    )


def _queries(sada: Sada, campaign: Campaign) -> Sequence[Query]:
    """One query a feed, articles first: comments are kept below those that matched.

    A busy paper's ten newest comments are a sample of them, however often they are read.
    """
    from collectors.query import compile_rss

    scope = "topic" if campaign.topic_query else "campaign"
    return [
        replace(query, sampled=comments)
        for comments in (False, True)
        for url, plan, in_context in _feeds(sada)
        if plan.comments is comments
        for query in compile_rss([url], scope, in_context=in_context)
    ]


def _feeds(sada: Sada) -> Iterator[tuple[str, FeedPlan, bool]]:
    """Address, plan, and whether it gives the context. Raises `ConfigurationError`."""
    listed: FeedList = load_feeds(sada.settings.news.feeds)
    for outlet in listed.outlets:
        for url in outlet.articles:
            yield url, FeedPlan(outlet.host, paged=outlet.paged), outlet.in_context
        if sada.settings.news.comments:
            for url in outlet.comments:
                yield url, FeedPlan(outlet.host, comments=True), outlet.in_context


def _rates(sada: Sada) -> Rates:
    """Nobody caps or bills the calls; what is new and no longer in a feed takes older pages."""
    return Rates(posts_per_call=ENTRIES)


NEWS = Source(_build, _queries, _rates)
