"""Bluesky's post views to `Post`s. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from collectors.base import Author, Kind, Metrics, Post
from collectors.searching import Found
from collectors.text import storable

Json = Mapping[str, Any]

_POST = "app.bsky.feed.post"


def parse_search(body: Json) -> Found:
    """A page of `searchPosts`."""
    views = _list(body.get("posts"))
    posts = [parse_view(_mapping(view)) for view in views]
    cursor = body.get("cursor")
    return Found(
        posts=[post for post in posts if post is not None],
        token=str(cursor) if cursor and views else None,
        unreadable=sum(post is None for post in posts),
    )


def parse_views(body: Json) -> list[Post]:
    """The posts of a `getPosts` answer."""
    views = map(_mapping, _list(body.get("posts")))
    return [post for post in map(parse_view, views) if post is not None]


def is_posts(body: Json) -> bool:
    """Whether an HTTP 200 is an answer to the question."""
    return isinstance(body.get("posts"), list)


def parse_view(view: Json) -> Post | None:
    """One post; `None` without an address or a time.

    `createdAt` is what the author's program claims, so it counts only when it is earlier than
    `indexedAt`, the moment at which Bluesky saw the post: this is what its search sorts by.
    """
    record = _mapping(view.get("record"))
    times = [_time(record.get("createdAt")), _time(view.get("indexedAt"))]
    created = min((time for time in times if time is not None), default=None)
    uri = view.get("uri")
    if not isinstance(uri, str) or not uri or created is None:
        return None
    kind, root, parent = _place(record)
    return Post(
        platform="bluesky",
        platform_id=uri,
        created_at=created,
        text=_body(record),
        kind=kind,
        author=_author(_mapping(view.get("author"))),
        metrics=_metrics(view),
        root_id=root,
        parent_id=parent,
        language_hint=_language(record.get("langs")),
    )


def _place(record: Json) -> tuple[Kind, str | None, str | None]:
    """Kind, root and parent. A reply that quotes is a reply."""
    reply = _mapping(record.get("reply"))
    parent = _mapping(reply.get("parent")).get("uri")
    if parent:
        return Kind.REPLY, str(_mapping(reply.get("root")).get("uri") or parent), str(parent)
    quoted = _quoted(_mapping(record.get("embed")))
    if quoted:
        return Kind.QUOTE, quoted, quoted
    return Kind.ORIGINAL, None, None


def _quoted(embed: Json) -> str | None:
    """The post that an embed quotes; lists and feeds can be embedded too."""
    record = _mapping(embed.get("record"))
    uri = record.get("uri") or _mapping(record.get("record")).get("uri")
    return uri if isinstance(uri, str) and f"/{_POST}/" in uri else None


def _body(record: Json) -> str:
    """The text, and the hashtags that stand beside it."""
    text = str(record.get("text") or "")
    beside = [f"#{tag}" for tag in _list(record.get("tags")) if isinstance(tag, str)]
    return storable(" ".join(filter(None, [text, *beside])))


def _author(author: Json) -> Author | None:
    """Views of posts do not say how many follow their author."""
    did = author.get("did")
    if not did:
        return None
    handle = author.get("handle")
    status = _mapping(author.get("verification")).get("verifiedStatus")
    verified = None if status is None else status == "valid"
    return Author(str(did), str(handle) if handle else None, verified=verified)


def _metrics(view: Json) -> Metrics:
    return Metrics(
        likes=_count(view.get("likeCount")),
        reposts=_count(view.get("repostCount")),
        replies=_count(view.get("replyCount")),
        quotes=_count(view.get("quoteCount")),
        saves=_count(view.get("bookmarkCount")),
    )


def _count(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None


def _language(langs: object) -> str | None:
    """The language that the author's program set, where it is one alone."""
    named = _list(langs)
    return str(named[0]) if len(named) == 1 and named[0] else None


def _time(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}
