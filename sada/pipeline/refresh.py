"""Reads the interactions of young posts again, on the rhythm of `sada.looks`."""

from collections.abc import Callable

from collectors.base import CollectorError
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.looks import LATEST, batches, due_looks
from sada.pipeline.looks import Looked, Work, lookup_size
from sada.sources import build_collector
from storage.queries import young_posts


def refresh_source(
    sada: Sada, campaign: Campaign, plan: SourcePlan, *, stop: Callable[[], bool] = lambda: False
) -> Looked:
    """Looks up the posts of one source whose second look is due; none where it is switched off.

    Where the platform bills, only if the campaign file says `refresh: true`, and within a share of
    the budget. Deletions and edits that come to light are applied. Raises `StorageError`.
    """
    if plan.refresh is False:
        return Looked()
    try:
        collector = build_collector(sada, campaign, plan)
    except CollectorError as error:  # without a key nothing can be asked
        return Looked(error=str(error))
    if collector.bills and not plan.refresh:
        return Looked()
    now = sada.clock()
    young = young_posts(sada.database, campaign.slug, collector.platform, now - LATEST)
    wanted = batches(due_looks(young, now), lookup_size(collector), now)
    if not wanted:
        return Looked()
    return Work(sada, campaign, plan, "refresh", sharing=True).do(collector, wanted, stop)
