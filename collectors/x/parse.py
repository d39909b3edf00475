"""Answers of the X API v2 to `Post`s. Pure; takes old (tweet) and new (post) field names.

The API's own JSON is read, not tweepy's objects: those raise on a time without fractional seconds
and on renamed fields.
"""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from collectors.base import Author, Kind, Metrics, Post, Window
from collectors.text import one_line, storable

Json = Mapping[str, Any]

VIEWS_SINCE = datetime(2022, 12, 15, tzinfo=UTC)
"""Before, X counted no views and reports 0."""

_NO_LANGUAGE = frozenset({"und", "zxx", "art", "qam", "qct", "qht", "qme", "qst"})
_REPOSTED = ("retweeted", "reposted")
_GONE = ("resource-not-found", "not-authorized-for-resource")


@dataclass(frozen=True, slots=True)
class Parsed:
    """One answer. `unreadable` counts posts without an id or a time.

    `versions`: for each post, by `platform_id`, the id of the newest version and of the one read.
    """

    posts: tuple[Post, ...]
    unreadable: int = 0
    author_ids: frozenset[str] = frozenset()
    versions: Mapping[str, tuple[str, str]] | None = None


def parse_answer(body: Json) -> Parsed:
    """Posts of a search or lookup answer, each once, in its order."""
    includes = _mapping(body.get("includes"))
    users = {str(user["id"]): user for user in _objects(includes.get("users")) if "id" in user}
    quoted = {
        str(post["id"]): post
        for name in ("tweets", "posts")
        for post in _objects(includes.get(name))
        if "id" in post
    }
    posts: dict[str, Post] = {}
    versions: dict[str, tuple[str, str]] = {}
    unreadable = 0
    for data in _objects(body.get("data")):
        post = parse_post(data, users, quoted)
        if post is None:
            unreadable += 1
            continue
        read = str(data["id"])
        seen = versions.get(post.platform_id)
        if seen is None or age_key(read) > age_key(seen[1]):
            posts[post.platform_id] = post
            versions[post.platform_id] = (_history(data)[-1], read)
    return Parsed(tuple(posts.values()), unreadable, frozenset(users), versions)


def parse_post(data: Json, users: Mapping[str, Json], quoted: Mapping[str, Json]) -> Post | None:
    """One post; `None` without an id or a readable time.

    `platform_id` is the id of the first version, so that an edit updates what is stored.
    """
    identity, created = data.get("id"), _time(data.get("created_at"))
    if not identity or created is None:
        return None
    history = _history(data)
    kind, parent = _reference(data)
    conversation = _text_or_none(data.get("conversation_id"))
    return Post(
        platform="x",
        platform_id=history[0],
        created_at=created,
        text=_body(data, quoted.get(parent or "") if kind is Kind.REPOST else None),
        kind=kind,
        author=_author(data, users),
        metrics=own_metrics(_metrics(data, created), kind),
        root_id=_root(kind, parent, conversation),
        parent_id=parent,
        language_hint=_language(data.get("lang")),
        edited=len(history) > 1,
    )


def own_metrics(metrics: Metrics, kind: Kind) -> Metrics:
    """Without the reposts of a repost: X gives those of what it repeats, which would be counted
    once more with every repost that was found."""
    return replace(metrics, reposts=None) if kind is Kind.REPOST else metrics


def newest_of(body: Json) -> str | None:
    """The newest id of a page, by its `meta` and its posts."""
    named = _text_or_none(_mapping(body.get("meta")).get("newest_id"))
    ids = [str(data["id"]) for data in _objects(body.get("data")) if data.get("id")]
    return max([*ids, named] if named else ids, key=age_key, default=None)


def next_token_of(body: Json) -> str | None:
    return _text_or_none(_mapping(body.get("meta")).get("next_token"))


def total_of(body: Json) -> int:
    """The total of a counts answer."""
    counts = _mapping(body.get("meta"))
    return _count(counts, "total_tweet_count", "total_post_count") or 0


def days_of(body: Json) -> list[tuple[Window, int]]:
    """The stretches of a counts answer with their posts; those without times are left out."""
    found = []
    for bucket in _objects(body.get("data")):
        start, end = _time(bucket.get("start")), _time(bucket.get("end"))
        if start is not None and end is not None:
            count = _count(bucket, "tweet_count", "post_count") or 0
            found.append((Window(start, end), count))
    return found


