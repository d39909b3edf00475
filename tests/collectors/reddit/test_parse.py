"""Reddit's listings to posts."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Author, Kind, Metrics
from collectors.reddit.parse import is_listing, parse_listing

LISTING = Path(__file__).parents[2] / "data" / "collectors" / "reddit" / "listing.json"


@pytest.fixture(scope="module")
def listing():
    return parse_listing(json.loads(LISTING.read_text("utf-8")))


@pytest.fixture(scope="module")
def posts(listing):
    return {item.fullname: item.post for item in listing.items}


def test_what_cannot_be_placed_is_counted(listing):
    assert (len(listing.items), listing.unreadable, listing.after) == (7, 1, "t1_c5")


def test_a_submission(posts):
    post = posts["t3_s1"]
    assert (post.platform, post.platform_id, post.kind) == ("reddit", "t3_s1", Kind.ORIGINAL)
    assert post.text == (
        "Une campagne contre le cyberharcèlement\n\nVous en pensez quoi ? #mamhkoumch"
    )
    assert post.created_at == datetime(2025, 10, 3, 9, 0, tzinfo=UTC)
    assert post.author == Author("t2_a1", "amine_test")
    assert post.metrics == Metrics(likes=41, reposts=1, replies=7)
    assert not post.edited


def test_a_comment_knows_its_root_and_parent(posts):
    post = posts["t1_c1"]
    assert (post.kind, post.root_id, post.parent_id) == (Kind.REPLY, "t3_s1", "t1_c0")
    assert post.edited


@pytest.mark.parametrize("name", ["t3_s2", "t1_c2", "t1_c5"])
def test_what_was_taken_down_is_not_shown(posts, name):
    assert posts[name] is None


def test_a_closed_account_leaves_its_text_without_author(posts):
    post = posts["t1_c3"]
    assert post.author is None
    assert post.metrics.likes is None
    assert post.text.startswith("Texte")


def test_a_crosspost_is_a_repost(posts):
    post = posts["t3_s3"]
    assert (post.kind, post.parent_id, post.metrics.likes) == (Kind.REPOST, "t3_s1", 0)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["id", "kind", "data", "created_utc", "title", "selftext", "body", "author", "score",
             "name", "edited", "link_id", "removed_by_category"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@given(
    st.lists(st.fixed_dictionaries({"kind": st.sampled_from(["t1", "t3"]), "data": json_values}))
)
def test_any_json_is_survived(children):
    body = {"kind": "Listing", "data": {"children": children}}
    assert is_listing(body)
    for item in parse_listing(body).items:
        assert item.post is None or item.post.text.encode("utf-8") is not None
