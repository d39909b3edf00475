"""APScheduler turns `schedule`'s answers into work: a tick asks what is due, jobs do it."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

from config.campaign import Campaign, SourcePlan, State
from config.errors import SadaError
from sada.bootstrap import Sada
from sada.looks import round_due
from sada.mailing import send_digest
from sada.models import Opener
from sada.pipeline.collect import collect_source
from sada.pipeline.copies import Linking
from sada.pipeline.recheck import recheck_source, wants_recheck
from sada.pipeline.refresh import refresh_source
from sada.pipeline.topics import find_campaign_topics
from sada.reading import Reading
from sada.schedule import (
    SourceDue,
    collections_due,
    digest_due,
    is_collecting,
    recheck_due,
    topics_due,
)
from storage.deliveries import sent_to
from storage.runs import last_runs, sweep_unfinished_runs
from storage.topics import topics_made_at

log = logging.getLogger(__name__)

TICK_SECONDS = 20
WORKERS = 6
"""Threads for jobs: each waits on its network most of the time, so sources do not delay another."""


class Conductor:
    """Runs what is due until told to stop; holds nothing that the database does not know."""

    def __init__(self, sada: Sada, open_model: Opener | None = None) -> None:
        from apscheduler.schedulers.background import BackgroundScheduler

        self.sada = sada
        self.stopping = threading.Event()
        self._reading = Reading(sada, open_model)
        self._linking = Linking(sada)
        self._looked_at: dict[str, datetime] = {}
        self._busy: set[str] = set()
        self._guard = threading.Lock()
        self._jobs = ThreadPoolExecutor(WORKERS, thread_name_prefix="job")
        self._scheduler = BackgroundScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=sada.timezone,
        )

    def start(self) -> None:
        """Starts in the background; what was missed while stopped runs once, at once."""
        sweep_unfinished_runs(self.sada.database, self.sada.clock())
        self._reading.want()
        self._scheduler.add_job(self.tick, "interval", seconds=TICK_SECONDS)
        self._scheduler.start()
        self._jobs.submit(self._guarded, "first tick", self.tick, ())
        log.info("scheduler started for %d campaigns", len(self.sada.campaigns))

    def stop(self) -> None:
        """Lets every job finish the page or batch in hand, then returns."""
        with self._guard:  # whoever is launching a job launches it before the pool closes
            self.stopping.set()
        if self._scheduler.running:
            self._scheduler.pause()  # else a tick in hand may look for its job in an emptied store
            self._scheduler.shutdown(wait=True)
        self._jobs.shutdown(wait=True)

    def idle(self) -> bool:
        """Whether no job is under way."""
        with self._guard:
            return not self._busy

    def tick(self) -> None:
        """Starts a job for everything that is due and not under way."""
        now, campaigns = self.sada.clock(), self.sada.campaigns.values()
        for due in collections_due(
            campaigns, last_runs(self.sada.database), now, self.sada.timezone
        ):
            self._launch(f"collect {due.campaign} {due.source}", self._collect, due)
        self._launch("annotate", self._annotate)
        self._launch("copies", self._link_copies)
        for campaign in campaigns:
            self._tick_campaign(campaign, now)

    def _tick_campaign(self, campaign: Campaign, now: datetime) -> None:
        zone, database = self.sada.timezone, self.sada.database
        if not is_collecting(campaign, now, zone):
            self._tick_closed(campaign, now)
            return
        made_at = topics_made_at(database, campaign.slug)
        if topics_due(made_at, now, zone) and not self._collecting(campaign):
            self._launch(f"topics {campaign.slug}", self._topics, campaign)
        if round_due(now, self._looked_at.get(campaign.slug)):
            self._looked_at[campaign.slug] = now
            for plan in campaign.sources:
                self._launch(f"look {campaign.slug} {plan.name}", self._look, campaign, plan)
        if self.sada.settings.mail.smtp_url is None:
            return
        done = sent_to(database, campaign.slug, now.astimezone(zone).date())
        if digest := digest_due(campaign, done, now, zone):
            self._launch(f"digest {campaign.slug}", self._digest, campaign, digest.day)

    def _tick_closed(self, campaign: Campaign, now: datetime) -> None:
        """What is stored of a closed campaign is rechecked too, where that costs nothing."""
        closed = campaign.state(now.astimezone(self.sada.timezone).date()) is State.CLOSED
        if not closed or not recheck_due(now, self.sada.timezone):
            return
        if not round_due(now, self._looked_at.get(campaign.slug)):
            return
        self._looked_at[campaign.slug] = now
        for plan in campaign.sources:
            free = plan if plan.recheck is False else plan.model_copy(update={"recheck": None})
            self._launch(f"look {campaign.slug} {plan.name}", self._recheck, campaign, free)

    def _collecting(self, campaign: Campaign) -> bool:
        """Whether posts are still coming in, so that topics would be those of half of them."""
        with self._guard:
            return any(name.startswith(f"collect {campaign.slug} ") for name in self._busy)

    def _launch(self, name: str, work: Callable[..., None], *args: object) -> None:
        with self._guard:
            if name in self._busy or self.stopping.is_set():
                return
            self._busy.add(name)
            self._jobs.submit(self._guarded, name, work, args)

    def _guarded(self, name: str, work: Callable[..., None], args: tuple[object, ...]) -> None:
        """A job's failure is logged and ends that job only; it is due again at its next round."""
        try:
            if not self.stopping.is_set():
                work(*args)
        except SadaError as error:
            log.warning("%s: %s", name, error)
        except Exception:
            log.exception("%s failed unexpectedly", name)
        finally:
            with self._guard:
                self._busy.discard(name)

    def _collect(self, due: SourceDue) -> None:
        campaign = self.sada.campaign(due.campaign)
        plan = next(plan for plan in campaign.sources if plan.name == due.source)
        collect_source(self.sada, campaign, plan, stop=self.stopping.is_set)

    def _annotate(self) -> None:
        self._reading.round(stop=self.stopping.is_set)

    def _link_copies(self) -> None:
        self._linking.round(stop=self.stopping.is_set)

    def _topics(self, campaign: Campaign) -> None:
        find_campaign_topics(self.sada, campaign.slug)

    def _look(self, campaign: Campaign, plan: SourcePlan) -> None:
        refresh_source(self.sada, campaign, plan, stop=self.stopping.is_set)
        if recheck_due(self.sada.clock(), self.sada.timezone):
            self._recheck(campaign, plan)

    def _recheck(self, campaign: Campaign, plan: SourcePlan) -> None:
        if wants_recheck(self.sada, campaign, plan):
            recheck_source(self.sada, campaign, plan, unasked=True, stop=self.stopping.is_set)

    def _digest(self, campaign: Campaign, day: date) -> None:
        send_digest(self.sada, campaign, day)
