"""Sada's own collectors bring home from the sandbox what is true, post by post."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest

from collectors.base import Kind, Post, Query, Window
from collectors.query import Matcher, compile_x
from collectors.reddit.collector import RedditCollector
from collectors.retry import Patience
from collectors.x.collector import XCollector
from config.campaign import Campaign
from sada.sandbox.campaign import sandbox_campaign
from sada.sandbox.item import Item
from sada.sandbox.reddit import CLIENT
from sada.sandbox.server import Sandbox
from sada.sandbox.world import World
from sada.sandbox.x import BEARER

QUIET = Patience(sleep=lambda _: None)


@pytest.fixture
def campaign(world: World) -> Campaign:
    return sandbox_campaign(world.design)


@pytest.fixture
def window(world: World, now: datetime) -> Window:
    return Window(datetime.fromisoformat(f"{world.design.first_day}T00:00+01:00"), now)


def expected(world: World, platform: str, now: datetime) -> dict[str, Item]:
    return {
        item.id: item
        for item in world.published(now)
        if item.platform == platform and item.scope != "none" and item.alive(now)
    }


def fetched(collector: Any, queries: Iterable[Query], window: Window) -> dict[str, Post]:
    return {
        post.platform_id: post
        for query in queries
        for page in collector.fetch(query, {}, window)
        for post in page.posts
    }


def compare(found: dict[str, Post], items: dict[str, Item], now: datetime) -> None:
    by_any_id = {version.id: item for item in items.values() for version in item.versions}
    assert {by_any_id[identity].id for identity in found} == set(items)
    for identity, post in found.items():
        item = by_any_id[identity]
        assert item.version(now).text in post.text
        assert item.title in post.text
        assert post.kind == Kind(item.kind)
        assert post.edited is (len(item.versions) > 1 and item.versions[1].at <= now)
        assert post.author is not None
        assert post.author.handle == item.author.handle


def test_x(sandbox: Sandbox, world: World, campaign: Campaign, window: Window, clock: Any) -> None:
    collector = XCollector(
        BEARER,
        api_url=sandbox.url("x"),
        clock=clock,
        archive=True,
        patience=QUIET,
    )
    queries = [*compile_x(campaign.families, 512), *compile_x(campaign.topic_query, 512)]
    found = fetched(collector, queries, window)
    clock.advance(seconds=-30)  # X shows what is at least 30 s old
    items = expected(world, "x", clock())
    compare(found, items, clock())
    views = [post.metrics.views for post in found.values()]
    assert None not in views
    assert any(post.author and post.author.followers for post in found.values())


def test_reddit(
    sandbox: Sandbox, world: World, campaign: Campaign, window: Window, clock: Any
) -> None:
    matcher = Matcher(campaign.families, campaign.topic_query)
    collector = RedditCollector(
        CLIENT[0],
        CLIENT[1],
        user_agent="python:sada:tests",
        match=lambda text: matcher.match(text) is not None,
        clock=clock,
        api_url=sandbox.url("reddit"),
        patience=QUIET,
    )
    queries = [
        Query("new", "/r/Morocco+Maroc/new"),
        Query("comments", "/r/Morocco+Maroc/comments/"),
    ]
    compare(fetched(collector, queries, window), expected(world, "reddit", clock()), clock())
