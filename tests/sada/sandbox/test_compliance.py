"""Rechecks of X by compliance jobs: against the truth, through faults and restarts."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from collectors.retry import Patience
from config.campaign import Campaign, SourcePlan
from config.load import load_settings
from sada.bootstrap import Sada, assemble
from sada.pipeline.collect import collect_source
from sada.pipeline.looks import Looked
from sada.pipeline.recheck import answered, recheck_source, wants_recheck
from sada.sandbox.campaign import sandbox_campaign, write_campaign
from sada.sandbox.faults import Fault, Faults
from sada.sandbox.server import Sandbox, start_sandbox
from sada.sandbox.world import World
from sada.sandbox.x.api import XApi
from storage import tables as t
from storage.spending import spent
from tests.sada.sandbox.conftest import NOON, Clock

JOBS = "/x/2/compliance"


@pytest.fixture
def made(sandbox: Sandbox) -> Callable[[], int]:
    """How many jobs X was ever made to begin."""
    service = next(one for one in sandbox.server.services if one.name == "x")
    api = service.answer.__self__  # type: ignore[attr-defined]
    assert isinstance(api, XApi)
    return lambda: api.compliance.made


@pytest.fixture(scope="module")
def stored(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with all posts of X at noon, collected once for all tests."""
    home = tmp_path_factory.mktemp("collected")
    write_campaign(sandbox_campaign(world.design), home / "campaigns")
    with start_sandbox(world, now=lambda: NOON) as sandbox:
        known = {"SADA_HOME": str(home), "SADA_CAMPAIGNS_DIR": str(home / "campaigns")}
        settings = load_settings(known | sandbox.settings, home)
        made = assemble(settings, clock=lambda: NOON, migrate=True)
        assert collect_source(made, *of(made)).state == "ok"
        made.database.close()
    return home


@pytest.fixture
def collected(tmp_path: Path, stored: Path, sandbox: Sandbox, clock: Clock) -> Iterator[Sada]:
    """Thirty hours after everything was collected."""
    shutil.copytree(stored, tmp_path / "home")
    known = {
        "SADA_HOME": str(tmp_path / "home"),
        "SADA_CAMPAIGNS_DIR": str(stored / "campaigns"),
    }
    made = assemble(load_settings(known | sandbox.settings, tmp_path), clock=clock)
    clock.advance(hours=30)
    yield replace(made, patience=Patience(attempts=2, sleep=lambda _: None))
    made.database.close()


def of(sada: Sada, recheck: bool | None = None) -> tuple[Campaign, SourcePlan]:
    campaign = next(iter(sada.campaigns.values()))
    plan = next(one for one in campaign.sources if one.name == "x")
    return campaign, plan.model_copy(update={"recheck": recheck})


def texts(sada: Sada) -> dict[str, str]:
    p = t.posts.c
    with sada.database.reading() as session:
        wanted = select(p.platform_id, t.texts.c.body).join_from(t.posts, t.texts)
        return {row.platform_id: row.body for row in session.execute(wanted)}


def gone(world: World, sada: Sada, clock: Clock) -> set[str]:
    """Posts that are stored and should be no more."""
    true = {one.id: one for one in world.of("x")}
    return {one for one in texts(sada) if one in true and not true[one].alive(clock())}


def unasked(sada: Sada, recheck: bool | None = None) -> Looked:
    return recheck_source(sada, *of(sada, recheck), unasked=True)


def to_the_end(sada: Sada, clock: Clock, recheck: bool | None = None) -> Looked:
    for _ in range(6):
        found = unasked(sada, recheck)
        if not found.waiting:
            return found
        clock.advance(minutes=5)
    raise AssertionError("no answer")


def test_deleted_posts_go_without_a_dollar_and_unasked(
    collected: Sada, world: World, clock: Clock, made: Callable[[], int]
) -> None:
    before = spent(collected.database, collected.campaign("sandbox").slug, "x")
    assert gone(world, collected, clock)
    assert wants_recheck(collected, *of(collected))
    found = to_the_end(collected, clock)
    assert found.gone > 0
    assert gone(world, collected, clock) == set()
    after = spent(collected.database, "sandbox", "x")
    assert (after.dollars, after.posts) == (before.dollars, before.posts)
    assert 4 <= after.calls - before.calls <= 6
    assert made() == 1
    assert not wants_recheck(collected, *of(collected))
    clock.advance(days=1)
    assert wants_recheck(collected, *of(collected))


def test_what_stands_is_kept(collected: Sada, world: World, clock: Clock) -> None:
    before = set(texts(collected)) - gone(world, collected, clock)
    to_the_end(collected, clock)
    assert set(texts(collected)) == before


