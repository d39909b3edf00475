"""Meta Content Library: CSV from its pages and from its API (UTF-8 with mark, times in UTC).

Ids are text. `statistics.views` is empty where Meta counts none, which is not 0. A Facebook post
that shares another (`shared_post_id`) with words of its own is a quote.
https://developers.facebook.com/docs/content-library-and-api/
"""

from typing import Final

from collectors.files.presets.base import Columns, Preset

_POST: Final[Columns] = {
    "text": "text",
    "id": "id",
    "created_at": "creation_time",
    "author_id": "post_owner.id",
    "author": "post_owner.username|post_owner.name",
    "replies": "statistics.comment_count",
    "views": "statistics.views|statistics.view_count|views",
    "language": "lang",
}
PRESETS: Final = (
    Preset(
        "mcl-facebook",
        "Meta Content Library, Facebook posts",
        ("post_owner.id", "creation_time", "statistics.share_count"),
        {
            **_POST,
            "likes": "statistics.reaction_count|statistics.like_count",
            "reposts": "statistics.share_count",
            "parent": "shared_post_id",
            "is_quote": "shared_post_id",
        },
        {"platform": "facebook"},
        time_zone="UTC",
    ),
    Preset(
        "mcl-instagram",
        "Meta Content Library, Instagram posts",
        ("post_owner.id", "creation_time", "statistics.like_count"),
        {**_POST, "likes": "statistics.like_count"},
        {"platform": "instagram"},
        absent=("statistics.share_count", "statistics.reaction_count", "surface.id"),
        time_zone="UTC",
    ),
    Preset(
        "mcl-facebook-comments",
        "Meta Content Library, Facebook comments",
        ("owner.id", "creation_time", "post_id", "statistics.reaction_count"),
        {
            "text": "text",
            "id": "id",
            "created_at": "creation_time",
            "author_id": "owner.id",
            "author": "owner.username|owner.name",
            "likes": "statistics.reaction_count",
            "replies": "statistics.top_level_reply_count",
            "root": "post_id",
            "parent": "parent_id|post_id",
        },
        {"platform": "facebook", "kind": "reply"},
        time_zone="UTC",
    ),
)
