"""Asks the platforms daily which stored posts still stand, and applies what they say.

By a job over all of them where the platform has jobs and this key may, else by look-ups.
"""

from collections.abc import Callable
from typing import Final

from collectors.base import Collector, CollectorError
from collectors.jobs import jobs_of
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.pipeline.jobs import QUERY, jobs_closed, step_job
from sada.pipeline.looks import FRESH, Looked, Work, lookup_size
from sada.sources import build_collector
from storage.database import portions
from storage.queries import unchecked_ids
from storage.runs import read_cursor

BETWEEN: Final = 30.0
"""Seconds after which an answer is asked for again: X asks for 30 to 60."""


def wants_recheck(sada: Sada, campaign: Campaign, plan: SourcePlan) -> bool:
    """Whether the daily recheck of a source is due: once a local day, unasked only where free."""
    if plan.recheck is False or _rechecked_on(sada, campaign, plan) == sada.today().isoformat():
        return False
    try:
        collector = build_collector(sada, campaign, plan)
    except CollectorError:  # without a key nothing can be asked; collecting says so already
        return False
    if plan.recheck or not collector.bills:
        return True
    return jobs_of(collector) is not None and not jobs_closed(sada, campaign, plan)


def _rechecked_on(sada: Sada, campaign: Campaign, plan: SourcePlan) -> str | None:
    position, _ = read_cursor(sada.database, campaign.slug, plan.name, QUERY)
    return position.get("day")


def recheck_source(
    sada: Sada,
    campaign: Campaign,
    plan: SourcePlan,
    *,
    unasked: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Looked:
    """Asks for every post of one source that was not seen lately.

    Look-ups stay within the source's budget; `unasked`: they cost nothing unless the campaign file
    says `recheck: true`. See `Work.do` for what becomes of the posts. Raises `StorageError`,
    `DatabaseBusy`.
    """
    try:
        collector = build_collector(sada, campaign, plan)
    except CollectorError as error:
        return Looked(error=str(error))
    paid = not (unasked and collector.bills) or bool(plan.recheck)
    done = {"day": sada.today().isoformat()}
    found = None
    if (jobs := jobs_of(collector)) is not None:
        found = step_job(sada, campaign, plan, collector, jobs, done, paid=paid, stop=stop)
    if found is None:
        found = _look_up(sada, campaign, plan, collector, done, stop) if paid else Looked()
    if not found.waiting:
        # an earlier scrub may have been held up by a reader: once a day it is made good
        sada.database.scrub()
    return found


def answered(sada: Sada, campaign: Campaign, plan: SourcePlan, *, minutes: int = 0) -> Looked:
    """`recheck_source`, and for so many minutes again while the platform has no answer yet."""
    found = recheck_source(sada, campaign, plan)
    for _ in range(int(minutes * 60 / BETWEEN)):
        if not found.waiting:
            break
        sada.patience.sleep(BETWEEN)
        found = recheck_source(sada, campaign, plan)
    return found


def _look_up(
    sada: Sada,
    campaign: Campaign,
    plan: SourcePlan,
    collector: Collector,
    done: dict[str, str],
    stop: Callable[[], bool],
) -> Looked:
    before = sada.clock() - FRESH
    ids = unchecked_ids(sada.database, campaign.slug, collector.platform, before)
    work = Work(sada, campaign, plan, QUERY, sharing=False)
    return work.do(collector, portions(ids, lookup_size(collector)), stop, done)
