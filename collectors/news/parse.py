"""Feeds (RSS, Atom, RDF) of articles and of comments to `Post`s. Pure; bytes in.

feedparser reads dialects and broken XML; it never gets an address or a path, only bytes.
"""

import calendar
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from collectors.base import Author, Kind, Metrics, Post
from collectors.markup import text_of
from collectors.text import storable

PLATFORM = "news"
MOST_ENTRIES = 500
"""Entries of one feed that are read."""
MOST_TEXT = 10_000
"""Characters that are kept of an article or comment."""
MOST_ID = 180
EDITED_AFTER = timedelta(minutes=10)
"""An entry updated later than this after its publication counts as edited."""
AHEAD = timedelta(hours=24)
"""How far ahead of now a time may lie and still be a clock or a zone gone wrong."""

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id)$", re.IGNORECASE)
_ANSWER = re.compile(
    r"^\s*(?:<p[^<>]*>)?[^<>]{0,60}<a\s[^<>]*href=[\"'][^\"'<>]*#comment-(\d+)[\"'][^<>]*>[^<>]*</a>"
    r"\s*[.:]?\s*(?:</p>|<br ?/?>)?"
)
"""How WordPress begins a comment that answers another, with that person's name."""
_HARMLESS = ("CharacterEncodingOverride", "NonXMLContentType")
_MANY_ATTRIBUTES = re.compile(
    rb"<[^\s=<>\"']+(?:\s+[^\s=<>\"']+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')){200}"
)
"""feedparser goes through all attributes of a tag for each of them: a tag of a megabyte would take
it an hour."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `created_at` is `None` where the feed gives no time that can be read."""

    platform_id: str
    created_at: datetime | None
    post: Post | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read. `is_feed`: whether it is one at all (else a page, or nothing)."""

    entries: Sequence[Entry]
    is_feed: bool
    malformed: bool = False

    @property
    def undated(self) -> int:
        return sum(entry.created_at is None for entry in self.entries)


def parse_feed(body: bytes, content_type: str, *, host: str, comments: bool, now: datetime) -> Feed:
    """Entries of a feed of `host`, in its order, each id once.

    Articles are originals by the outlet, comments replies with the article as their root. Times
    that lie ahead of `now` by less than a day become `now`: something that is there was published.
    """
    data = _parsed(body, content_type)
    if data is None:
        return Feed((), is_feed=False, malformed=True)
    language = str(data.feed.get("language") or "")[:2].lower() or None
    entries: dict[str, Entry] = {}
    for raw in data.entries[:MOST_ENTRIES]:
        entry = _entry(raw, host, language, now, comments=comments)
        if entry is not None:
            entries.setdefault(entry.platform_id, entry)
    problem = type(data.get("bozo_exception")).__name__ if data.get("bozo") else ""
    return Feed(
        tuple(entries.values()),
        is_feed=bool(data.get("version")) or bool(data.entries),
        malformed=bool(problem) and problem not in _HARMLESS,
    )


def _parsed(body: bytes, content_type: str) -> Any:
    """What feedparser reads; `None` where it cannot."""
    import feedparser  # type: ignore[import-untyped]

    if _MANY_ATTRIBUTES.search(body.replace(b"\x00", b"")):
        return None
    headers = {"content-type": content_type}
    try:
        return feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    except Exception:  # noqa: BLE001 - broken feeds trip it in many ways, `&#1114112;` for one
        return None


def reach_of(entries: Sequence[Entry]) -> datetime | None:
    """From when on a feed surely shows everything: its second oldest time.

    The oldest may be an article that the outlet pins or brings up again.
    """
    times = sorted(entry.created_at for entry in entries if entry.created_at is not None)
    return times[min(1, len(times) - 1)] if times else None


def identity_of(address: str, host: str) -> str:
    """An entry's id as it stays: an address without tracking, else the id under its host."""
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in ("http", "https") and parts.netloc:
        query = [(k, v) for k, v in parse_qsl(parts.query, True) if not _TRACKING.match(k)]
        netloc = parts.netloc.lower()
        address = urlunsplit((parts.scheme, netloc, parts.path, urlencode(query), parts.fragment))
    else:
        address = f"{host}/{address}"
    address = storable(address)
    if len(address) <= MOST_ID:
        return address
    return f"{host}/{blake2b(address.encode(), digest_size=16).hexdigest()}"


