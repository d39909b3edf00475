"""Mastodon's statuses to `Post`s. Pure; takes Mastodon.py's objects and plain JSON alike.

One status is seen on many servers, each of which gives it an id of its own. Its `uri` is the same
everywhere, but holds its author's name; so a post is known by its home server and its number there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from collectors.base import Author, Kind, Metrics, Post
from collectors.markup import text_of
from collectors.text import storable

Json = Mapping[str, Any]
PLATFORM = "mastodon"
_STATUS = re.compile(r"/(?:ap/)?users/[^/]+/statuses/(\d{1,20})(?:/activity)?")
_SHOWN = frozenset({"public", "unlisted", ""})


@dataclass(frozen=True, slots=True)
class Parsed:
    """Statuses of one answer. `oldest_id` on the server asked, `oldest` of them in time.

    `unreadable` have no id or time. Left out are people who ask not to be indexed.
    """

    posts: tuple[Post, ...]
    oldest_id: str | None = None
    oldest: datetime | None = None
    unreadable: int = 0


def parse_statuses(statuses: Iterable[object], host: str) -> Parsed:
    """Statuses as the server `host` shows them, in its order, each once."""
    posts: dict[str, Post] = {}
    ids: list[str] = []
    times: list[datetime] = []
    unreadable = 0
    for status in statuses:
        data = status if isinstance(status, Mapping) else {}
        identity, created = str(data.get("id") or ""), moment_of(data.get("created_at"))
        if not identity or created is None:
            unreadable += 1
            continue
        ids.append(identity)
        times.append(created)
        post = None if _is_withheld(data) else parse_status(data, host)
        if post is not None:
            posts.setdefault(post.platform_id, post)
    return Parsed(
        tuple(posts.values()),
        min(ids, key=lambda one: (len(one), one), default=None),
        _last_but_one(times),
        unreadable,
    )


def parse_status(data: Json, host: str) -> Post | None:
    """One public status; `None` without an address or a readable time, or if it is not public."""
    created, uri = moment_of(data.get("created_at")), str(data.get("uri") or data.get("url") or "")
    if created is None or not uri or str(data.get("visibility") or "") not in _SHOWN:
        return None
    boosted = data.get("reblog")
    shown = boosted if isinstance(boosted, Mapping) else data
    parent = identity_of(str(shown.get("uri") or "")) if shown is not data else None
    return Post(
        platform=PLATFORM,
        platform_id=identity_of(uri),
        created_at=created,
        text=_text(shown),
        kind=_kind(data, boosted=shown is not data),
        author=_author(data.get("account"), host),
        metrics=_metrics(data),
        root_id=parent,
        parent_id=parent,
        language_hint=_language(data.get("language")),
        edited=bool(data.get("edited_at")),
    )


def identity_of(uri: str) -> str:
    """Home server and number of a status; its author's name is not in it.

    >>> identity_of("https://social.example/users/amina/statuses/1123")
    'social.example/1123'
    """
    try:
        parts = urlsplit(uri)
    except ValueError:
        parts = urlsplit("")
    if found := _STATUS.fullmatch(parts.path):
        return storable(f"{parts.netloc.lower()}/{found[1]}")
    known = blake2b(uri.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return storable(f"{parts.netloc.lower()[:100]}/{known}")


def home_of(platform_id: str) -> tuple[str, str] | None:
    """Server and number to ask for a stored status; `None` where it cannot be asked for."""
    host, _, number = platform_id.rpartition("/")
    return (host, number) if host and number.isdecimal() and len(number) <= 20 else None


def moment_of(value: object) -> datetime | None:
    """A time as text or as Mastodon.py makes it, in UTC."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _last_but_one(times: Sequence[datetime]) -> datetime | None:
    """One entry may be out of order."""
    return sorted(times)[min(1, len(times) - 1)] if times else None


def _text(data: Json) -> str:
    """Warning and content, as a reader sees them."""
    parts = (str(data.get("spoiler_text") or "").strip(), text_of(str(data.get("content") or "")))
    return storable("\n\n".join(filter(None, parts)))


def _kind(data: Json, *, boosted: bool) -> Kind:
    if boosted:
        return Kind.REPOST
    if data.get("in_reply_to_id"):
        return Kind.REPLY  # its parent's id is that of this server's copy: not kept
    return Kind.QUOTE if data.get("quote") else Kind.ORIGINAL


def _author(account: object, host: str) -> Author | None:
    """By address, the same on every server: who has none of another is at home on this one."""
    if not isinstance(account, Mapping) or not account.get("acct"):
        return None
    acct, url = str(account["acct"]), str(account.get("url") or "")
    handle = storable(acct if "@" in acct else f"{acct}@{_host(url) or host}")
    return Author(id=handle.casefold(), handle=handle, followers=_count(account, "followers_count"))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _is_withheld(data: Json) -> bool:
    account = data.get("account")
    return isinstance(account, Mapping) and account.get("noindex") is True


def _metrics(data: Json) -> Metrics:
    """Only a status's home server has heard of all its interactions."""
    account = data.get("account")
    if not isinstance(account, Mapping) or "@" in str(account.get("acct") or "@"):
        return Metrics()
    return Metrics(
        likes=_count(data, "favourites_count"),
        reposts=_count(data, "reblogs_count"),
        replies=_count(data, "replies_count"),
        quotes=_count(data, "quotes_count"),
    )


def _count(data: Json, name: str) -> int | None:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if value >= 0 else None


def _language(code: object) -> str | None:
    return code[:20] if isinstance(code, str) and code else None
