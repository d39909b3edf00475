"""`sada demo`: the real code from hashtags to dashboard, on the sandbox platforms."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from config.campaigns import load_campaigns
from config.load import load_settings
from config.settings import Settings
from sada.bootstrap import Sada, assemble, make_home, utc_now, with_home, zone
from sada.pipeline.annotate import annotate_all
from sada.pipeline.collect import collect_source
from sada.pipeline.topics import find_campaign_topics
from sada.sandbox.server import Sandbox, start_sandbox
from sada.sandbox.world import make_world
from storage.topics import topics_made_at

log = logging.getLogger(__name__)
SEED = 1


def run_demo(*, once: bool, port: int, today: date | None) -> None:
    """Starts the sandbox, fills a database of its own under SADA_HOME/demo, serves it.

    A second run on the same day goes on from the first; another day starts afresh, since the
    synthetic campaign's dates are laid around the day that is played.
    """
    settings = load_settings()
    day = today or utc_now().astimezone(zone(settings.timezone)).date()
    home = _home(settings.home / "demo", day)
    with _sandbox(day, home) as sandbox:
        sada = assemble(_demo_settings(settings, home, sandbox), clock=sandbox.now, migrate=True)
        fill(sada)
        if once:
            print(f"ready: {home}")
            return
        _serve(sada, port)


def fill(sada: Sada) -> None:
    """Collects, annotates and finds topics for every campaign."""
    from nlp.embedded import load_embedded

    for campaign in sada.campaigns.values():
        for plan in campaign.sources:
            done = collect_source(sada, campaign, plan)
            print(f"{campaign.slug} from {plan.name}: {done.state}, {done.added} new posts")
    read = annotate_all(sada, load_embedded())
    print(f"{read} texts read")
    for slug in sada.campaigns:
        if topics_made_at(sada.database, slug) is None:
            print(f"{slug}: {find_campaign_topics(sada, slug)} topics")


def _serve(sada: Sada, port: int) -> None:
    from sada.services import serve_dashboard, start_scheduler

    print(f"dashboard: http://127.0.0.1:{port}  (Ctrl-C ends)")
    with start_scheduler(sada):
        serve_dashboard(sada, port)


def _home(root: Path, day: date) -> Path:
    """The folder of this day's demo; those of other days are removed."""
    home = root / day.isoformat()
    make_home(home)
    for other in root.iterdir():
        if other.is_dir() and other != home:
            shutil.rmtree(other, ignore_errors=True)
    return home


@contextmanager
def _sandbox(day: date, home: Path) -> Iterator[Sandbox]:
    world = make_world(today=day, seed=SEED)
    world.write_campaign(home / "campaigns")
    sandbox = start_sandbox(world)
    try:
        yield sandbox
    finally:
        sandbox.stop()


def _demo_settings(settings: Settings, home: Path, sandbox: Sandbox) -> Settings:
    """The operator's settings, with the platforms replaced by the sandbox."""
    load_campaigns(home / "campaigns")
    x = settings.x.model_copy(
        update={
            "bearer_token": SecretStr(sandbox.x_token),
            "api_url": sandbox.url_x,
            "archive": True,
            "offensive_analysis_permitted": True,
        }
    )
    reddit = settings.reddit.model_copy(
        update={
            "client_id": sandbox.reddit_id,
            "client_secret": SecretStr(sandbox.reddit_secret),
            "api_url": sandbox.url_reddit,
        }
    )
    changed = {"x": x, "reddit": reddit, "campaigns_dir": home / "campaigns"}
    return with_home(settings, home).model_copy(update=changed)