def is_search_answer(body: Json) -> bool:
    """Whether an HTTP 200 is an answer to the question, and not only a list of errors."""
    return isinstance(body.get("meta"), dict) or isinstance(body.get("data"), list)


def is_lookup_answer(body: Json) -> bool:
    """A lookup of nothing but deleted posts has no `data`, only an error for each."""
    return isinstance(body.get("data"), list) or bool(gone_ids(body))


def warnings_of(body: Json) -> tuple[str, ...]:
    """What went wrong inside an HTTP 200, each title once with its count; no ids, no texts."""
    counts: dict[str, int] = {}
    for error in _objects(body.get("errors")):
        title = one_line(str(error.get("title") or error.get("message") or "unnamed error"), 100)
        counts[title] = counts.get(title, 0) + 1
    return tuple(f"X answered with '{title}' ({count}×)" for title, count in counts.items())


def gone_ids(body: Json) -> frozenset[str]:
    """Ids that a lookup says are deleted, suspended or no longer public."""
    return frozenset(
        str(error.get("value") or error.get("resource_id"))
        for error in _objects(body.get("errors"))
        if str(error.get("type", "")).rsplit("/", 1)[-1] in _GONE
        and error.get("resource_type", "tweet") in ("tweet", "post")
    )


def _reference(data: Json) -> tuple[Kind, str | None]:
    references = _objects(data.get("referenced_tweets") or data.get("referenced_posts"))
    by_type = {str(ref.get("type")): _text_or_none(ref.get("id")) for ref in references}
    for name in _REPOSTED:
        if name in by_type:
            return Kind.REPOST, by_type[name]
    if "replied_to" in by_type:
        return Kind.REPLY, by_type["replied_to"]
    if "quoted" in by_type:
        return Kind.QUOTE, by_type["quoted"]
    return Kind.ORIGINAL, None


def _root(kind: Kind, parent: str | None, conversation: str | None) -> str | None:
    if kind is Kind.REPLY:
        return conversation or parent
    return parent


def _body(data: Json, reposted: Json | None) -> str:
    """The whole text: X cuts `text` of long posts, and that of reposts, and escapes & < >."""
    for source in filter(None, (reposted, data)):
        for name in ("note_tweet", "note_post"):
            note = _mapping(source.get(name)).get("text")
            if note:
                return storable(html.unescape(str(note)))
    return storable(html.unescape(str((reposted or data).get("text") or "")))


def _author(data: Json, users: Mapping[str, Json]) -> Author | None:
    identity = _text_or_none(data.get("author_id"))
    if identity is None:
        return None
    user = users.get(identity, {})
    verified = user.get("verified")
    return Author(
        id=identity,
        handle=_text_or_none(user.get("username")),
        followers=_count(_mapping(user.get("public_metrics")), "followers_count"),
        verified=verified if isinstance(verified, bool) else None,
    )


def _metrics(data: Json, created: datetime) -> Metrics:
    counts = _mapping(data.get("public_metrics"))
    return Metrics(
        likes=_count(counts, "like_count"),
        reposts=_count(counts, "retweet_count", "repost_count"),
        replies=_count(counts, "reply_count"),
        quotes=_count(counts, "quote_count"),
        saves=_count(counts, "bookmark_count"),
        views=_count(counts, "impression_count") if created >= VIEWS_SINCE else None,
    )


def _count(counts: Json, *names: str) -> int | None:
    for name in names:
        value = counts.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return None


def _history(data: Json) -> tuple[str, ...]:
    """Ids of all versions, first to last; the post's own when X names none."""
    listed = data.get("edit_history_tweet_ids") or data.get("edit_history_post_ids")
    ids = [str(each) for each in listed] if isinstance(listed, list) else []
    return tuple(ids) or (str(data["id"]),)


def age_key(identity: str) -> tuple[int, str]:
    """Orders ids as numbers, without trusting them to be numbers."""
    return len(identity), identity


def _language(code: object) -> str | None:
    return code if isinstance(code, str) and code not in _NO_LANGUAGE else None


def _time(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _text_or_none(value: object) -> str | None:
    return str(value) if value else None


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> Iterable[Json]:
    """The JSON objects in a list; a single object counts as a list of one."""
    if isinstance(value, dict):
        return (value,)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else ()
