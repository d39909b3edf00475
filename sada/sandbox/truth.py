"""What is true of the posts that were really made: counted, not estimated.

Counts leave out posts about other things and posts that were deleted by `now`; days are those of
Africa/Casablanca. Shares are given over all posts and over originals.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sada.sandbox.item import Item
from sada.sandbox.rhythm import local_day
from sada.sandbox.world import World

Rows = Sequence[tuple[date, Item]]


def truth(world: World, now: datetime) -> dict[str, Any]:
    """One JSON-able document about everything that the sandbox shows at `now`."""
    published = [item for item in world.published(now) if item.scope != "none"]
    rows = [(local_day(item.created_at), item) for item in published if item.alive(now)]
    design = world.design
    return {
        "seed": design.seed,
        "today": design.today.isoformat(),
        "start": design.start.isoformat(),
        "end": design.end.isoformat(),
        "first_day": design.first_day.isoformat(),
        "now": now.isoformat(),
        "posts": len(rows),
        "design": {"lift": design.lift, **_designed(world)},
        "days": {name: _days(_of(rows, name)) for name in world.platforms},
        "phases": {
            phase: {
                "all": _shares([item for _, item in within]),
                **{
                    name: _shares([item for _, item in _of(within, name)])
                    for name in world.platforms
                },
            }
            for phase, within in _phases(world, rows).items()
        },
        "lift": _lift(world, rows),
        "authors": {name: _authors(_of(rows, name)) for name in world.platforms},
        "deleted": [_deletion(item) for item in published if not item.alive(now)],
        "edited": [
            _edit(item, now)
            for _, item in rows
            if len(item.versions) > 1 and item.versions[1].at <= now
        ],
        "concerts": _concerts([item for _, item in rows]),
        "disclosures": sum(item.disclosure for _, item in rows),
        "off_topic": sum(item.scope == "none" and item.alive(now) for item in world.published(now)),
    }


def labelled(world: World, now: datetime) -> Iterable[dict[str, Any]]:
    """Each post shown at `now` with its truth, one flat record a post."""
    for item in world.published(now):
        if item.alive(now):
            yield {
                "platform": item.platform,
                "platform_id": item.id,
                "day": local_day(item.created_at).isoformat(),
                "kind": item.kind,
                "scope": item.scope,
                "text": f"{item.title}\n{item.version(now).text}".strip(),
                "language": item.language,
                "label": item.label,
                "offensive": item.offensive,
                "topic": item.topic,
                "signposted": item.signposted,
                "disclosure": item.disclosure,
                "concert": item.concert,
            }


def _of(rows: Rows, platform: str) -> Rows:
    return [row for row in rows if row[1].platform == platform]


def _phases(world: World, rows: Rows) -> dict[str, Rows]:
    names = ("before", "during", "after")
    split = {name: [row for row in rows if world.design.phase(row[0]) == name] for name in names}
    return {name: within for name, within in split.items() if within}


def _days(rows: Rows) -> dict[str, dict[str, int]]:
    days: dict[str, Counter[str]] = {}
    for day, item in rows:
        counts = days.setdefault(day.isoformat(), Counter())
        counts.update(["posts", f"{item.kind}s"])
        if item.kind == "original":
            counts["campaign_originals"] += item.scope == "campaign"
            counts["offensive"] += item.offensive
            counts["signposted"] += item.signposted
            counts[item.label] += 1
    return {day: dict(sorted(counts.items())) for day, counts in sorted(days.items())}


def _shares(items: Sequence[Item]) -> dict[str, Any]:
    originals = [item for item in items if item.kind == "original"]
    return {"posts": _part(items), "originals": _part(originals)}


def _part(items: Sequence[Item]) -> dict[str, Any]:
    total = len(items)
    if not total:
        return {"number": 0}

    def share(values: Iterable[bool]) -> float:
        return sum(values) / total

    return {
        "number": total,
        "campaign": share(item.scope == "campaign" for item in items),
        "offensive": share(item.offensive for item in items),
        "signposted": share(item.signposted for item in items),
        "labels": _spread(item.label for item in items),
        "topics": _spread(item.topic for item in items),
        "languages": _spread(item.language for item in items),
        "kinds": _spread(item.kind for item in items),
    }


def _spread(names: Iterable[str]) -> dict[str, float]:
    counts = Counter(names)
    return {name: count / counts.total() for name, count in sorted(counts.items())}


def _lift(world: World, rows: Rows) -> dict[str, float]:
    """Mean daily originals during ÷ before over whole days (today is not over); `log_mean` is the
    ratio of geometric means, which single loud days move less."""
    counts = Counter(day for day, item in rows if item.kind == "original")
    days = [day for day in world.design.days() if day < world.design.today]
    before, during = (
        [counts[day] for day in days if world.design.phase(day) == phase]
        for phase in ("before", "during")
    )
    logs = [sum(math.log(n + 0.5) for n in part) / len(part) for part in (before, during)]
    means = [sum(part) / len(part) for part in (before, during)]
    return {"ratio": means[1] / means[0], "log_mean": math.exp(logs[1] - logs[0])}


def _authors(rows: Rows) -> dict[str, Any]:
    people = {item.author.id: item.author for _, item in rows}
    posts = Counter(item.author.id for _, item in rows)
    squares = sum(number**2 for number in posts.values())
    known = {"unique": len(people), "effective": posts.total() ** 2 / squares if squares else 0.0}
    if any(item.platform == "reddit" for _, item in rows):
        return known  # Reddit shows no follower counts
    return known | {
        "followers": sum(person.followers for person in people.values()),
        "largest": max((person.followers for person in people.values()), default=0),
        "potential_impressions": sum(item.author.followers for _, item in rows),
    }


def _concerts(items: Sequence[Item]) -> dict[str, dict[str, int]]:
    """Posts and accounts of each concert."""
    names = sorted({item.concert for item in items} - {""})
    return {
        name: {
            "posts": sum(item.concert == name for item in items),
            "accounts": len({item.author.id for item in items if item.concert == name}),
        }
        for name in names
    }


def _deletion(item: Item) -> dict[str, str]:
    at = item.deleted_at.isoformat() if item.deleted_at else ""
    return {"platform": item.platform, "id": item.id, "at": at}


def _edit(item: Item, now: datetime) -> dict[str, str]:
    last = item.version(now)
    return {"platform": item.platform, "id": item.id, "now_id": last.id, "at": last.at.isoformat()}


def _designed(world: World) -> dict[str, Any]:
    design = world.design
    return {
        phase: {
            "labels": dict(shares.labels),
            "offensive": shares.offensive,
            "signposted": shares.signposting,
            "campaign": shares.campaign,
        }
        for phase, shares in (
            ("before", design.shares(design.first_day)),
            ("during", design.shares(design.start)),
        )
    }
