"""Answers of the YouTube Data API v3 to `Post`s. Pure. Statistics are strings there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from collectors.base import Author, Kind, Metrics, Post
from collectors.text import storable

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with the replies that came with it; `replies_told` is how many there are."""

    top: Post
    replies: Sequence[Post]
    replies_told: int


@dataclass(frozen=True, slots=True)
class Threads:
    """A page of comment threads. `unreadable` counts comments without an id or a time."""

    threads: Sequence[Thread]
    token: str | None
    unreadable: int = 0


def is_list(body: Json) -> bool:
    """Whether an HTTP 200 is an answer to the question."""
    return isinstance(body.get("items"), list)


def token_of(body: Json) -> str | None:
    token = body.get("nextPageToken")
    return str(token) if token else None


def video_ids(body: Json) -> list[str]:
    """The videos of a search page, in its order, each once."""
    ids = (_mapping(item.get("id")).get("videoId") for item in _items(body))
    return list(dict.fromkeys(str(one) for one in ids if one))


def parse_videos(body: Json) -> tuple[list[Post], int]:
    """Videos of a `videos` answer, and how many had no id or time."""
    posts = [parse_video(item) for item in _items(body)]
    return [post for post in posts if post is not None], sum(post is None for post in posts)


def parse_video(item: Json) -> Post | None:
    """One video: its title and description. `None` without an id or a time."""
    snippet, counts = _mapping(item.get("snippet")), _mapping(item.get("statistics"))
    identity, created = item.get("id"), _time(snippet.get("publishedAt"))
    if not isinstance(identity, str) or not identity or created is None:
        return None
    texts = (str(snippet.get(name) or "").strip() for name in ("title", "description"))
    channel, title = snippet.get("channelId"), snippet.get("channelTitle")
    return Post(
        platform="youtube",
        platform_id=identity,
        created_at=created,
        text=storable("\n\n".join(filter(None, texts))),
        author=Author(str(channel), str(title) if title else None) if channel else None,
        metrics=Metrics(
            likes=_count(counts.get("likeCount")),
            replies=_count(counts.get("commentCount")),
            views=_count(counts.get("viewCount")),
        ),
        language_hint=_language(snippet),
    )


def comment_count(item: Json) -> int | None:
    """Comments and replies of a video; `None` where they are switched off."""
    return _count(_mapping(item.get("statistics")).get("commentCount"))


def counts_of(body: Json) -> dict[str, int | None]:
    """`comment_count` of each video of a `videos` answer."""
    return {str(item["id"]): comment_count(item) for item in _items(body) if item.get("id")}


def parse_threads(body: Json, video: str) -> Threads:
    """A page of `commentThreads`."""
    threads: list[Thread] = []
    unreadable = 0
    for item in _items(body):
        snippet = _mapping(item.get("snippet"))
        told = _count(snippet.get("totalReplyCount")) or 0
        top = parse_comment(_mapping(snippet.get("topLevelComment")), video, replies=told)
        if top is None:
            unreadable += 1
            continue
        listed = _items({"items": _mapping(item.get("replies")).get("comments")})
        replies = [parse_comment(reply, video) for reply in listed]
        unreadable += sum(reply is None for reply in replies)
        threads.append(Thread(top, [one for one in replies if one is not None], told))
    return Threads(threads, token_of(body), unreadable)


def parse_comments(body: Json, video: str | None) -> list[Post]:
    """Comments of a `comments` answer. `video`: below which one, where that is known."""
    posts = (parse_comment(item, video) for item in _items(body))
    return [post for post in posts if post is not None]


def parse_comment(item: Json, video: str | None, replies: int | None = None) -> Post | None:
    """One comment or reply; `None` without an id or a time.

    A reply's id begins with that of its thread. `replies`: only threads know how many.
    """
    snippet = _mapping(item.get("snippet"))
    identity, created = item.get("id"), _time(snippet.get("publishedAt"))
    if not isinstance(identity, str) or not identity or created is None:
        return None
    updated = _time(snippet.get("updatedAt"))
    author = _mapping(snippet.get("authorChannelId")).get("value")
    handle = snippet.get("authorDisplayName")
    thread = snippet.get("parentId")
    text = snippet.get("textOriginal") or snippet.get("textDisplay") or ""
    return Post(
        platform="youtube",
        platform_id=identity,
        created_at=created,
        text=storable(str(text)),
        kind=Kind.REPLY,
        author=Author(str(author), str(handle) if handle else None) if author else None,
        metrics=Metrics(likes=_count(snippet.get("likeCount")), replies=replies),
        root_id=video,
        parent_id=str(thread) if thread else video,
        edited=updated is not None and updated > created,
    )


def _language(snippet: Json) -> str | None:
    code = snippet.get("defaultAudioLanguage") or snippet.get("defaultLanguage")
    return code.split("-")[0] if isinstance(code, str) and code else None


def _count(value: object) -> int | None:
    """A count as a number or as a string of digits."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None


def _time(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _items(body: Json) -> list[Json]:
    listed = body.get("items")
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}
