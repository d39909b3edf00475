"""Second looks: which posts' interactions are to be read again, and with which others. Pure.

A post gains most of its interactions at once and fewer and fewer later, so it is looked at an hour,
a day, three days and a week after it was written. A look of any kind that comes after such a point
(a page, a recheck) serves it; what was missed is made up for by the next one, until `LATEST`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from storage.rows import Shown, Young

POINTS: Final = (
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
LATEST: Final = timedelta(days=8)
"""An older post is looked at no more: its curve has ended."""
ROUND: Final = timedelta(minutes=5)
"""How often it is asked which looks are due."""
PATIENCE: Final = 0.1
"""A look may wait for this share of its point to fill a batch: 6 minutes, 2.4 hours, 7, 17."""

EDITABLE: Final = timedelta(hours=1)
"""X lets a post be edited for an hour."""


@dataclass(frozen=True, slots=True)
class Due:
    """A look that is due. `until`: from then on it waits no more for others."""

    platform_id: str
    until: datetime
    free: bool
    """Read once already on this UTC day, and so billed no more where platforms bill by the day."""


def due_looks(posts: Iterable[Young], now: datetime) -> list[Due]:
    """Which of the posts are to be looked at: free ones first, then by how long they can wait."""
    found = (_due(post, now) for post in posts)
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (not one.free, one.until, one.platform_id),
    )


def _due(post: Young, now: datetime) -> Due | None:
    age = now - post.created_at
    if age > LATEST:
        return None
    passed = [point for point in POINTS if point <= age]
    missed = [point for point in passed if post.checked_at < post.created_at + point]
    if not missed:
        return None
    point = missed[0]
    free = post.checked_at.astimezone(UTC).date() == now.astimezone(UTC).date()
    return Due(post.platform_id, post.created_at + point * (1 + PATIENCE), free)


def batches(due: Sequence[Due], size: int, now: datetime) -> list[list[str]]:
    """Ids to look up together, at most `size`: whole batches, and a part of one once any of its
    looks can wait no more."""
    cut = [due[first : first + size] for first in range(0, len(due), size)]
    return [
        [one.platform_id for one in some]
        for some in cut
        if len(some) == size or any(one.until <= now for one in some)
    ]


def round_due(now: datetime, last: datetime | None) -> bool:
    """Whether it is time to ask again which looks are due."""
    return last is None or now - last >= ROUND or last > now


def outdated(changed: Mapping[str, datetime | None], stored: Mapping[str, Shown]) -> list[str]:
    """Which of the posts that a platform calls edited are stored as they were before.

    Where it does not tell since when (`None`): those not shown since they could last be edited.
    """
    return [
        identity
        for identity, at in changed.items()
        if (known := stored.get(identity)) is not None
        and (at or known.created_at + EDITABLE) > known.shown_at
    ]
