"""YouTube's JSON to posts."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from collectors.base import Kind, Metrics
from collectors.youtube.parse import (
    counts_of,
    parse_comments,
    parse_threads,
    parse_videos,
    token_of,
    video_ids,
)

FOLDER = Path("tests/data/collectors/youtube")
VIDEOS = json.loads((FOLDER / "videos.json").read_text(encoding="utf-8"))
THREADS = json.loads((FOLDER / "threads.json").read_text(encoding="utf-8"))


def test_videos():
    (first, second), unreadable = parse_videos(VIDEOS)
    assert unreadable == 1
    assert first.text == "Sghira, la campagne\n\nCe que dit la loi.\n#Sghira"
    assert first.metrics == Metrics(likes=35, replies=4, views=1200)
    assert (first.author.id, first.author.handle) == ("UC1", "Chaîne locale")
    assert (first.language_hint, first.kind) == ("fr", Kind.ORIGINAL)
    assert second.metrics == Metrics()  # hidden counts are unknown, not 0
    assert counts_of(VIDEOS) == {"aaaaaaaaaa1": 4, "aaaaaaaaaa2": None, "aaaaaaaaaa3": None}


def test_comments_and_replies():
    page = parse_threads(THREADS, "aaaaaaaaaa1")
    assert (page.token, page.unreadable, len(page.threads)) == ("T2", 1, 1)
    thread = page.threads[0]
    (reply,) = thread.replies
    assert (thread.replies_told, thread.top.metrics.replies, thread.top.metrics.likes) == (7, 7, 3)
    assert (thread.top.text, thread.top.edited) == ("c'est utile", True)
    assert (thread.top.root_id, thread.top.parent_id) == ("aaaaaaaaaa1", "aaaaaaaaaa1")
    assert (reply.root_id, reply.parent_id, reply.edited) == ("aaaaaaaaaa1", "Ug1", False)
    assert (reply.kind, reply.metrics.replies) == (Kind.REPLY, None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = [
    "id",
    "items",
    "snippet",
    "statistics",
    "publishedAt",
    "commentCount",
    "replies",
    "comments",
    "topLevelComment",
    "totalReplyCount",
    "likeCount",
    "nextPageToken",
]


@given(st.dictionaries(st.sampled_from(NAMES), json_values))
def test_any_json_is_survived(body):
    for one in (body, {"items": [body, 1, None]}, {"items": [{"id": "a", "snippet": body}]}):
        parse_videos(one)
        parse_threads(one, "v")
        parse_comments(one, None)
        counts_of(one)
        video_ids(one)
        token_of(one)
