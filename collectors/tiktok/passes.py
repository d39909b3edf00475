"""What is known of TikTok's search, and how its pages and look-ups are asked for. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from collectors.stretches import Rules, Stretch
from collectors.tiktok.parse import posted_at

RULES = Rules(settling=timedelta(hours=48), longest=timedelta(days=29))
"""New videos reach the research index within two days; a question spans 30 days at most."""
LOOKUP_SIZE = 100
COMMENTS_SHOWN = 1000
"""Comments of one video that TikTok gives; what lies behind them is not told."""


def page_of(work: Stretch) -> tuple[str, str] | None:
    """Search id and cursor of the page to ask for."""
    if work.token is None:
        return None
    search, _, cursor = work.token.rpartition("|")
    return (search, cursor) if cursor.isdecimal() else None


def token_after(search_id: str, cursor: str) -> str | None:
    """The token of the page that these name."""
    return f"{search_id}|{cursor}" if cursor.isdecimal() else None


def batches(ids: Iterable[str]) -> Iterator[tuple[Sequence[str], datetime, datetime]]:
    """Ids of videos in as few questions as TikTok allows, with the days to ask about.

    Look-ups need dates as searches do; an id holds when it was posted. Ids that do not are left
    out.
    """
    dated = sorted((at, one) for one in ids if (at := posted_at(one)) is not None)
    held: list[tuple[datetime, str]] = []
    for entry in dated:
        if held and (len(held) >= LOOKUP_SIZE or entry[0] - held[0][0] > RULES.longest):
            yield _batch(held)
            held = []
        held.append(entry)
    if held:
        yield _batch(held)


def _batch(held: Sequence[tuple[datetime, str]]) -> tuple[Sequence[str], datetime, datetime]:
    return [one for _, one in held], held[0][0], held[-1][0]


def below(ids: Iterable[str]) -> dict[str, set[str]]:
    """Ids of comments by their video."""
    found: dict[str, set[str]] = {}
    for one in ids:
        found.setdefault(one.partition(":")[0], set()).add(one)
    return found
