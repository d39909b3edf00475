"""Reddit archives (Pushshift and its successors) and TikTok's Research API."""

from typing import Final

from collectors.files.presets.base import Columns, Preset

_REDDIT: Final[Columns] = {
    "id": "name|id",
    "created_at": "created_utc",
    "author_id": "author_fullname|author",
    "likes": "score",
}
PRESETS: Final = (
    Preset(
        "reddit-posts",
        "Reddit archive, posts",
        ("selftext", "created_utc", "subreddit"),
        {**_REDDIT, "text": "title+selftext", "replies": "num_comments"},
        {"platform": "reddit", "kind": "original"},
    ),
    Preset(
        "reddit-comments",
        "Reddit archive, comments",
        ("body", "created_utc", "link_id"),
        {**_REDDIT, "text": "body", "root": "link_id", "parent": "parent_id"},
        {"platform": "reddit", "kind": "reply"},
    ),
    Preset(
        "tiktok-research",
        "TikTok Research API, videos",
        ("video_description", "create_time"),
        {
            "text": "video_description",
            "id": "id|video_id",
            "created_at": "create_time",
            "author": "username|author_name",
            "likes": "like_count",
            "reposts": "share_count",
            "replies": "comment_count",
            "saves": "favorites_count|favourites_count",
            "views": "view_count",
        },
        {"platform": "tiktok"},
        time_zone="UTC",
    ),
)