def _entry(
    raw: Mapping[str, Any], host: str, language: str | None, now: datetime, *, comments: bool
) -> Entry | None:
    name = str(raw.get("id") or raw.get("link") or "")
    if not name.strip():
        return None
    identity = identity_of(name, host)
    created = _time(raw.get("published_parsed") or _updated(raw), now)
    if created is None:
        return Entry(identity, None, None)
    build = _comment if comments else _article
    return Entry(identity, created, build(raw, identity, created, host, language))


def _article(
    raw: Mapping[str, Any], identity: str, created: datetime, host: str, language: str | None
) -> Post:
    texts = (text_of(str(raw.get("title") or "")), text_of(_body(raw)))
    return Post(
        platform=PLATFORM,
        platform_id=identity,
        created_at=created,
        text=storable("\n\n".join(filter(None, texts)))[:MOST_TEXT],
        author=Author(id=host, handle=host),
        metrics=Metrics(replies=_count(raw.get("slash_comments"))),
        language_hint=language,
        edited=_is_edited(raw, created),
    )


def _comment(
    raw: Mapping[str, Any], identity: str, created: datetime, host: str, language: str | None
) -> Post:
    """A comment. Its title is left out, as it is somebody's name ("By: …")."""
    root = _root(raw, identity, host)
    body = _body(raw)
    parent = root
    if answer := _ANSWER.match(body):
        parent = f"{root}#comment-{answer[1]}" if root else None
        body = body[answer.end() :]
    return Post(
        platform=PLATFORM,
        platform_id=identity,
        created_at=created,
        text=storable(text_of(body))[:MOST_TEXT],
        kind=Kind.REPLY,
        author=_commenter(raw, host),
        root_id=root,
        parent_id=parent,
        language_hint=language,
        edited=_is_edited(raw, created),
    )


def _root(raw: Mapping[str, Any], identity: str, host: str) -> str | None:
    """The article's id: WordPress puts it into the comment's own, others into its link."""
    for address in (identity, str(raw.get("link") or "")):
        article, mark, _ = address.partition("#")
        if mark and article:
            return identity_of(article, host)
    return None


def _commenter(raw: Mapping[str, Any], host: str) -> Author | None:
    """By name on one site; two people of one name there cannot be told apart."""
    name = " ".join(text_of(str(raw.get("author") or "")).split()).casefold()
    return Author(id=f"{host}/{storable(name)[:100]}") if name else None


def _body(raw: Mapping[str, Any]) -> str:
    """The whole content where the feed gives it, else the summary: whichever says more."""
    found = raw.get("content")
    contents = [str(one.get("value") or "") for one in found] if isinstance(found, list) else []
    return max([*contents, str(raw.get("summary") or "")], key=len)


def _is_edited(raw: Mapping[str, Any], created: datetime) -> bool:
    updated = _moment(_updated(raw))
    return updated is not None and updated - created > EDITED_AFTER


def _updated(raw: Mapping[str, Any]) -> object:
    """Past feedparser's own `get`, which gives the publication where there is no update."""
    return dict.get(raw, "updated_parsed") if isinstance(raw, dict) else None


def _time(value: object, now: datetime) -> datetime | None:
    moment = _moment(value)
    if moment is None or moment > now + AHEAD:
        return None
    return min(moment, now)


def _moment(value: object) -> datetime | None:
    """feedparser's struct_time, in UTC."""
    try:
        seconds = calendar.timegm(value)  # type: ignore[arg-type]
        moment = datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return moment if moment.year >= 1990 else None


def _count(value: object) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None
