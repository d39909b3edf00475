"""Reach: who could have seen it (bounds, never one number), and how many voices there were."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from measures.rows import Authors

POPULATIONS: Mapping[str, int] = {
    "facebook": 21_300_000,
    "tiktok": 14_600_000,
    "instagram": 13_100_000,
    "snapchat": 6_720_000,
}
"""Accounts in Morocco that advertising can reach, DataReportal, Digital 2025: Morocco."""

FEW_AUTHORS = 30
"""Under this many effective authors no change is claimed (measures.md)."""
LEAST_AUTHORS = 10
"""Figures that rest on fewer accounts are not told outside of the team."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds between which the true number lies; not a confidence interval."""

    low: float
    high: float


def potential_reach(rows: Sequence[Authors]) -> dict[str, Interval]:
    """By platform, the unique accounts that could have seen a post.

    From the largest audience (all others may lie within it) to the sum of all audiences (none
    overlap), both capped by the platform's population in Morocco where it is known: on simulated
    audiences the sum alone is 1.4 to 1.9 times the true union. A platform whose authors' follower
    counts are all unknown is left out.
    """
    followers: dict[str, list[int]] = {}
    for row in rows:
        followers.setdefault(row.platform, []).extend(row.followers)
    return {
        platform: _bounds(counts, POPULATIONS.get(platform))
        for platform, counts in sorted(followers.items())
        if counts
    }


def _bounds(followers: Sequence[int], population: int | None) -> Interval:
    low, high = float(max(followers)), float(sum(followers))
    if population is None:
        return Interval(low, high)
    return Interval(min(low, population), min(high, population))


def potential_impressions(rows: Sequence[Authors]) -> int | None:
    """Σ followers of the author over all posts: an upper bound, not views. `None` if unknown."""
    known = [row.potential_impressions for row in rows if row.followers]
    return sum(known) if known else None


def unique_authors(rows: Sequence[Authors]) -> dict[str, int]:
    """Distinct accounts by platform. One person may have several, so they are never added up."""
    found: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row.platform):
        found[row.platform] = found.get(row.platform, 0) + row.authors
    return found


def effective_authors(rows: Sequence[Authors]) -> float | None:
    """(Σn)²/Σn² over accounts, n being an account's posts: how many equal voices this amounts to.

    It says how independent the posts are, so accounts of all platforms go in. `None` without any.
    """
    posts = [n for row in rows for n in row.posts_per_author if n > 0]
    return sum(posts) ** 2 / sum(n * n for n in posts) if posts else None


def fewest_voices(stretches: Iterable[Sequence[Authors]]) -> float | None:
    """Effective authors of the stretch that has fewest, among those where they are known."""
    found = (effective_authors(rows) for rows in stretches)
    return min((one for one in found if one is not None), default=None)
