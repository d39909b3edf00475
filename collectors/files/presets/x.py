"""Answers of the X API v2 as twarc and others keep them: a page a line, a post a line, or CSV."""

from collections.abc import Mapping
from typing import Any, Final

from collectors.base import Post
from collectors.files.presets.base import Columns, Preset
from collectors.x.parse import parse_post

_TWEET: Final[Columns] = {
    "text": "note_tweet.text|note_post.text|text",
    "id": "id",
    "created_at": "created_at",
    "author_id": "author_id|author.id",
    "author": "author.username",
    "followers": "author.public_metrics.followers_count",
    "verified": "author.verified",
    "likes": "public_metrics.like_count",
    "reposts": "public_metrics.retweet_count|public_metrics.repost_count",
    "replies": "public_metrics.reply_count",
    "quotes": "public_metrics.quote_count",
    "saves": "public_metrics.bookmark_count",
    "views": "public_metrics.impression_count",
    "root": "conversation_id",
    "language": "lang",
}
_REFERENCES: Final = ("retweeted", "replied_to", "quoted")
PRESETS: Final = (
    Preset(
        "twarc-csv",
        "X API v2 (twarc-csv)",
        ("public_metrics.like_count", "author_id", "author.username"),
        {
            **_TWEET,
            "parent": "|".join(f"referenced_tweets.{name}.id" for name in _REFERENCES),
            "is_repost": "referenced_tweets.retweeted.id",
            "is_reply": "referenced_tweets.replied_to.id",
            "is_quote": "referenced_tweets.quoted.id",
        },
        {"platform": "x"},
        absent=("edit_history_tweet_ids.0", "edit_history_post_ids.0", "referenced_tweets.0.id"),
        time_zone="UTC",
    ),
    Preset(
        "x-api",
        "X API v2 (twarc, one page or one post a line)",
        ("public_metrics.like_count", "author_id"),
        {
            **_TWEET,
            "kind": "referenced_tweets.0.type|referenced_posts.0.type",
            "parent": "referenced_tweets.0.id|referenced_posts.0.id",
        },
        {"platform": "x"},
        time_zone="UTC",
        native=True,
    ),
)


def x_post(data: Mapping[str, Any]) -> Post | None:
    """A post with its author and the posts that it refers to inside it, as `twarc flatten` and
    `collectors.files.ndjson` make them; `None` without an id or a readable time."""
    author = data.get("author")
    users = {str(data.get("author_id")): author} if isinstance(author, dict) else {}
    listed = data.get("referenced_tweets") or data.get("referenced_posts") or ()
    referred = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    whole = {str(one["id"]): one for one in referred if "id" in one and "text" in one}
    if "author_id" not in data and isinstance(author, dict) and "id" in author:
        users, data = {str(author["id"]): author}, {**data, "author_id": author["id"]}
    return parse_post(data, users, whole)
