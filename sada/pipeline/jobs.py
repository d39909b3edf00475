"""Rechecks a source by a job over all its posts: begun, asked after, applied, across restarts.

The platform bills nothing for it, so it is done unasked; only edited posts have to be read again.
One step is one call of `step_job`; what was begun is kept in the source's cursor `recheck`.
"""

import hashlib
import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Final

from collectors.base import Collector, CollectorError, Cursor, Unreachable
from collectors.jobs import (
    COMPLETE,
    CREATED,
    ENDED,
    Findings,
    Job,
    Jobs,
    Lapsed,
    Occupied,
    Withheld,
)
from config.campaign import Campaign, SourcePlan
from config.errors import SadaError
from sada.bootstrap import Sada
from sada.lock import only_one
from sada.looks import outdated
from sada.pipeline.looks import FEWEST_TO_DOUBT, FRESH, Looked, Work, lookup_size
from storage.database import portions
from storage.erase import remove_posts
from storage.queries import shown_posts, unchecked_ids
from storage.runs import end_run, read_cursor, start_run

log = logging.getLogger(__name__)

QUERY: Final = "recheck"
"""Stands for the query in the notes of when a source was rechecked, and of a job under way."""
GIVE_UP: Final = timedelta(hours=12)
"""A job that has no answer by then is none of this day's: look-ups can still be made in time."""
MOST_FAILURES: Final = 2
"""Jobs that end without an answer, after which no other is begun on that day."""
ERASED_AT_ONCE: Final = 500
"""Posts of one transaction."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A job as it is kept, beside the `day` of the last recheck.

    Without `id` it may or may not have been made; without `asked` its ids may or may not have been
    sent. `closed`: the day on which no more jobs are tried.
    """

    day: str = ""
    name: str = ""
    id: str = ""
    since: str = ""
    asked: str = ""
    failures: str = ""
    closed: str = ""


def jobs_closed(sada: Sada, campaign: Campaign, plan: SourcePlan) -> bool:
    """Whether the platform gives no more jobs today."""
    return _read(sada, campaign, plan).closed == sada.today().isoformat()


def step_job(
    sada: Sada,
    campaign: Campaign,
    plan: SourcePlan,
    collector: Collector,
    jobs: Jobs,
    done: Cursor,
    *,
    paid: bool,
    stop: Callable[[], bool],
) -> Looked | None:
    """Takes a job as far as it goes now; `None` where there is none to be had today.

    `Looked.waiting`: the answer is not there yet. `done` is noted once it was applied. `paid`:
    posts that were edited may be read again for money. One process at a time does it. Raises
    `StorageError`, `DatabaseBusy`.
    """
    with ExitStack() as held:
        try:
            held.enter_context(only_one(sada.settings.home, QUERY))
        except SadaError:
            return Looked(waiting=True)
        if jobs_closed(sada, campaign, plan):
            return None
        step = _Step(
            work=Work(sada, campaign, plan, QUERY, sharing=False),
            collector=collector,
            jobs=jobs,
            paid=paid,
            stop=stop,
            begun=_read(sada, campaign, plan),
            run=start_run(sada.database, campaign.slug, plan.name, sada.clock()),
            counted=jobs.calls,
        )
        return step.take(done)


def _read(sada: Sada, campaign: Campaign, plan: SourcePlan) -> Begun:
    position, _ = read_cursor(sada.database, campaign.slug, plan.name, QUERY)
    return Begun(**{one.name: position.get(one.name, "") for one in fields(Begun)})


