"""X's answers to posts, under old and new names."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Author, Kind, Metrics
from collectors.x.parse import newest_of, parse_answer, warnings_of

DATA = Path(__file__).parents[2] / "data" / "collectors" / "x"


@pytest.fixture(params=["old", "new"])
def posts(request):
    body = json.loads((DATA / f"search.{request.param}-names.json").read_text("utf-8"))
    return parse_answer(body).posts


def test_an_original(posts):
    post = posts[0]
    assert (post.platform, post.platform_id, post.kind) == ("x", "1990000000000000010", "original")
    assert post.text == "Brisons le silence & signalons #Mamhkoumch"
    assert post.created_at == datetime(2025, 10, 3, 9, 15, tzinfo=UTC)
    assert post.author == Author("501", "assoc_exemple", 5200, verified=True)
    assert post.metrics == Metrics(likes=40, reposts=12, replies=3, quotes=2, saves=5, views=2100)
    assert (post.root_id, post.parent_id, post.language_hint) == (None, None, "fr")
    assert not post.edited


def test_a_long_post_is_whole(posts):
    assert "8350" in posts[1].text
    assert posts[1].metrics.views == 0


def test_a_reply_knows_its_root_and_parent(posts):
    post = posts[2]
    assert post.kind is Kind.REPLY
    assert (post.root_id, post.parent_id) == ("1990000000000000001", "1990000000000000002")
    assert post.language_hint is None
    assert post.metrics.saves is None
    assert post.author == Author("503", "y_test")


def test_a_quote_that_was_edited_keeps_its_first_id(posts):
    post = posts[3]
    assert (post.kind, post.parent_id) == (Kind.QUOTE, "1990000000000000003")
    assert (post.platform_id, post.edited) == ("1990000000000000005", True)
    assert post.metrics == Metrics()
    assert post.author == Author("504")


def test_a_repost_has_the_whole_text_of_what_it_repeats(posts):
    post = posts[4]
    assert (post.kind, post.root_id) == (Kind.REPOST, "1990000000000000004")
    assert post.text.endswith("rejoignez-nous #mamhkoumch")


def test_the_reposts_of_a_post_are_not_counted_again_with_each_of_them():
    counts = {"retweet_count": 900, "like_count": 0, "impression_count": 0}
    repeated = {
        "id": "2",
        "created_at": "2025-10-05T00:00:00Z",
        "public_metrics": counts,
        "referenced_tweets": [{"type": "retweeted", "id": "1"}],
    }
    own = {"id": "1", "created_at": "2025-10-04T00:00:00Z", "public_metrics": counts}
    found = parse_answer({"data": [repeated, own]}).posts
    assert [post.metrics.reposts for post in found] == [None, 900]


def test_views_before_x_counted_them_are_unknown_not_zero():
    body = {
        "data": [
            {
                "id": "1",
                "created_at": "2022-05-01T00:00:00Z",
                "public_metrics": {"impression_count": 0, "like_count": 2},
            }
        ]
    }
    (post,) = parse_answer(body).posts
    assert post.metrics == Metrics(likes=2)


def test_posts_without_id_or_time_are_counted():
    data = [{"text": "a"}, {"id": "2", "created_at": "soon"}, {"id": "3"}, "no object", None]
    parsed = parse_answer({"data": data})
    assert (parsed.posts, parsed.unreadable) == ((), 3)


def test_texts_are_made_storable():
    data = [{"id": "1", "created_at": "2025-01-01T00:00:00.000Z", "text": "a\x00b\ud83d"}]
    (post,) = parse_answer({"data": data}).posts
    assert post.text == "ab\ufffd"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["id", "data", "created_at", "text", "note_tweet", "author_id", "includes", "users",
             "public_metrics", "like_count", "referenced_tweets", "type", "edit_history_tweet_ids",
             "errors", "title", "meta", "newest_id"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["data", "includes", "errors", "meta"]), json_values))
def test_any_json_is_survived(body):
    parsed = parse_answer(body)
    assert all(post.platform_id for post in parsed.posts)
    warnings_of(body)
    newest_of(body)


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_the_calendar_makes_a_post_unreadable(time):
    answer = parse_answer({"data": [{"id": "1", "text": "a", "created_at": time}]})
    assert (answer.posts, answer.unreadable) == ((), 1)
