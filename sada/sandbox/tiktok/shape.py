"""Videos and comments of the world as TikTok's Research API shows them."""

import re
from datetime import datetime
from typing import Any

from sada.sandbox.item import Item

REGION = "MA"


def video(item: Item, now: datetime, comments: int) -> dict[str, Any]:
    """One entry of `videos`, with every field that Sada asks for."""
    counts = item.reactions_at(now)
    text = item.versions[0].text
    return {
        "id": int(item.id),
        "create_time": int(item.created_at.timestamp()),
        "username": item.author.handle.lower(),
        "region_code": REGION,
        "video_description": text,
        "hashtag_names": [tag.lower() for tag in re.findall(r"#(\w+)", text)],
        "view_count": counts.views,
        "like_count": counts.likes,
        "comment_count": comments,
        "share_count": counts.reposts,
        "favorites_count": counts.saves,
    }


def comment(item: Item, now: datetime, replies: int) -> dict[str, Any]:
    """One entry of `comments`."""
    video_id = int(str(item.root))
    parent = str(item.parent).partition(":")[2]
    return {
        "id": number(item),
        "video_id": video_id,
        "text": item.versions[0].text,
        "like_count": item.reactions_at(now).likes,
        "reply_count": replies,
        "parent_comment_id": int(parent) if parent else video_id,
        "create_time": int(item.created_at.timestamp()),
    }


def number(item: Item) -> int:
    """The id that TikTok knows a video or a comment by."""
    return int(item.id.rpartition(":")[2])


def ok(data: dict[str, Any]) -> dict[str, Any]:
    return {"data": data, "error": {"code": "ok", "message": "", "log_id": "sandbox"}}


def problem(code: str, message: str) -> dict[str, Any]:
    return {"data": {}, "error": {"code": code, "message": message, "log_id": "sandbox"}}
