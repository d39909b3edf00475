"""Submissions and comments as Reddit's JSON has them (kinds `t3` and `t1`)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sada.sandbox.item import Item

GONE = "[deleted]"


def listing(
    children: Sequence[dict[str, Any]], after: str | None = None, before: str | None = None
) -> dict[str, Any]:
    """A `Listing` of things."""
    return {
        "kind": "Listing",
        "data": {
            "after": after,
            "before": before,
            "dist": len(children),
            "modhash": "",
            "geo_filter": "",
            "children": list(children),
        },
    }


def thing(item: Item, root: Item, now: datetime, replies: Any = "") -> dict[str, Any]:
    """A submission, or a comment with its `replies` (a Listing or an empty text)."""
    if item.kind == "original":
        return {"kind": "t3", "data": _common(item, now) | _submission(item, now)}
    return {"kind": "t1", "data": _common(item, now) | _comment(item, root, now, replies)}


def _common(item: Item, now: datetime) -> dict[str, Any]:
    alive, version = item.alive(now), item.version(now)
    votes = item.reactions_at(now).likes + 1
    author = {"author": item.author.handle, "author_fullname": item.author.id}
    return {
        "id": item.id[3:],
        "name": item.id,
        **(author if alive else {"author": GONE}),
        "author_flair_text": None,
        "created": item.created_at.timestamp(),
        "created_utc": item.created_at.timestamp(),
        "edited": version.at.timestamp() if version is not item.versions[0] else False,
        "score": votes,
        "ups": votes,
        "downs": 0,
        "likes": None,
        "saved": False,
        "archived": False,
        "locked": False,
        "stickied": False,
        "distinguished": None,
        "gilded": 0,
        "num_reports": None,
        "subreddit": item.place,
        "subreddit_id": subreddit_id(item.place),
        "subreddit_name_prefixed": f"r/{item.place}",
        "subreddit_type": "public",
    }


def _submission(item: Item, now: datetime) -> dict[str, Any]:
    alive, link = item.alive(now), _link(item)
    return {
        "title": item.title,
        "selftext": item.version(now).text if alive else GONE,
        "is_self": True,
        "domain": f"self.{item.place}",
        "url": f"https://www.reddit.com{link}",
        "permalink": link,
        "num_comments": item.reactions_at(now).replies,
        "upvote_ratio": 0.9,
        "over_18": False,
        "spoiler": False,
        "hidden": False,
        "is_video": False,
        "link_flair_text": None,
        "num_crossposts": 0,
        "removed_by_category": None if alive else "deleted",
    }


def _comment(item: Item, root: Item, now: datetime, replies: Any) -> dict[str, Any]:
    return {
        "body": item.version(now).text if item.alive(now) else GONE,
        "link_id": root.id,
        "link_title": root.title,
        "link_author": root.author.handle if root.alive(now) else GONE,
        "link_permalink": f"https://www.reddit.com{_link(root)}",
        "parent_id": item.parent,
        "permalink": f"{_link(root)}{item.id[3:]}/",
        "is_submitter": item.author.id == root.author.id,
        "score_hidden": False,
        "collapsed": False,
        "controversiality": 0,
        "depth": 0,
        "replies": replies,
    }


def subreddit_id(name: str) -> str:
    """A stable id of a subreddit."""
    return f"t5_{int.from_bytes(name.encode(), 'big') % 36**5:x}"


def subreddit(name: str) -> dict[str, Any]:
    """A `t5` thing, as `/r/NAME/about` gives it."""
    return {
        "kind": "t5",
        "data": {
            "id": subreddit_id(name)[3:],
            "name": subreddit_id(name),
            "display_name": name,
            "title": name,
            "subscribers": 100_000,
            "subreddit_type": "public",
            "public_description": "",
            "over18": False,
        },
    }


def _link(item: Item) -> str:
    return f"/r/{item.place}/comments/{item.id[3:]}/_/"
