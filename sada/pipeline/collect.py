"""One pass of one source: pages are fetched, prepared and stored one transaction each."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from collectors.base import (
    Collector,
    CollectorError,
    Missed,
    Page,
    Query,
    Window,
    owed_by,
    reach_of,
)
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.pipeline.budget import check_budget, resume_at
from sada.pipeline.prepare import Preparer
from sada.sources import build_collector, queries_of
from storage.collecting import store_batch
from storage.incoming import Batch
from storage.ledger import give_up, mark_hours
from storage.runs import end_run, read_cursor, start_run

log = logging.getLogger(__name__)

Stop = Callable[[], bool]
"""Whether to stop after the page in hand."""


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one pass ended. `state`: ok, failed, budget or stopped.

    `resume_at`: before then the source is not to be asked again by itself.
    """

    campaign: str
    source: str
    state: str
    seen: int = 0
    added: int = 0
    dollars: float = 0.0
    error: str = ""
    resume_at: datetime | None = None


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
    queries = queries_of(plan.name, campaign, sada)
    keys = [query.key for query in queries if not query.sampled]
    run = start_run(sada.database, campaign.slug, plan.name, sada.clock(), keys)
    work = _Pass(sada, campaign, plan, run, stop)
    wait, last, failed = None, None, 0
    try:
        state = work.through(queries, build)
        error, failed = work.told(len(queries)), len(work.failures)
        last = work.failures[-1] if work.failures else None
        wait = work.resume_at() if state == "failed" else None
    except CollectorError as failure:
        state, error, last = failure.state, str(failure), failure
        wait = resume_at(sada, failure, sada.clock())
    except Exception as failure:
        name = type(failure).__name__
        end_run(sada.database, run, "failed", sada.clock(), name, code="crashed", said=name)
        raise
    why = {"code": last.code, "said": last.said} if last else {}
    end_run(sada.database, run, state, sada.clock(), error, wait, failed_queries=failed, **why)
    _log_outcome(campaign, plan, state, work.tally, error)
    done = work.tally.seen, work.tally.added, work.tally.dollars
    return Outcome(campaign.slug, plan.name, state, *done, error, wait)


def _log_outcome(
    campaign: Campaign, plan: SourcePlan, state: str, tally: _Tally, error: str
) -> None:
    level = logging.INFO if state in ("ok", "stopped") else logging.WARNING
    log.log(
        level,
        "collected %s from %s: %s, %d seen, %d new%s",
        campaign.slug, plan.name, state, tally.seen, tally.added, f" ({error})" if error else "",
    )  # fmt: skip


class _Pass:
    """One pass over the queries of one source, under the campaign's budget."""

    def __init__(
        self, sada: Sada, campaign: Campaign, plan: SourcePlan, run: int, stop: Stop
    ) -> None:
        self.sada, self.campaign, self.plan, self.run, self.stop = sada, campaign, plan, run, stop
        self.preparer = Preparer.of(campaign)
        self.window = Window(*campaign.followed(sada.clock(), sada.timezone))
        self.tally = _Tally()
        self.failures: list[CollectorError] = []

    def through(
        self,
        queries: Sequence[Query],
        build: Callable[[Sada, Campaign, SourcePlan], Collector],
    ) -> str:
        """Asks query after query; how it ended: ok, stopped, or failed if most gave no answer.

        Raises `CollectorError` of what concerns the whole source; the hours are marked by then.
        """
        left = list(queries)
        try:
            collector = build(self.sada, self.campaign, self.plan)
            while left:
                if not self._ask(collector, left[0]):
                    return "stopped"
                self._give_up(collector, left.pop(0))
        except CollectorError as failure:
            self._mark_rest(left, failure)
            raise
        return "failed" if 2 * len(self.failures) > len(queries) else "ok"

    def told(self, queries: int) -> str:
        """What went wrong with single queries, in one line."""
        if not self.failures:
            return ""
        return f"{len(self.failures)} of {queries} queries failed; the last: {self.failures[-1]}"

    def resume_at(self) -> datetime | None:
        """The first moment at which any of the failed queries may be asked again, if all say."""
        now = self.sada.clock()
        moments = [resume_at(self.sada, failure, now) for failure in self.failures]
        known = [moment for moment in moments if moment is not None]
        return min(known) if known and len(known) == len(moments) else None

    def _ask(self, collector: Collector, query: Query) -> bool:
        """False when told to stop before the last page. Raises what concerns every query."""
        try:
            return self._collect(collector, query)
        except CollectorError as failure:
            if not failure.one_query:
                raise
            if not self.failures or str(self.failures[-1]) != str(failure):
                log.warning("%s", failure)
            self.failures.append(failure)
            self._mark_rest([query], failure)
            return not self.stop()

    def _give_up(self, collector: Collector, query: Query) -> None:
        """Notes which hours no later pass will get: they lie beyond what the platform shows."""
        reach = reach_of(collector)
        slug, source = self.campaign.slug, self.plan.name
        cursor, covered_to = read_cursor(self.sada.database, slug, source, query.key)
        if reach is None or covered_to is None:
            return
        ends = [covered_to, self.sada.clock() - reach.back, owed_by(collector, cursor)]
        beyond = Window(self.window.start, min(end for end in ends if end is not None))
        if beyond.start < beyond.end:
            give_up(self.sada.database, slug, source, query.key, beyond, reach.why, reach.code)

    def _collect(self, collector: Collector, query: Query) -> bool:
        slug, source = self.campaign.slug, self.plan.name
        cursor, _ = read_cursor(self.sada.database, slug, source, query.key)
        check_budget(self.sada, self.campaign, self.plan)
        for page in collector.fetch(query, cursor, self.window):
            self._store(collector, query, page)
            if self.stop():
                return False
            check_budget(self.sada, self.campaign, self.plan)
        return True

    def _store(self, collector: Collector, query: Query, page: Page) -> None:
        strict = query.strict and not page.threaded
        found = self.preparer.matching(page.posts, query.scope, query.in_context, strict)
        stored = store_batch(
            self.sada.database,
            Batch(
                campaign=self.campaign.slug,
                source=self.plan.name,
                query=query.key,
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
        for missed in page.missed:
            self._mark(query, missed)
        self.tally.seen += stored.seen
        self.tally.added += stored.added
        self.tally.dollars += page.dollars

    def _mark_rest(self, queries: Sequence[Query], failure: CollectorError) -> None:
        """Records the hours since the last complete one as missed, for every query not finished."""
        slug, source, window = self.campaign.slug, self.plan.name, self.window
        for query in queries:
            _, covered_to = read_cursor(self.sada.database, slug, source, query.key)
            rest = Window(max(window.start, covered_to or window.start), window.end)
            if rest.start < rest.end:
                told = failure.state, str(failure), failure.code, failure.said
                self._mark(query, Missed(rest, *told))

    def _mark(self, query: Query, missed: Missed) -> None:
        slug, source = self.campaign.slug, self.plan.name
        mark_hours(self.sada.database, slug, source, query.key, missed)
