"""Bluesky's JSON to posts."""

import json
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Kind
from collectors.bluesky.parse import parse_search, parse_view, parse_views

BODY = json.loads(Path("tests/data/collectors/bluesky/search.json").read_text(encoding="utf-8"))


def test_a_page_of_search():
    found = parse_search(BODY)
    original, reply, quote, with_feed = found.posts
    assert (found.token, found.unreadable) == ("25", 1)
    assert [post.kind for post in found.posts] == [
        Kind.ORIGINAL, Kind.REPLY, Kind.QUOTE, Kind.ORIGINAL,
    ]  # fmt: skip
    assert original.text == "Une ligne d'écoute ouvre demain #Sghira"
    assert original.author.verified is True
    assert original.author.followers is None
    assert (original.metrics.likes, original.metrics.saves, original.metrics.views) == (9, 3, None)
    assert original.language_hint == "fr"
    assert (reply.root_id[-3:], reply.parent_id[-3:]) == ("3k0", "3k1")
    assert (reply.metrics.likes, reply.metrics.replies) == (0, None)
    assert reply.language_hint is None
    assert quote.parent_id.endswith("3k1")
    assert with_feed.parent_id is None


def test_a_claimed_time_counts_only_when_it_is_not_later_than_the_servers():
    reply = parse_search(BODY).posts[1]
    assert reply.created_at == datetime(2026, 11, 20, 11, tzinfo=UTC)


def test_a_page_without_posts_ends_the_search():
    assert parse_search({"posts": [], "cursor": "50"}).token is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = [
    "uri",
    "author",
    "record",
    "indexedAt",
    "likeCount",
    "createdAt",
    "embed",
    "reply",
    "langs",
]


@given(st.dictionaries(st.sampled_from(NAMES), json_values))
def test_any_json_is_survived(view):
    parse_view(view)
    parse_view({"uri": "at://a", "indexedAt": "2026-01-01T00:00:00Z", "record": view})
    parse_views({"posts": [view, 1, None]})
