"""Videos and comments of the world as the YouTube Data API v3 shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sada.sandbox.item import Item

AUDIO = {"fr": "fr", "en": "en", "arb": "ar", "ary-Arab": "ar"}


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def hit(item: Item) -> dict[str, Any]:
    """One entry of a search, as far as `part=id` shows it."""
    return {
        "kind": "youtube#searchResult",
        "etag": "e",
        "id": {"kind": "youtube#video", "videoId": item.id},
    }


def video(item: Item, now: datetime, comments: int) -> dict[str, Any]:
    """A video with its statistics, which are strings."""
    counts = item.reactions_at(now)
    snippet: dict[str, Any] = {
        "publishedAt": stamp(item.created_at),
        "channelId": item.author.id,
        "title": item.title,
        "description": item.version(now).text,
        "channelTitle": item.author.handle,
        "categoryId": "29",
        "liveBroadcastContent": "none",
    }
    if item.base in AUDIO:
        snippet["defaultAudioLanguage"] = AUDIO[item.base]
    statistics = {
        "viewCount": str(counts.views),
        "likeCount": str(counts.likes),
        "favoriteCount": "0",
        "commentCount": str(comments),
    }
    parts = {"snippet": snippet, "statistics": statistics}
    return {"kind": "youtube#video", "etag": "e", "id": item.id} | parts


def thread(item: Item, replies: Sequence[Item], now: datetime) -> dict[str, Any]:
    """A top-level comment, with at most five of its replies."""
    shown: dict[str, Any] = {
        "kind": "youtube#commentThread",
        "etag": "e",
        "id": item.id,
        "snippet": {
            "videoId": item.root,
            "topLevelComment": comment(item, now),
            "canReply": True,
            "totalReplyCount": len(replies),
            "isPublic": True,
        },
    }
    if replies:
        shown["replies"] = {"comments": [comment(one, now) for one in replies[:5]]}
    return shown


def comment(item: Item, now: datetime, *, with_video: bool = True) -> dict[str, Any]:
    """A comment or a reply."""
    version = item.version(now)
    snippet: dict[str, Any] = {
        "textDisplay": version.text,
        "textOriginal": version.text,
        "authorDisplayName": f"@{item.author.handle}",
        "authorChannelId": {"value": item.author.id},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": item.reactions_at(now).likes,
        "publishedAt": stamp(item.created_at),
        "updatedAt": stamp(version.at),
    }
    if with_video:
        snippet["videoId"] = item.root
    if item.parent != item.root:
        snippet["parentId"] = item.parent
    return {"kind": "youtube#comment", "etag": "e", "id": item.id, "snippet": snippet}


def listing(
    kind: str, items: Sequence[dict[str, Any]], token: str | None, total: int
) -> dict[str, Any]:
    """A list answer."""
    body = {
        "kind": f"youtube#{kind}",
        "etag": "e",
        "pageInfo": {"totalResults": total, "resultsPerPage": len(items)},
        "items": list(items),
    }
    return body | ({"nextPageToken": token} if token else {})


def error(status: int, reason: str, message: str) -> dict[str, Any]:
    """What Google's APIs say when they refuse."""
    one = {"message": message, "domain": "youtube.api", "reason": reason}
    return {"error": {"code": status, "message": message, "errors": [one]}}
