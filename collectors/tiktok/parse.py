"""Answers of TikTok's Research API to `Post`s. Pure.

The id of a comment here is `VIDEO:COMMENT`: comments can only be asked for below their video.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from collectors.base import Author, Kind, Metrics, Post
from collectors.text import storable

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of videos or comments. `unreadable` counts those without an id or a time."""

    posts: tuple[Post, ...]
    more: bool
    cursor: str
    search_id: str = ""
    unreadable: int = 0


def is_answer(body: Json) -> bool:
    """Whether an HTTP 200 is an answer to the question."""
    return code_of(body) in ("", "ok") and isinstance(body.get("data"), dict)


def code_of(body: Json) -> str:
    """The error code; `ok` where there is none."""
    error = body.get("error")
    return str(_mapping(error).get("code") or "") if not isinstance(error, str) else error


def parse_videos(body: Json) -> Answer:
    """A page of `video/query`."""
    data = _mapping(body.get("data"))
    posts = [parse_video(_mapping(one)) for one in _list(data.get("videos"))]
    return _answer(data, posts)


def parse_comments(body: Json, video: str) -> Answer:
    """A page of `video/comment/list` of `video`."""
    data = _mapping(body.get("data"))
    posts = [parse_comment(_mapping(one), video) for one in _list(data.get("comments"))]
    return _answer(data, posts)


def _answer(data: Json, posts: list[Post | None]) -> Answer:
    return Answer(
        posts=tuple(post for post in posts if post is not None),
        more=data.get("has_more") is True and bool(posts),
        cursor=str(data.get("cursor") or ""),
        search_id=str(data.get("search_id") or ""),
        unreadable=sum(post is None for post in posts),
    )


def parse_video(data: Json) -> Post | None:
    """One video: its description, and hashtags that are not in it."""
    identity, created = _identity(data.get("id")), _time(data.get("create_time"))
    if identity is None or created is None:
        return None
    name = data.get("username")
    return Post(
        platform="tiktok",
        platform_id=identity,
        created_at=created,
        text=_body(data),
        author=Author(str(name), str(name)) if name else None,
        metrics=Metrics(
            likes=_count(data.get("like_count")),
            reposts=_count(data.get("share_count")),
            replies=_count(data.get("comment_count")),
            saves=_count(data.get("favorites_count")),
            views=_count(data.get("view_count")),
        ),
    )


def parse_comment(data: Json, video: str) -> Post | None:
    """One comment. TikTok does not say who wrote it."""
    identity, created = _identity(data.get("id")), _time(data.get("create_time"))
    if identity is None or created is None:
        return None
    parent = _identity(data.get("parent_comment_id"))
    return Post(
        platform="tiktok",
        platform_id=f"{video}:{identity}",
        created_at=created,
        text=storable(str(data.get("text") or "")),
        kind=Kind.REPLY,
        metrics=Metrics(
            likes=_count(data.get("like_count")), replies=_count(data.get("reply_count"))
        ),
        root_id=video,
        parent_id=f"{video}:{parent}" if parent and parent not in (video, "0") else video,
    )


def posted_at(identity: str) -> datetime | None:
    """When a video was posted, by its id: the first 32 bits count seconds."""
    try:
        return datetime.fromtimestamp(int(identity) >> 32, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _body(data: Json) -> str:
    text = str(data.get("video_description") or "")
    folded = text.casefold()
    names = [str(name) for name in _list(data.get("hashtag_names")) if name]
    beside = [f"#{name}" for name in names if f"#{name.casefold()}" not in folded]
    return storable(" ".join(filter(None, [text, *beside])))


def _identity(value: object) -> str | None:
    """Ids are whole numbers of 64 bits, sometimes as text."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return str(value)
    return value if isinstance(value, str) and value.isascii() and value.isdecimal() else None


def _count(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None


def _time(value: object) -> datetime | None:
    """Seconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}
