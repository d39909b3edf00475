"""Second looks, rechecks and outages with the real collectors, against the truth of all posts."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from collectors.base import Collector, Unreachable
from config.load import load_settings
from sada.bootstrap import Sada, assemble
from sada.pipeline.collect import collect_source
from sada.pipeline.recheck import recheck_source
from sada.pipeline.refresh import refresh_source
from sada.sandbox.campaign import sandbox_campaign, write_campaign
from sada.sandbox.item import Item
from sada.sandbox.server import Sandbox
from sada.sandbox.world import World
from storage import tables as t
from storage.queries import source_states
from storage.spending import spent
from tests.sada.sandbox.conftest import Clock

PLATFORMS = ("reddit", "youtube", "bluesky")
"""Those that bill nothing, so that second looks run unasked."""


@pytest.fixture
def sada(tmp_path: Path, sandbox: Sandbox, world: World, clock: Clock) -> Sada:
    write_campaign(sandbox_campaign(world.design), tmp_path / "campaigns")
    known = {"SADA_HOME": str(tmp_path), "SADA_CAMPAIGNS_DIR": str(tmp_path / "campaigns")}
    return assemble(load_settings(known | sandbox.settings, tmp_path), clock=clock, migrate=True)


def true_posts(world: World, platform: str) -> dict[str, Item]:
    return {version.id: one for one in world.of(platform) for version in one.versions}


def stored(sada: Sada, platform: str) -> dict[str, int | None]:
    """Likes by platform id."""
    p = t.posts.c
    with sada.database.reading() as session:
        rows = session.execute(select(p.platform_id, p.likes).where(p.platform == platform))
        return {row.platform_id: row.likes for row in rows}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_looks_bring_growth_and_rechecks_take_what_was_deleted(
    sada: Sada, world: World, clock: Clock, platform: str
) -> None:
    campaign = next(iter(sada.campaigns.values()))
    plan = next(one for one in campaign.sources if one.name == platform)
    assert collect_source(sada, campaign, plan).state == "ok"
    before = stored(sada, platform)
    clock.advance(hours=30)

    looked = refresh_source(sada, campaign, plan)
    assert looked.error == ""
    assert looked.asked > 0
    after = stored(sada, platform)
    grown = [one for one, likes in after.items() if (likes or 0) > (before.get(one) or 0)]
    assert grown
    assert refresh_source(sada, campaign, plan).asked == 0

    assert recheck_source(sada, campaign, plan).error == ""
    true = true_posts(world, platform)
    gone = [one for one in before if one in true and not true[one].alive(clock())]
    assert not set(gone) & set(stored(sada, platform))
    assert gone or platform == "youtube", "the world deletes some"
    assert spent(sada.database, campaign.slug, platform, work="look").calls > 0
    assert spent(sada.database, campaign.slug, platform).dollars == 0


def away(*_: object) -> Collector:
    raise Unreachable("sandbox", "did not answer.")


@pytest.mark.parametrize("platform", ["x", *PLATFORMS])
def test_an_outage_is_filled_when_the_source_comes_back(
    sada: Sada, clock: Clock, platform: str
) -> None:
    campaign = next(iter(sada.campaigns.values()))
    plan = next(one for one in campaign.sources if one.name == platform)

    def gaps(until: datetime) -> list[str]:
        first = until - timedelta(hours=40)
        [state] = source_states(sada.database, campaign.slug, [platform], first, until)
        return sorted({gap.state for gap in state.gaps})

    assert collect_source(sada, campaign, plan).state == "ok"
    for _ in range(4):
        clock.advance(hours=8)
        assert collect_source(sada, campaign, plan, build=away).state == "failed"
    back = clock()
    assert gaps(back) == ["failed"]
    for _ in range(2):  # what is young is read again by the next pass where platforms show it late
        assert collect_source(sada, campaign, plan).state == "ok"
        clock.advance(hours=30)
    assert gaps(back) == []
