"""Asks the platforms which stored posts still stand, and applies what they say."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collectors.base import CollectorError, Post
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada, build_collector
from sada.pipeline.prepare import Preparer
from storage.collecting import store_batch
from storage.erase import remove_posts
from storage.incoming import Batch
from storage.queries import platform_ids

log = logging.getLogger(__name__)

BATCH = 100
"""Ids a lookup call takes, on X and Reddit alike."""


@dataclass
class Rechecked:
    """`asked` posts were looked up, `gone` were removed. `error`: why the rest was not asked."""

    asked: int = 0
    gone: int = 0
    error: str = ""


def recheck_source(
    sada: Sada, campaign: Campaign, plan: SourcePlan, *, stop: Callable[[], bool] = lambda: False
) -> Rechecked:
    """Looks up every post of one source; deleted ones are erased, edited ones replaced."""
    done = Rechecked()
    try:
        collector = build_collector(sada, campaign, plan)
        ids = platform_ids(sada.database, campaign.slug, collector.platform)
        for first in range(0, len(ids), BATCH):
            if stop():
                break
            asked = ids[first : first + BATCH]
            answer = collector.lookup(asked)
            _refresh(sada, campaign, plan, answer.found)
            done.gone += remove_posts(sada.database, collector.platform, answer.missing)
            done.asked += len(asked)
    except CollectorError as error:
        done.error = str(error)
        log.warning("recheck of %s: %s", campaign.slug, error)
    return done


def _refresh(sada: Sada, campaign: Campaign, plan: SourcePlan, found: Sequence[Post]) -> None:
    incoming = list(Preparer.of(campaign).matching(found, "topic"))
    batch = Batch(
        campaign=campaign.slug, source=plan.name, query="recheck", posts=incoming, cursor=None,
        covered=None, run=None, calls=1, billed=len(found), dollars=0.0, taken_at=sada.clock(),
    )  # fmt: skip
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)
