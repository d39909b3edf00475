"""Asks the platforms which stored posts still stand, and applies what they say."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collectors.base import CollectorError, Cursor, Lookup, Unreachable
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.pipeline.budget import check_budget
from sada.pipeline.prepare import Preparer
from sada.sources import build_collector
from storage.collecting import store_batch
from storage.erase import remove_posts
from storage.incoming import Batch
from storage.queries import platform_ids
from storage.runs import end_run, read_cursor, start_run

log = logging.getLogger(__name__)

QUERY = "recheck"
"""Stands for the query in the notes of when a source was rechecked."""
FEWEST_TO_DOUBT = 10
"""Posts asked for at once, from which on an answer without any is not believed."""
BATCH = 100
"""Ids a lookup call takes, on X and Reddit alike."""


@dataclass
class Rechecked:
    """`asked` posts were looked up, `gone` were removed. `error`: why the rest was not asked."""

    asked: int = 0
    gone: int = 0
    error: str = ""


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
) -> Rechecked:
    """Looks up every post of one source, within its budget; deleted ones are erased, edited ones
    replaced. A post that the platform says nothing about stays.

    Raises `StorageError`, `DatabaseBusy` where somebody still reads what was erased.
    """
    done = Rechecked()
    run = start_run(sada.database, campaign.slug, plan.name, sada.clock())
    state = "ok"
    try:
        collector = build_collector(sada, campaign, plan)
        ids = platform_ids(sada.database, campaign.slug, collector.platform)
        for first in range(0, len(ids), BATCH):
            if stop():
                state = "stopped"
                break
            check_budget(sada, campaign, plan)
            asked = ids[first : first + BATCH]
            answer = _believable(plan, asked, collector.lookup(asked))
            _store(sada, campaign, plan, answer, run, None)
            done.gone += remove_posts(sada.database, collector.platform, answer.missing)
            done.asked += len(asked)
        else:
            _store(
                sada, campaign, plan, Lookup((), calls=0), run, {"day": sada.today().isoformat()}
            )
    except CollectorError as error:
        state, done.error = error.state, str(error)
        log.warning("recheck of %s: %s", campaign.slug, error)
    finally:
        end_run(sada.database, run, state, sada.clock(), done.error)
    if done.asked:
        sada.database.scrub()  # of what was erased and of earlier texts of what was edited
    return done


def _believable(plan: SourcePlan, asked: Sequence[str], answer: Lookup) -> Lookup:
    """`answer`, unless it says that a whole batch is gone: rather a fault than a day's deletions.

    Raises `Unreachable`, so that nothing is erased and the source is asked again tomorrow.
    """
    if len(asked) >= FEWEST_TO_DOUBT and not answer.found and answer.missing:
        raise Unreachable(
            plan.name,
            f"says that all of {len(asked)} posts are gone. Nothing was erased; if it is true,"
            " erase them with sada forget.",
        )
    return answer


def _store(
    sada: Sada,
    campaign: Campaign,
    plan: SourcePlan,
    answer: Lookup,
    run: int,
    cursor: Cursor | None,
) -> None:
    batch = Batch(
        campaign=campaign.slug,
        source=plan.name,
        query=QUERY,
        # they were found in their context once, which an answer by id no longer shows
        posts=list(Preparer.of(campaign).matching(answer.found, "topic", in_context=True)),
        cursor=cursor,
        covered=None,
        run=run,
        calls=answer.calls,
        billed=answer.billed,
        dollars=answer.dollars,
        taken_at=sada.clock(),
    )
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)
