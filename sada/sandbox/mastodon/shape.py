"""A post of the world as a Mastodon server's `Status`."""

import html
import re
from datetime import datetime
from typing import Any

from sada.sandbox.item import Item
from sada.sandbox.mastodon.maker import DOMAIN

LANGS = {"fr": "fr", "en": "en", "arb": "ar", "ary-Arab": "ar", "ary-Latn": "fr"}
_TAG = re.compile(r"#(\w+)")


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def status(item: Item, number: str, now: datetime, *, home: bool) -> dict[str, Any]:
    """As the home server shows it, or another, which has heard of few interactions."""
    version, counts = item.version(now), item.reactions_at(now)
    part = 1 if home else 5
    return {
        "id": number,
        "uri": f"https://{DOMAIN}/users/{item.author.handle}/statuses/{_number(item.id)}",
        "url": f"https://{DOMAIN}/@{item.author.handle}/{_number(item.id)}",
        "created_at": stamp(item.created_at),
        "edited_at": stamp(version.at) if version is not item.versions[0] else None,
        "content": _content(version.text),
        "spoiler_text": "",
        "visibility": "public",
        "sensitive": False,
        "language": LANGS[item.base],
        "in_reply_to_id": _number(str(item.parent)) if item.kind == "reply" else None,
        "reblog": None,
        "quote": {"state": "accepted"} if item.kind == "quote" else None,
        "favourites_count": counts.likes // part,
        "reblogs_count": counts.reposts // part,
        "replies_count": counts.replies // part,
        "quotes_count": counts.quotes // part,
        "account": _account(item, home=home),
        "media_attachments": [],
        "mentions": [],
        "tags": [{"name": tag.lower()} for tag in _TAG.findall(version.text)],
        "emojis": [],
    }


def _account(item: Item, *, home: bool) -> dict[str, Any]:
    handle = item.author.handle
    return {
        "id": item.author.id if home else f"9{item.author.id}",
        "username": handle,
        "acct": handle if home else f"{handle}@{DOMAIN}",
        "url": f"https://{DOMAIN}/@{handle}",
        "display_name": handle,
        "bot": False,
        "noindex": False,
        "created_at": stamp(item.author.joined),
        "followers_count": item.author.followers,
        "following_count": item.author.following,
        "statuses_count": item.author.posts,
    }


def _content(text: str) -> str:
    """HTML as Mastodon makes it: paragraphs, breaks, linked hashtags."""
    marked = _TAG.sub(_link, html.escape(text, quote=False))
    paragraphs = (part.replace("\n", "<br />") for part in marked.split("\n\n"))
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def _link(found: re.Match[str]) -> str:
    address = f"https://{DOMAIN}/tags/{found[1].lower()}"
    kind = 'class="mention hashtag" rel="tag"'
    return f'<a href="{address}" {kind}>#<span>{found[1]}</span></a>'


def _number(identity: str) -> str:
    return identity.rpartition("/")[2]
