"""What sources cost, by Casablanca day: API calls, posts that count against a quota, dollars."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database, upserting
from storage.rows import Spent

Work = Literal["collect", "look"]
COLLECT: Final[Work] = "collect"
LOOK: Final[Work] = "look"
_COSTS: Final = ("calls", "billed", "dollars")


def count_spending(
    session: Session, campaign: int, source: str, day: date, work: str, cost: Spent
) -> None:
    """Adds what a page or a look-up cost to its day."""
    if not (cost.calls or cost.posts or cost.dollars):
        return
    values = dict(zip(_COSTS, (cost.calls, cost.posts, cost.dollars), strict=True))
    key = {"campaign_id": campaign, "source": source, "day": day, "work": work}
    insertion = upserting(session, t.spending).values(**key, **values)
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=list(key),
            set_={name: t.spending.c[name] + insertion.excluded[name] for name in _COSTS},
        )
    )


def spent(
    db: Database,
    campaign: str,
    source: str,
    *,
    first: date | None = None,
    work: Work | None = None,
) -> Spent:
    """What `source` cost a campaign in all, or since the day `first`, for all work or one kind."""
    c = t.spending.c
    total = select(*(func.coalesce(func.sum(c[name]), 0) for name in _COSTS))
    total = total.where(c.source == source)
    if first is not None:
        total = total.where(c.day >= first)
    if work is not None:
        total = total.where(c.work == work)
    with db.reading() as session:
        of_campaign = c.campaign_id == campaign_id(session, campaign)
        calls, billed, dollars = session.execute(total.where(of_campaign)).one()
    return Spent(int(calls), int(billed), float(dollars))


def daily_spending(
    db: Database, campaign: str, work: Work | None = None
) -> Mapping[str, Mapping[date, Spent]]:
    """What each source of a campaign cost on each day that cost anything, for all work or one
    kind."""
    c = t.spending.c
    sums = [func.sum(c[name]) for name in _COSTS]
    kinds = (COLLECT, LOOK) if work is None else (work,)
    with db.reading() as session:
        rows = session.execute(
            select(c.source, c.day, *sums)
            .where(c.campaign_id == campaign_id(session, campaign), c.work.in_(kinds))
            .group_by(c.source, c.day)
            .order_by(c.source, c.day)
        )
        found: defaultdict[str, dict[date, Spent]] = defaultdict(dict)
        for source, day, calls, billed, dollars in rows:
            found[source][day] = Spent(int(calls), int(billed), float(dollars))
    return found
