"""Asks the platforms daily which stored posts still stand, and applies what they say."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from collectors.base import CollectorError
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.pipeline.looks import Looked, Work, lookup_size
from sada.sources import build_collector
from storage.database import portions
from storage.queries import unchecked_ids
from storage.runs import read_cursor

QUERY: Final = "recheck"
"""Stands for the query in the notes of when a source was rechecked."""
FRESH: Final = timedelta(hours=6)
"""A post that its platform has shown within this time is not asked for again: a second look or a
page did it."""


def wants_recheck(sada: Sada, campaign: Campaign, plan: SourcePlan) -> bool:
    """Whether the daily recheck of a source is due: once a local day, unasked only where free."""
    if plan.recheck is False or _rechecked_on(sada, campaign, plan) == sada.today().isoformat():
        return False
    try:
        return bool(plan.recheck) or not build_collector(sada, campaign, plan).bills
    except CollectorError:  # without a key nothing can be asked; collecting says so already
        return False


def _rechecked_on(sada: Sada, campaign: Campaign, plan: SourcePlan) -> str | None:
    position, _ = read_cursor(sada.database, campaign.slug, plan.name, QUERY)
    return position.get("day")


def recheck_source(
    sada: Sada, campaign: Campaign, plan: SourcePlan, *, stop: Callable[[], bool] = lambda: False
) -> Looked:
    """Looks up every post of one source that was not seen lately, within its budget.

    See `Work.do` for what becomes of them. Raises `StorageError`, `DatabaseBusy`.
    """
    try:
        collector = build_collector(sada, campaign, plan)
    except CollectorError as error:
        return Looked(error=str(error))
    before = sada.clock() - FRESH
    ids = unchecked_ids(sada.database, campaign.slug, collector.platform, before)
    work = Work(sada, campaign, plan, QUERY, sharing=False)
    done = {"day": sada.today().isoformat()}
    found = work.do(collector, portions(ids, lookup_size(collector)), stop, done)
    # an earlier scrub may have been held up by a reader: once a day it is made good
    sada.database.scrub()
    return found