def test_an_edit_is_read_again_only_where_that_may_cost(
    collected: Sada, world: World, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    clock.advance(hours=-30)
    true = {one.id: one for one in world.of("x")}
    late = [one for one, text in texts(collected).items() if len(true[one].versions) > 1]
    chosen = next(one for one in late if true[one].alive(clock() + timedelta(days=3)))
    rewritten(collected, chosen, true[chosen].created_at)
    clock.advance(hours=30)
    to_the_end(collected, clock)
    assert texts(collected)[chosen] == "before the edit"
    assert "posts were edited on x" in caplog.text
    clock.advance(days=1)
    before = spent(collected.database, "sandbox", "x")
    assert to_the_end(collected, clock, recheck=True).error == ""
    assert texts(collected)[chosen] != "before the edit"
    once = spent(collected.database, "sandbox", "x")
    assert 0 < once.posts - before.posts <= 6
    clock.advance(days=1)
    to_the_end(collected, clock, recheck=True)
    assert spent(collected.database, "sandbox", "x").posts == once.posts, "nothing is read twice"


def rewritten(sada: Sada, platform_id: str, seen: object) -> None:
    """As if a post had been read just when it was written."""
    from sqlalchemy import insert, update

    with sada.database.writing() as session:
        text = session.execute(
            insert(t.texts).values(digest=b"0" * 16, body="before the edit").returning(t.texts.c.id)
        ).scalar_one()
        of_it = t.posts.c.platform_id == platform_id
        session.execute(
            update(t.posts).where(of_it).values(text_id=text, last_seen_at=seen, edited=False)
        )


def test_a_key_without_jobs_spends_nothing_unasked_and_looks_up_when_asked(
    collected: Sada, world: World, clock: Clock, faults: Faults
) -> None:
    faults.set([Fault(JOBS, "403", probability=1.0)])
    before = spent(collected.database, "sandbox", "x")
    assert unasked(collected).asked == 0
    assert not wants_recheck(collected, *of(collected)), "not before tomorrow"
    assert unasked(collected, recheck=True).gone > 0
    assert gone(world, collected, clock) == set()
    assert spent(collected.database, "sandbox", "x").dollars > before.dollars
    clock.advance(days=1)
    assert wants_recheck(collected, *of(collected)), "the key may have got the right"


@pytest.mark.parametrize("kind", ["malformed", "503", "reset", "truncated-gzip"])
def test_a_broken_answer_is_applied_whole_or_not_at_all(
    collected: Sada, world: World, clock: Clock, faults: Faults, kind: str, made: Callable[[], int]
) -> None:
    wanted = gone(world, collected, clock)
    unasked(collected)
    clock.advance(minutes=5)
    job = f"{JOBS}/jobs/"
    faults.set([Fault(job, kind, calls=[2, 3, 4, 5])])  # type: ignore[arg-type]
    found = unasked(collected)
    assert found.error
    assert gone(world, collected, clock) == wanted, "nothing was applied"
    assert wants_recheck(collected, *of(collected))
    faults.set([])
    assert to_the_end(collected, clock).gone == len(wanted)
    assert made() == 1


def test_a_job_whose_ids_could_not_be_sent_in_time_is_begun_anew_once(
    collected: Sada, world: World, clock: Clock, faults: Faults, made: Callable[[], int]
) -> None:
    faults.set([Fault(f"{JOBS}/jobs/", "503", probability=1.0)])
    assert unasked(collected).error
    clock.advance(minutes=20)
    faults.set([])
    assert to_the_end(collected, clock).gone > 0
    assert made() == 2


def test_jobs_that_fail_twice_give_way_to_look_ups(
    collected: Sada, world: World, clock: Clock, faults: Faults, made: Callable[[], int]
) -> None:
    for _ in range(2):
        faults.set([Fault(f"{JOBS}/jobs/", "503", probability=1.0)])
        assert unasked(collected, recheck=True).error
        clock.advance(minutes=20)
        faults.set([])
        found = unasked(collected, recheck=True)
    assert not found.waiting
    assert gone(world, collected, clock) == set()
    assert spent(collected.database, "sandbox", "x", work="look").dollars > 0
    assert made() == 2


class Killed(BaseException):
    """Unwinds as a kill would: nothing is caught, nothing is tidied up."""


@pytest.mark.parametrize("write", range(1, 8))
def test_a_kill_between_any_two_steps_makes_no_second_job(
    collected: Sada,
    world: World,
    clock: Clock,
    made: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    write: int,
) -> None:
    """Each write of the work is one that a kill may come just before."""
    from sada.pipeline import looks

    real, count = looks.store_batch, [0]

    def dying(*args: object, **options: object) -> object:
        count[0] += 1
        if count[0] == write:
            raise Killed
        return real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(looks, "store_batch", dying)
    killed = 0
    for _ in range(8):
        try:
            if not unasked(collected).waiting:
                break
        except Killed:
            killed += 1
        clock.advance(minutes=2)
    assert killed == (write <= count[0])
    assert gone(world, collected, clock) == set()
    assert made() == 1


def test_one_job_at_a_time_whoever_asks(
    collected: Sada, clock: Clock, sandbox: Sandbox, made: Callable[[], int]
) -> None:
    import requests

    address = f"{sandbox.url('x')}/2/compliance/jobs"
    key = {"authorization": f"Bearer {sandbox.settings['SADA_X__BEARER_TOKEN']}"}
    requests.post(address, json={"type": "tweets", "name": "another"}, headers=key, timeout=5)
    assert unasked(collected).waiting
    assert made() == 1
    clock.advance(minutes=16)
    assert to_the_end(collected, clock).gone > 0
    assert made() == 2


def test_a_job_that_is_never_done_is_given_up_within_the_day(
    collected: Sada, clock: Clock, faults: Faults
) -> None:
    unasked(collected)
    faults.set([Fault(f"{JOBS}/jobs/", "503", probability=1.0)])
    clock.advance(hours=13)
    assert unasked(collected) == Looked()
    assert not wants_recheck(collected, *of(collected))


def test_an_answer_that_everything_is_gone_erases_nothing(
    collected: Sada, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sada.sandbox.x import compliance

    monkeypatch.setattr(
        compliance.Compliance,
        "_event",
        lambda self, one, now: {"id": one, "action": "delete", "reason": "deleted"},
    )
    stored = len(texts(collected))
    assert "are gone. Nothing was erased" in to_the_end(collected, clock).error
    assert len(texts(collected)) == stored


def test_a_person_may_wait_for_the_answer(collected: Sada, world: World, clock: Clock) -> None:
    assert answered(collected, *of(collected)).waiting
    asleep = Patience(sleep=lambda seconds: clock.advance(seconds=seconds))
    waiting = replace(collected, patience=asleep)
    assert not answered(waiting, *of(waiting), minutes=5).waiting
    assert gone(world, collected, clock) == set()
