"""Communalytic's CSV: `id, date, username, text` of any platform, which has to be named.

Times are UTC. What its analysers add (toxicity, sentiment, topics) is left alone.
https://communalytic.org
"""

from typing import Final

from collectors.files.presets.base import Preset

PRESETS: Final = (
    Preset(
        "communalytic",
        "Communalytic",
        ("id", "date", "username", "text"),
        {
            "text": "title+text",
            "id": "id",
            "created_at": "date",
            "author_id": "user_id|author_id",
            "author": "username",
            "platform": "platform",
            "likes": "likes|like_count|score",
            "reposts": "reposts|retweet_count|shares",
            "replies": "replies|reply_count|comments",
            "quotes": "quotes|quote_count",
            "views": "views|view_count",
            "language": "lang|language",
            "root": "root_id|conversation_id|link_id",
            "parent": "parent_id|in_reply_to_id|reply_to_id",
        },
        time_zone="UTC",
    ),
)
