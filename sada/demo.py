"""`sada demo`: the real code from hashtags to dashboard, on the sandbox platforms."""

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

from config.i18n import CASABLANCA
from config.load import load_settings
from sada.bootstrap import Clock, Sada, assemble, make_home, utc_now
from sada.pipeline.collect import collect_source
from sada.pipeline.copies import link_copies
from sada.pipeline.topics import find_campaign_topics
from sada.reading import Reading
from sada.sandbox.campaign import sandbox_campaign, write_campaign
from sada.sandbox.design import CONCERTS, Design
from sada.sandbox.server import Sandbox, start_sandbox
from sada.sandbox.world import make_world
from sada.services import serve_dashboard, with_scheduler
from storage.topics import topics_made_at


def run_demo(*, once: bool, port: int, today: date | None) -> None:
    """Starts the sandbox, fills a database of its own under SADA_HOME/demo, serves it.

    A second run on the same day goes on from the first; another day starts afresh, since the
    synthetic campaign's dates are laid around the day that is played.
    """
    settings = load_settings()
    clock = played_clock(today)
    day = clock().astimezone(CASABLANCA).date()
    home = _home(settings.home / "demo", day)
    world = make_world(day, design=Design(day, concerts=CONCERTS))
    write_campaign(sandbox_campaign(world.design), home / "campaigns")
    with start_sandbox(world, now=clock) as sandbox:
        sada = _assemble(home, sandbox, clock)
        fill(sada)
        if once:
            print(f"ready: SADA_HOME={home} SADA_CAMPAIGNS_DIR={home / 'campaigns'}")
            return
        print(f"dashboard: http://127.0.0.1:{port}  (Ctrl-C ends)", flush=True)
        with_scheduler(sada, lambda: serve_dashboard(sada, port))


def played_clock(today: date | None) -> Clock:
    """The clock, moved by whole days so that it is `today`."""
    if today is None:
        return utc_now
    moved = today - utc_now().astimezone(CASABLANCA).date()

    def clock() -> datetime:
        return utc_now() + timedelta(days=moved.days)

    return clock


def fill(sada: Sada) -> None:
    """Collects, annotates and finds topics for every campaign."""
    for campaign in sada.campaigns.values():
        for plan in campaign.sources:
            done = collect_source(sada, campaign, plan)
            said = f": {done.error}" if done.error else ""
            print(f"{campaign.slug} from {plan.name}: {done.state}, {done.added} new posts{said}")
    reading = Reading(sada)
    reading.want()
    print(f"{reading.round()} texts read", flush=True)
    link_copies(sada)
    for slug in sada.campaigns:
        if topics_made_at(sada.database, slug) is None:
            print(f"{slug}: {find_campaign_topics(sada, slug)} topics", flush=True)


def _home(root: Path, day: date) -> Path:
    """The folder of this day's demo; those of other days are removed."""
    home = root / day.isoformat()
    make_home(home)
    for other in root.iterdir():
        if other.is_dir() and other != home:
            shutil.rmtree(other, ignore_errors=True)
    return home


def _assemble(home: Path, sandbox: Sandbox, clock: Clock) -> Sada:
    """Sada on the operator's settings, with home, campaigns and platforms replaced."""
    theirs = {k: v for k, v in os.environ.items() if k not in ("SADA_DATABASE_URL",)}
    ours = {
        "SADA_HOME": str(home),
        "SADA_CAMPAIGNS_DIR": str(home / "campaigns"),
        "SADA_X__OFFENSIVE_ANALYSIS_PERMITTED": "true",
    }
    return assemble(load_settings(theirs | sandbox.settings | ours), clock=clock, migrate=True)
