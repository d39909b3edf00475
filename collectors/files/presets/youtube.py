"""YouTube Data Tools: CSV (formerly tab-separated) of its video lists and of videos' comments.

Its times without a zone are UTC. A comment is a reply: to the video, or to another comment.
https://ytdt.digitalmethods.net
"""

from typing import Final

from collectors.files.presets.base import Preset

PRESETS: Final = (
    Preset(
        "ytdt-videos",
        "YouTube Data Tools, videos",
        ("videoId", "videoTitle", "publishedAt", "channelId"),
        {
            "text": "videoTitle+videoDescription",
            "id": "videoId",
            "created_at": "publishedAt",
            "author_id": "channelId",
            "author": "channelTitle",
            "likes": "likeCount",
            "replies": "commentCount",
            "views": "viewCount",
            "language": "defaultLanguage",
        },
        {"platform": "youtube", "kind": "original"},
        time_zone="UTC",
    ),
    Preset(
        "ytdt-comments",
        "YouTube Data Tools, comments",
        ("id", "authorName", "text", "publishedAt", "isReply"),
        {
            "text": "text",
            "id": "id",
            "created_at": "publishedAt",
            "author_id": "authorChannelId",
            "author": "authorName",
            "likes": "likeCount",
            "replies": "totalReplyCount|replyCount",
            "root": "videoId",
            "parent": "isReplyToId|isReplyTo|videoId",
        },
        {"platform": "youtube", "kind": "reply"},
        time_zone="UTC",
    ),
)
