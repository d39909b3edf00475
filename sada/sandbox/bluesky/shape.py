"""A post of the world as Bluesky's `app.bsky.feed.defs#postView`."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sada.sandbox.item import Item

LANGS = {"fr": ["fr"], "en": ["en"], "arb": ["ar"], "ary-Arab": ["ar"], "ary-Latn": ["fr", "ar"]}


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def reference(uri: str) -> dict[str, str]:
    """A strong reference: address and content id."""
    return {"uri": uri, "cid": f"bafyrei{sha256(uri.encode()).hexdigest()[:52]}"}


def view(item: Item, known: Mapping[str, Item], now: datetime) -> dict[str, Any]:
    """One entry of `posts`."""
    counts = item.reactions_at(now)
    handle = f"{item.author.handle.replace('_', '-')}.bsky.social"
    return {
        **reference(item.id),
        "author": {
            "did": item.author.id,
            "handle": handle,
            "displayName": item.author.handle,
            "labels": [],
            "createdAt": stamp(item.author.joined),
        },
        "record": _record(item, known),
        "replyCount": counts.replies,
        "repostCount": counts.reposts,
        "likeCount": counts.likes,
        "quoteCount": counts.quotes,
        "bookmarkCount": counts.saves,
        "indexedAt": stamp(item.created_at),
        "labels": [],
    }


def _record(item: Item, known: Mapping[str, Item]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "$type": "app.bsky.feed.post",
        "createdAt": stamp(item.created_at),
        "langs": LANGS[item.base],
        "text": item.versions[0].text,
    }
    if item.kind == "reply" and item.parent:
        parent = known[item.parent]
        record["reply"] = {"root": reference(str(parent.root)), "parent": reference(parent.id)}
    if item.kind == "quote" and item.parent:
        record["embed"] = {"$type": "app.bsky.embed.record", "record": reference(item.parent)}
    return record
