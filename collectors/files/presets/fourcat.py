"""4CAT's CSV: `id, thread_id, author, body, timestamp` and what each source adds to them.

Cells are separated by commas, or by semicolons where somebody saved them again. Times are UTC.
Its NDJSON is in `zeeschuimer`. https://github.com/digitalmethodsinitiative/4cat
"""

from typing import Final

from collectors.files.presets.base import Columns, Preset

_ALL: Final[Columns] = {
    "text": "subject+body",
    "id": "id",
    "created_at": "unix_timestamp|timestamp",
    "author_id": "author_id",
    "author": "author",
    "root": "thread_id",
}
PRESETS: Final = (
    Preset(
        "4cat-tiktok",
        "4CAT, TikTok",
        ("thread_id", "body", "tiktok_url"),
        {
            **_ALL,
            "text": "body",
            "followers": "author_followers",
            "likes": "likes",
            "reposts": "shares",
            "replies": "comments",
            "views": "plays",
        },
        {"platform": "tiktok"},
        time_zone="UTC",
    ),
    Preset(
        "4cat-x",
        "4CAT, X",
        ("thread_id", "body", "retweet_count", "is_retweet"),
        {
            **_ALL,
            "text": "body",
            "likes": "like_count",
            "reposts": "retweet_count",
            "replies": "reply_count",
            "quotes": "quote_count",
            "views": "impression_count",
            "language": "language_guess",
            "is_repost": "is_retweet",
            "is_reply": "is_reply",
            "is_quote": "is_quote_tweet",
        },
        {"platform": "x"},
        time_zone="UTC",
    ),
    Preset(
        "4cat-instagram",
        "4CAT, Instagram",
        ("thread_id", "body", "num_likes", "num_comments"),
        {**_ALL, "text": "body", "likes": "num_likes", "replies": "num_comments"},
        {"platform": "instagram"},
        time_zone="UTC",
    ),
    Preset(
        "4cat-threads",
        "4CAT, Threads",
        ("thread_id", "body", "author_is_verified", "reposts", "quotes"),
        {
            **_ALL,
            "text": "body",
            "verified": "author_is_verified",
            "likes": "likes",
            "reposts": "reposts",
            "replies": "replies",
            "quotes": "quotes",
        },
        {"platform": "threads"},
        time_zone="UTC",
    ),
    Preset(
        "4cat", "4CAT, another source", ("thread_id", "body", "timestamp"), _ALL, time_zone="UTC"
    ),
)
