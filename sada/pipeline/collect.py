"""One pass of one source: pages are fetched, prepared and stored one transaction each."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from collectors.base import Collector, CollectorError, Page, Query, Window
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.pipeline.budget import check_budget
from sada.pipeline.prepare import Preparer
from sada.sources import build_collector, queries_of
from storage.collecting import store_batch
from storage.incoming import Batch
from storage.ledger import mark_hours
from storage.runs import end_run, read_cursor, start_run

log = logging.getLogger(__name__)

Stop = Callable[[], bool]
"""Whether to stop after the page in hand."""


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one pass ended. `state`: ok, failed, budget or stopped.

    `retry_after`: seconds before which the platform does not want to be asked again.
    """

    campaign: str
    source: str
    state: str
    seen: int = 0
    added: int = 0
    dollars: float = 0.0
    error: str = ""
    retry_after: float = 0.0


@dataclass
class _Tally:
    seen: int = 0
    added: int = 0
    dollars: float = 0.0


def collect_source(
    sada: Sada,
    campaign: Campaign,
    plan: SourcePlan,
    *,
    stop: Stop = never,
    build: Callable[[Sada, Campaign, SourcePlan], Collector] = build_collector,
) -> Outcome:
    """Brings one source of a campaign up to now. A source's failure is the outcome, not an error.

    What was stored before a failure stays, and the next pass goes on from there.
    """
    now = sada.clock()
    queries = queries_of(plan.name, campaign, sada)
    keys = [query.key for query in queries]
    run = start_run(sada.database, campaign.slug, plan.name, now, keys)
    tally = _Tally()
    query: Query | None = None
    window = Window(*campaign.followed(now, sada.timezone))
    retry_after = 0.0
    try:
        collector = build(sada, campaign, plan)
        preparer = Preparer.of(campaign)
        state = "ok"
        for query in queries:
            pages = _Pages(sada, campaign, plan, query, run, preparer, tally)
            if not pages.collect(collector, window, stop):
                state = "stopped"
                break
        error = ""
    except CollectorError as failure:
        state, error = failure.state, str(failure)
        retry_after = failure.retry_after or 0.0
        left = queries[keys.index(query.key) :] if query else queries
        _mark_rest(sada, campaign, plan, left, window, state, error)
    except Exception as failure:
        end_run(sada.database, run, "failed", sada.clock(), f"{type(failure).__name__}")
        raise
    end_run(sada.database, run, state, sada.clock(), error)
    _log_outcome(campaign, plan, state, tally, error)
    done = tally.seen, tally.added, tally.dollars
    return Outcome(campaign.slug, plan.name, state, *done, error, retry_after)


def _log_outcome(
    campaign: Campaign, plan: SourcePlan, state: str, tally: _Tally, error: str
) -> None:
    level = logging.INFO if state in ("ok", "stopped") else logging.WARNING
    log.log(
        level,
        "collected %s from %s: %s, %d seen, %d new%s",
        campaign.slug, plan.name, state, tally.seen, tally.added, f" ({error})" if error else "",
    )  # fmt: skip


class _Pages:
    """The pages of one query, under the campaign's budget."""

    def __init__(
        self,
        sada: Sada,
        campaign: Campaign,
        plan: SourcePlan,
        query: Query,
        run: int,
        preparer: Preparer,
        tally: _Tally,
    ) -> None:
        self.sada, self.campaign, self.plan, self.query = sada, campaign, plan, query
        self.run, self.preparer, self.tally = run, preparer, tally

    def collect(self, collector: Collector, window: Window, stop: Stop) -> bool:
        """False when told to stop before the last page. Raises `CollectorError`."""
        cursor, _ = read_cursor(
            self.sada.database, self.campaign.slug, self.plan.name, self.query.key
        )
        check_budget(self.sada, self.campaign, self.plan)
        for page in collector.fetch(self.query, cursor, window):
            self._store(page, collector)
            if stop():
                return False
            check_budget(self.sada, self.campaign, self.plan)
        return True

    def _store(self, page: Page, collector: Collector) -> None:
        found = self.preparer.matching(page.posts, self.query.scope, self.query.in_context)
        stored = store_batch(
            self.sada.database,
            Batch(
                campaign=self.campaign.slug,
                source=self.plan.name,
                query=self.query.key,
                posts=list(found),
                cursor=page.cursor,
                covered=page.covered,
                run=self.run,
                calls=page.calls,
                billed=page.billed,
                dollars=page.dollars,
                taken_at=self.sada.clock(),
            ),
            secret=self.sada.secret,
            timezone=self.sada.timezone,
        )
        for warning in page.warnings:
            log.warning("%s: %s", collector.name, warning)
        self.tally.seen += stored.seen
        self.tally.added += stored.added
        self.tally.dollars += page.dollars


def _mark_rest(
    sada: Sada,
    campaign: Campaign,
    plan: SourcePlan,
    queries: Sequence[Query],
    window: Window,
    state: str,
    why: str,
) -> None:
    """Records the hours since the last complete one as missed, for every query not finished."""
    for query in queries:
        _, covered_to = read_cursor(sada.database, campaign.slug, plan.name, query.key)
        rest = Window(max(window.start, covered_to or window.start), window.end)
        if rest.start < rest.end:
            mark_hours(sada.database, campaign.slug, plan.name, query.key, rest, state, why)
