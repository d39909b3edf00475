"""Sada's own collectors bring home from the sandbox what is true, post by post."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from collectors.base import Kind, Post, Query, Window
from collectors.guard import Guard
from collectors.mastodon import Instance, MastodonCollector
from collectors.news import FeedPlan, NewsCollector
from collectors.query import Matcher, compile_mastodon, compile_x
from collectors.reddit.collector import RedditCollector
from collectors.retry import Patience
from collectors.x.collector import XCollector
from config.campaign import Campaign
from sada.sandbox.campaign import sandbox_campaign
from sada.sandbox.item import Item
from sada.sandbox.mastodon import FAR, HOME
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


def test_mastodon(
    sandbox: Sandbox, world: World, campaign: Campaign, window: Window, clock: Any
) -> None:
    instances = [Instance(f"{sandbox.url('mastodon')}/{name}") for name in (HOME, FAR)]
    collector = MastodonCollector(
        instances,
        user_agent="sada-tests/1",
        guard=Guard.of("mastodon", ["127.0.0.1"]),
        clock=clock,
        patience=QUIET,
    )
    tags = [*compile_mastodon(campaign.families), *compile_mastodon(campaign.topic_query)]
    asked = [
        replace(tag, text=f"{server.url}/tags/{tag.text}") for server in instances for tag in tags
    ]
    items = expected(world, "mastodon", clock())
    known = {identity: items[identity] for identity in items}
    found: dict[str, Post] = {}
    for query in asked:
        for page in collector.fetch(query, {}, window):
            for post in page.posts:
                best = found.get(post.platform_id)
                found[post.platform_id] = best if best and best.metrics.likes is not None else post
    assert set(found) == set(known)
    for identity, post in found.items():
        item = known[identity]
        assert item.version(clock()).text.split() == post.text.split()
        assert post.kind == Kind(item.kind)
        assert post.metrics.likes == item.reactions_at(clock()).likes
        assert post.author
        assert post.author.id.startswith(f"{item.author.handle}@")
    gone = next(one for one in world.of("mastodon") if one.deleted_at and one.deleted_at < clock())
    looked = collector.lookup([*found, gone.id])
    assert {post.platform_id for post in looked.found} == set(found)
    assert looked.missing == (gone.id,)


def test_news(
    sandbox: Sandbox, world: World, campaign: Campaign, window: Window, clock: Any
) -> None:
    matcher = Matcher(campaign.families, campaign.topic_query)
    feeds = {
        "https://presse.sandbox.example/feed/": FeedPlan("presse.sandbox.example", paged=True),
        "https://presse.sandbox.example/comments/feed/": FeedPlan(
            "presse.sandbox.example", comments=True
        ),
    }
    collector = NewsCollector(
        feeds,
        user_agent="sada-tests/1",
        match=lambda text, in_context: matcher.match(text, in_context=in_context) is not None,
        roots=lambda: set(found),
        guard=Guard.of("news", ["127.0.0.1"]),
        api_url=sandbox.url("news"),
        clock=clock,
        patience=QUIET,
    )
    found: dict[str, Post] = {}
    covered = []
    for url in feeds:
        for page in collector.fetch(Query("k", url, in_context=True), {}, window):
            found |= {post.platform_id: post for post in page.posts}
            covered.append(page.covered)
    items = expected(world, "news", clock())
    assert set(found) == set(items)
    assert Window(window.start, clock()) in covered
    for identity, post in found.items():
        item = items[identity]
        assert item.version(clock()).text.split() == post.text.removeprefix(item.title).split()
        assert post.kind == Kind(item.kind)
        assert (post.root_id or post.platform_id) == item.root
        assert (post.parent_id or None) == item.parent
        assert post.author
        assert item.author.handle not in post.text
