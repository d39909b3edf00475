"""Engagement: the interactions that each platform offers, and rates with their denominator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from measures.rows import Day

Denominator = Literal["views", "originals"]

INTERACTIONS = ("likes", "reposts", "replies", "quotes", "saves")

OFFERED: Mapping[str, tuple[str, ...]] = {
    "x": INTERACTIONS,
    "reddit": ("likes", "replies"),
    "facebook": ("likes", "reposts", "replies"),
    "instagram": ("likes", "replies"),
    "threads": ("likes", "reposts", "replies", "quotes"),
    "tiktok": ("likes", "reposts", "replies", "saves"),
    "youtube": ("likes", "replies"),
    "bluesky": ("likes", "reposts", "replies", "quotes"),
    "mastodon": ("likes", "reposts", "replies"),
    "rss": (),
    "news": ("replies",),
}
"""Which interactions a platform supplies (likes are Facebook's reactions and Reddit's score,
reposts are shares). For a platform that is not listed, whatever its posts state counts."""

MOSTLY = 0.9
"""Views serve as denominator where at least this share of a platform's posts states them."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """Interactions on one platform; `counted` says which (`likes`, `reposts` …).

    `rate` is interactions a view where (nearly) all posts state their views, else interactions an
    original, as `denominator` says.
    """

    platform: str
    total: int
    counted: tuple[str, ...]
    rate: float | None
    denominator: Denominator | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate and what it is relative to."""

    value: float | None
    denominator: Denominator | None


def engagement_by_platform(days: Sequence[Day]) -> dict[str, Engagement]:
    """Engagement of each platform that stated any interaction.

    The daily sums do not tell "nobody liked it" from "the platform did not say": a platform where
    all sums are 0 is taken as not available, since a missing figure must not be shown as 0.
    """
    found = {}
    for platform, rows in _by_platform(days).items():
        counted = OFFERED.get(platform, INTERACTIONS)
        total = sum(_sum(rows, name) for name in counted)
        if total:
            rate = _rate(rows, total)
            found[platform] = Engagement(platform, total, counted, rate.value, rate.denominator)
    return found


def total_engagement(days: Sequence[Day]) -> int | None:
    """Interactions over the platforms that state any, `None` where none does."""
    found = engagement_by_platform(days)
    return sum(one.total for one in found.values()) if found else None


def engagement_rate(days: Sequence[Day]) -> Rate:
    """One rate over the platforms that state interactions, with one denominator for them all."""
    found = engagement_by_platform(days)
    if not found:
        return Rate(None, None)
    rows = [row for row in days if row.platform in found]
    return _rate(rows, sum(one.total for one in found.values()))


def per_original(days: Sequence[Day], interaction: str) -> float | None:
    """Interactions of one kind received per original, over the platforms that offer and state it.

    `reposts` gives amplification, `replies` conversation, `likes` applause.
    """
    offering = {
        name for name, one in engagement_by_platform(days).items() if interaction in one.counted
    }
    rows = [row for row in days if row.platform in offering]
    originals = _sum(rows, "originals")
    return _sum(rows, interaction) / originals if originals else None


def views(days: Sequence[Day]) -> int | None:
    """Views as the platforms state them, `None` where no post states any."""
    return _sum(days, "views") if _sum(days, "viewed") else None


def _rate(rows: Sequence[Day], total: int) -> Rate:
    posts, viewed = _sum(rows, "posts"), _sum(rows, "viewed")
    seen, originals = _sum(rows, "views"), _sum(rows, "originals")
    if posts and seen and viewed >= MOSTLY * posts:
        return Rate(total / seen, "views")
    return Rate(total / originals, "originals") if originals else Rate(None, None)


def _by_platform(days: Sequence[Day]) -> dict[str, list[Day]]:
    rows: dict[str, list[Day]] = {}
    for row in sorted(days, key=lambda row: row.platform):
        rows.setdefault(row.platform, []).append(row)
    return rows


def _sum(rows: Sequence[Day], name: str) -> int:
    return sum(int(getattr(row, name)) for row in rows)
