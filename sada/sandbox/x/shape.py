"""A post of the world as X API v2 shows it: only the fields and expansions that were asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from sada.sandbox.item import Item, Version
from sada.sandbox.people import Person

CUT = 280
TWEET_FIELDS = frozenset(
    [
        "article",
        "attachments",
        "author_id",
        "card_uri",
        "context_annotations",
        "conversation_id",
        "created_at",
        "display_text_range",
        "edit_controls",
        "edit_history_tweet_ids",
        "entities",
        "geo",
        "id",
        "in_reply_to_user_id",
        "lang",
        "note_tweet",
        "possibly_sensitive",
        "public_metrics",
        "referenced_tweets",
        "reply_settings",
        "source",
        "text",
        "withheld",
    ]
)
USER_FIELDS = frozenset(
    [
        "created_at",
        "description",
        "id",
        "location",
        "name",
        "protected",
        "public_metrics",
        "url",
        "username",
        "verified",
        "verified_type",
    ]
)
EXPANSIONS = frozenset(
    [
        "author_id",
        "referenced_tweets.id",
        "referenced_tweets.id.author_id",
        "in_reply_to_user_id",
        "edit_history_tweet_ids",
        "entities.mentions.username",
        "geo.place_id",
        "attachments.media_keys",
    ]
)
LANGS = {"fr": "fr", "ary-Arab": "ar", "arb": "ar", "en": "en"}
ARABIZI_GUESSES = ("und", "und", "und", "fr", "in", "tl")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a call asked for."""

    tweet: frozenset[str] = frozenset()
    user: frozenset[str] = frozenset()
    expansions: frozenset[str] = frozenset()


def stamp(moment: datetime) -> str:
    """`2026-11-20T10:00:00.000Z`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def lang(item: Item) -> str:
    """The language X would guess; it knows no Darija and is lost on Arabizi."""
    return LANGS.get(item.base) or ARABIZI_GUESSES[crc32(item.id.encode()) % 6]


def tweet(item: Item, version: Version, now: datetime, wanted: Wanted) -> dict[str, Any]:
    """One object of `data`."""
    history = [one.id for one in item.versions if one.at <= now]
    text = version.text
    shown = text if len(text) <= CUT else text[: CUT - 1] + "…"
    parts: dict[str, Callable[[], Any]] = {
        "author_id": lambda: item.author.id,
        "conversation_id": lambda: item.root if item.kind == "reply" else item.id,
        "created_at": lambda: stamp(version.at),
        "lang": lambda: lang(item),
        "note_tweet": lambda: {"text": text} if len(text) > CUT else None,
        "public_metrics": lambda: _metrics(item, now),
        "referenced_tweets": lambda: _references(item),
        "possibly_sensitive": lambda: False,
        "reply_settings": lambda: "everyone",
    }
    found = {name: make() for name, make in parts.items() if name in wanted.tweet}
    given = {name: value for name, value in found.items() if value is not None}
    return {"id": version.id, "text": shown, "edit_history_tweet_ids": history} | given


def _metrics(item: Item, now: datetime) -> dict[str, int]:
    counts = item.reactions_at(now)
    return {
        "retweet_count": counts.reposts,
        "reply_count": counts.replies,
        "like_count": counts.likes,
        "quote_count": counts.quotes,
        "bookmark_count": counts.saves,
        "impression_count": counts.views,
    }


def _references(item: Item) -> list[dict[str, str]] | None:
    names = {"reply": "replied_to", "quote": "quoted"}
    if item.parent is None or item.kind not in names:
        return None
    return [{"type": names[item.kind], "id": item.parent}]


def user(person: Person, wanted: Wanted) -> dict[str, Any]:
    """One object of `includes.users`."""
    fields = {
        "created_at": stamp(person.joined),
        "verified": person.verified,
        "protected": False,
        "public_metrics": {
            "followers_count": person.followers,
            "following_count": person.following,
            "tweet_count": person.posts,
            "listed_count": person.followers // 400,
        },
    }
    base = {"id": person.id, "name": person.handle, "username": person.handle}
    return base | {name: value for name, value in fields.items() if name in wanted.user}


def includes(
    items: Sequence[Item], known: Mapping[str, Item], now: datetime, wanted: Wanted
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The `includes` of a page and the partial errors of what cannot be included."""
    parts: dict[str, Any] = {}
    errors: list[dict[str, Any]] = []
    if "author_id" in wanted.expansions:
        people = {item.author.id: item.author for item in items}
        parts["users"] = [user(person, wanted) for person in people.values()]
    if "referenced_tweets.id" in wanted.expansions:
        ids = dict.fromkeys(item.parent for item in items if _references(item) and item.parent)
        alive = [known[one] for one in ids if known[one].alive(now)]
        parts["tweets"] = [tweet(item, item.version(now), now, wanted) for item in alive]
        errors = [missing(one, "referenced_tweets.id") for one in ids if not known[one].alive(now)]
    return {name: rows for name, rows in parts.items() if rows}, errors


def missing(identity: str, parameter: str) -> dict[str, Any]:
    """The partial error for a post that is not there (any more)."""
    return {
        "value": identity,
        "detail": f"Could not find tweet with {parameter}: [{identity}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": parameter,
        "resource_id": identity,
        "type": "https://api.twitter.com/2/problems/resource-not-found",
    }


def names(value: str | None) -> Iterable[str]:
    """The names of a comma-separated parameter."""
    return [name for name in (value or "").split(",") if name]
