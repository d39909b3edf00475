"""TikTok's JSON to posts."""

import json
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Kind, Metrics
from collectors.tiktok.parse import is_answer, parse_comments, parse_videos, posted_at

FOLDER = Path("tests/data/collectors/tiktok")
VIDEOS = json.loads((FOLDER / "videos.json").read_text(encoding="utf-8"))
COMMENTS = json.loads((FOLDER / "comments.json").read_text(encoding="utf-8"))


def test_videos():
    answer = parse_videos(VIDEOS)
    first, second = answer.posts
    assert (answer.more, answer.cursor, answer.search_id) == (True, "100", "7201388525814961198")
    assert answer.unreadable == 1
    assert first.platform_id == "7570000000000000001"
    assert first.text == "La loi en une minute #Sghira #loi"
    assert first.created_at == datetime(2025, 11, 20, 10, tzinfo=UTC)
    assert first.metrics == Metrics(likes=40, reposts=2, replies=3, saves=1, views=900)
    assert (first.author.handle, first.author.followers) == ("une.asso", None)
    assert second.metrics == Metrics()


def test_comments():
    top, answer = parse_comments(COMMENTS, "5").posts
    assert (top.platform_id, top.parent_id, top.root_id) == ("5:11", "5", "5")
    assert (answer.platform_id, answer.parent_id, answer.kind) == ("5:12", "5:11", Kind.REPLY)
    assert (top.author, top.metrics) == (None, Metrics(likes=2, replies=1))


def test_an_id_holds_when_it_was_posted():
    moment = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    assert posted_at(str((int(moment.timestamp()) << 32) + 77)) == moment
    assert posted_at("no number") is None
    assert posted_at("9" * 400) is None


def test_a_success_that_holds_an_error_is_none():
    assert not is_answer({"data": {}, "error": {"code": "internal_error"}})
    assert not is_answer({"error": {"code": "ok"}})
    assert is_answer({"data": {}, "error": {"code": "ok"}})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = [
    "id",
    "create_time",
    "videos",
    "comments",
    "cursor",
    "has_more",
    "hashtag_names",
    "like_count",
    "error",
]


@given(st.dictionaries(st.sampled_from(NAMES), json_values))
def test_any_json_is_survived(data):
    for body in (data, {"data": data}, {"data": {"videos": [data, 1], "comments": [data]}}):
        parse_videos(body)
        parse_comments(body, "5")
        is_answer(body)