@dataclass
class _Step:
    """One step of one source's job."""

    work: Work
    collector: Collector
    jobs: Jobs
    paid: bool
    stop: Callable[[], bool]
    begun: Begun
    run: int
    counted: int
    """Calls that are stored already."""

    @property
    def sada(self) -> Sada:
        return self.work.sada

    @property
    def slug(self) -> str:
        return self.work.campaign.slug

    @property
    def source(self) -> str:
        return self.work.plan.name

    def take(self, done: Cursor) -> Looked | None:
        """See `step_job`."""
        state, error = "failed", ""
        try:
            found = self._forward(done)
            state = "stopped" if found and found.stopped else "ok"
            return found
        except Occupied as failure:
            state = "ok"
            return self._wait(str(failure))
        except Withheld as failure:
            error = str(failure)
            log.info("%s: no compliance jobs: %s", self.slug, failure)
            self._close()
            return None
        except Lapsed as failure:
            error = str(failure)
            return self._failed(error)
        except CollectorError as failure:
            error = str(failure)
            log.warning("%s of %s: %s", QUERY, self.slug, failure)
            return self._wait(error, error)
        finally:
            end_run(self.sada.database, self.run, state, self.sada.clock(), error)

    def _forward(self, done: Cursor) -> Looked | None:
        if not self.begun.name:
            if not self._ids():
                self._finish(done)
                return Looked()
            self._keep(replace(self.begun, name=self._new_name(), since=self._now().isoformat()))
        job = self._job()
        if job.status == CREATED and not self.begun.asked:
            self._upload(job)
            return Looked(waiting=True)
        if job.status in ENDED:
            return self._failed(f"a compliance job of {self.source} ended: {job.status}")
        if job.status != COMPLETE:
            return self._wait("has no answer yet")
        found = self._apply(self.jobs.findings(job))
        if not found.stopped:
            self._finish(done)
        return found

    def _job(self) -> Job:
        """The job under way, or a new one; never a second one of the same name."""
        if self.begun.id:
            return self.jobs.job(self.begun.id)
        try:
            job = self.jobs.create(self.begun.name)
        except Occupied:
            known = self.jobs.find(self.begun.name)
            if known is None:
                raise
            job = known
        self._keep(replace(self.begun, id=job.id))
        return job

    def _upload(self, job: Job) -> None:
        ids = self._ids()
        self.jobs.upload(job, ids)
        self._keep(replace(self.begun, asked=str(len(ids))))
        log.info("asked %s about %d posts of %s", self.source, len(ids), self.slug)

    def _apply(self, findings: Findings) -> Looked:
        asked = int(self.begun.asked or len(self._ids()))
        if len(findings.gone) >= asked >= FEWEST_TO_DOUBT:
            raise Unreachable(
                self.source,
                f"says that all of {asked} posts are gone. Nothing was erased; if it is true,"
                " erase them with sada forget.",
            )
        if findings.unknown:
            log.warning("%s tells %d events of no known kind", self.source, findings.unknown)
        found = Looked(asked=asked)
        for some in portions(findings.gone, ERASED_AT_ONCE):
            if self.stop():
                found.stopped = True
                break
            found.gone += remove_posts(
                self.sada.database, self.collector.platform, some, self.sada.clock()
            )
        if not found.stopped:
            self._read_edited(findings, found)
        if found.gone:
            self.sada.database.scrub()
        return found

    def _read_edited(self, findings: Findings, found: Looked) -> None:
        """Looks up what was edited since it was last shown, where that may cost."""
        platform = self.collector.platform
        ids = outdated(
            findings.changed, shown_posts(self.sada.database, platform, list(findings.changed))
        )
        if ids and not self.paid:
            log.warning(
                "%s: %d posts were edited on %s since they were read. Reading them again is billed:"
                " it is done with recheck: true in the campaign file, or by sada recheck.",
                self.slug, len(ids), self.source,
            )  # fmt: skip
        elif ids:
            self._keep(self.begun)
            size = lookup_size(self.collector)
            again = self.work.do(self.collector, portions(ids, size), self.stop)
            self.counted = self.jobs.calls
            found.gone += again.gone
            found.error, found.stopped = again.error, again.stopped

    def _wait(self, why: str, error: str = "") -> Looked | None:
        """Goes on another time, unless it has taken too long."""
        since = self.begun.since
        if since and self._now() - datetime.fromisoformat(since) > GIVE_UP:
            log.warning("%s: gave a compliance job up, which %s", self.slug, why)
            self._close()
            return None
        self._keep(self.begun)
        return Looked(waiting=not error, error=error)

    def _failed(self, why: str) -> Looked | None:
        """Begins anew at the next step, if this was not the last try of the day."""
        failures = int(self.begun.failures or 0) + 1
        log.warning("%s (%d. time today)", why, failures)
        if failures >= MOST_FAILURES:
            self._close()
            return None
        self._keep(Begun(day=self.begun.day, failures=str(failures)))
        return Looked(waiting=True)

    def _close(self) -> None:
        self._keep(Begun(day=self.begun.day, closed=self.sada.today().isoformat()))

    def _finish(self, done: Cursor) -> None:
        self._keep(Begun(**done))

    def _keep(self, begun: Begun) -> None:
        """Stores how far the job is, with the calls that led there."""
        self.begun = begun
        calls, self.counted = self.jobs.calls - self.counted, self.jobs.calls
        kept = {name: value for name, value in asdict(begun).items() if value}
        self.work.note(self.collector, kept, self.run, calls)

    def _ids(self) -> list[str]:
        before = self._now() - FRESH
        return unchecked_ids(self.sada.database, self.slug, self.collector.platform, before)

    def _new_name(self) -> str:
        """A name that nobody else gives, and that says nothing of the campaign."""
        told = f"{self.slug} {self._now().isoformat()}".encode()
        return (
            f"sada-{hashlib.blake2b(told, key=self.sada.secret[:64], digest_size=12).hexdigest()}"
        )

    def _now(self) -> datetime:
        return self.sada.clock()
