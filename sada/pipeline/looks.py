"""Asks platforms again for posts that are stored: one look-up serves metrics, edits, deletions."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from collectors.base import Collector, CollectorError, Cursor, Lookup, Unreachable
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada
from sada.pipeline.budget import BudgetSpent, check_budget, check_looks
from sada.pipeline.prepare import Preparer
from storage.collecting import store_batch
from storage.erase import remove_posts
from storage.incoming import Batch
from storage.runs import end_run, start_run
from storage.spending import LOOK

log = logging.getLogger(__name__)

FRESH = timedelta(hours=6)
"""A post that its platform has shown within this time is not rechecked: a second look or a page did
it."""
FEWEST_TO_DOUBT = 10
"""Posts asked for at once, from which on an answer without any is not believed."""
LOOKUP_SIZE = 100
"""Ids that a look-up takes where the collector does not say (`lookup_size`)."""

Stop = Callable[[], bool]


@dataclass
class Looked:
    """`asked` posts were looked up, `gone` were removed. `error`: why the rest was not asked.

    `waiting`: the platform answers later; nothing was looked up or removed yet.
    """

    asked: int = 0
    gone: int = 0
    error: str = ""
    stopped: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Work:
    """Looks at one source's posts. `query` names what for; `sharing`: within the share of the
    budget that second looks have."""

    sada: Sada
    campaign: Campaign
    plan: SourcePlan
    query: str
    sharing: bool

    def do(
        self,
        collector: Collector,
        batches: Iterable[Sequence[str]],
        stop: Stop,
        when_done: Cursor | None = None,
    ) -> Looked:
        """Looks batch after batch up: deleted posts are erased, edited ones replaced, interactions
        noted. A post that the platform says nothing about stays.

        `when_done` is noted once every batch was answered. A failure of the source is in the
        answer. Raises `StorageError`, `DatabaseBusy` where somebody still reads what was erased.
        """
        done, run = Looked(), start_run(
            self.sada.database, self.campaign.slug, self.plan.name, self.sada.clock()
        )  # fmt: skip
        state, edited, code, said = "failed", False, "", ""
        try:
            for batch in batches:
                if stop():
                    done.stopped = True
                    break
                edited |= self._batch(collector, batch, run, done)
            if when_done is not None and not done.stopped:
                self.note(collector, when_done, run)
            state = "stopped" if done.stopped else "ok"
        except CollectorError as error:
            state, done.error, code, said = error.state, str(error), error.code, error.said
            level = logging.INFO if isinstance(error, BudgetSpent) else logging.WARNING
            log.log(level, "%s of %s: %s", self.query, self.campaign.slug, error)
        finally:
            now = self.sada.clock()
            end_run(self.sada.database, run, state, now, done.error, code=code, said=said)
        if done.gone or edited:
            self.sada.database.scrub()
        return done

    def note(self, collector: Collector, cursor: Cursor, run: int, calls: int = 0) -> None:
        """Stores how far the work is, and the calls that led there."""
        self._store(collector, (), Lookup((), calls=calls), run, cursor)

    def _batch(self, collector: Collector, asked: Sequence[str], run: int, done: Looked) -> bool:
        """Whether an edited post was among them. Raises `CollectorError`."""
        check = check_looks if self.sharing else check_budget
        check(self.sada, self.campaign, self.plan)
        answer = _believable(self.plan, asked, collector.lookup(asked))
        done.gone += remove_posts(
            self.sada.database, collector.platform, answer.missing, self.sada.clock()
        )
        self._store(collector, asked, answer, run, None)
        done.asked += len(asked)
        return any(post.edited for post in answer.found)

    def _store(
        self,
        collector: Collector,
        asked: Sequence[str],
        answer: Lookup,
        run: int,
        cursor: Cursor | None,
    ) -> None:
        batch = Batch(
            campaign=self.campaign.slug,
            source=self.plan.name,
            query=self.query,
            posts=list(Preparer.of(self.campaign).again(answer.found)),
            cursor=cursor,
            covered=None,
            run=run,
            calls=answer.calls,
            billed=answer.billed,
            dollars=answer.dollars,
            taken_at=self.sada.clock(),
            work=LOOK,
            looked=[(collector.platform, one) for one in asked],
        )
        store_batch(self.sada.database, batch, secret=self.sada.secret, timezone=self.sada.timezone)


def lookup_size(collector: Collector) -> int:
    """Ids that one look-up takes."""
    return int(getattr(collector, "lookup_size", LOOKUP_SIZE))


def _believable(plan: SourcePlan, asked: Sequence[str], answer: Lookup) -> Lookup:
    """`answer`, unless it says that a whole batch is gone: rather a fault than a day's deletions.

    Raises `Unreachable`, so that nothing is erased and the source is asked again another time.
    """
    if len(asked) >= FEWEST_TO_DOUBT and not answer.found and answer.missing:
        raise Unreachable(
            plan.name,
            f"says that all of {len(asked)} posts are gone. Nothing was erased; if it is true,"
            " erase them with sada forget.",
        )
    return answer
