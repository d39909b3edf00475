"""Budgets stop a source, say so, and let it go on when they may."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from collectors.base import Exhausted, RateLimited, Reach, Unreachable, Window
from config.campaign import SourcePlan
from sada.bootstrap import Sada
from sada.pipeline.budget import BudgetSpent, accounts, check_budget
from sada.pipeline.collect import Outcome, collect_source
from sada.schedule import collections_due
from sada.status import gather_status, status_lines
from storage.queries import source_states
from storage.runs import last_runs
from tests.sada.support import NOW, Clock, post
from tests.sada.test_collect import Scripted, page, run

HOUR = timedelta(hours=1)


def limited(sada: Sada, **limits: float) -> SourcePlan:
    none = {name: None for name in SourcePlan.model_fields if name.endswith(("_day", "_all"))}
    return sada.campaign("small").sources[0].model_copy(update=none | limits)


def passed(sada: Sada, plan: SourcePlan, pages: int) -> Outcome:
    script = [page(post(n), dollars=0.25) for n in range(1, pages + 1)]
    return collect_source(sada, sada.campaign("small"), plan, build=lambda *_: Scripted(*script))


@pytest.mark.parametrize(
    ("limit", "amount", "pages", "said"),
    [
        ("calls_per_day", 3, 3, "today's budget of 3 calls"),
        ("calls_in_all", 3, 3, "the budget of 3 calls"),
        ("posts_per_day", 2, 2, "today's budget of 2 posts"),
        ("posts_in_all", 2, 2, "the budget of 2 posts"),
        ("dollars_per_day", 0.5, 2, "today's budget of $0.5"),
        ("dollars_in_all", 0.5, 2, "the budget of $0.5"),
    ],
)
def test_each_limit_stops_after_the_page_that_reaches_it(
    sada: Sada, limit: str, amount: float, pages: int, said: str
) -> None:
    outcome = passed(sada, limited(sada, **{limit: amount}), 9)
    assert (outcome.state, outcome.added, said in outcome.error) == ("budget", pages, True)
    again = passed(sada, limited(sada, **{limit: amount}), 9)
    assert (again.state, again.added) == ("budget", 0), "not one more call"
    [state] = source_states(sada.database, "small", ["x"], NOW - 3 * HOUR, NOW)
    assert {gap.state for gap in state.gaps} == {"budget"}


def test_a_new_day_has_a_new_budget(sada: Sada, clock: Clock) -> None:
    plan = limited(sada, calls_per_day=2)
    assert passed(sada, plan, 9).state == "budget"
    clock.now += timedelta(days=1)
    check_budget(sada, sada.campaign("small"), plan)
    with pytest.raises(BudgetSpent):
        check_budget(sada, sada.campaign("small"), limited(sada, calls_in_all=2))


@pytest.mark.parametrize(
    ("error", "resumes"),
    [
        (RateLimited("x", "slowly.", 240), NOW + timedelta(minutes=4)),
        (Exhausted("x", "the month is spent."), datetime(2025, 4, 1, tzinfo=UTC)),
        (Exhausted("x", "the day is spent.", 3600), NOW + HOUR),
        (Unreachable("x", "no answer."), None),
    ],
)
def test_a_source_is_asked_again_when_it_may_be_across_restarts(
    make_sada: Callable[..., Sada], clock: Clock, error: Exception, resumes: datetime | None
) -> None:
    sada = make_sada()
    assert run(sada, Scripted(page(post(1)), error)).resume_at == resumes

    def due(sada: Sada, at: datetime) -> list[str]:
        campaigns = sada.campaigns.values()
        found = collections_due(campaigns, last_runs(sada.database), at, sada.timezone)
        return [one.source for one in found]

    other = make_sada()
    expected = resumes or NOW + timedelta(minutes=30)
    assert due(other, expected - timedelta(seconds=1)) == []
    assert due(other, expected) == (["x"] if expected < datetime(2025, 4, 4, tzinfo=UTC) else [])


def test_a_budget_of_the_file_is_looked_at_again_on_the_next_day(sada: Sada) -> None:
    outcome = passed(sada, limited(sada, dollars_in_all=0.5), 9)
    # in Ramadan Casablanca is on UTC
    assert outcome.resume_at == datetime(2025, 3, 13, tzinfo=UTC)


def test_what_lies_beyond_the_reach_is_told_and_what_does_not_stays_open(sada: Sada) -> None:
    class Short(Scripted):
        reach = Reach(timedelta(days=7), "over 7 days old")

    covered = Window(NOW - timedelta(days=5), NOW)
    run(sada, Short(page(post(1), covered=covered)))
    [state] = source_states(sada.database, "small", ["x"], NOW - timedelta(days=9), NOW)
    assert [(gap.lost, gap.why) for gap in state.gaps] == [(True, "over 7 days old"), (False, "")]
    assert state.gaps[0].end == NOW - timedelta(days=7)
    run(sada, Scripted(page(covered=Window(NOW - timedelta(days=30), NOW))))
    [state] = source_states(sada.database, "small", ["x"], NOW - timedelta(days=9), NOW)
    assert list(state.gaps) == [], "an archive brings them after all"


def test_status_tells_money_and_hours(sada: Sada, clock: Clock) -> None:
    for _ in range(6):
        covered = Window(clock.now - timedelta(days=40), clock.now)
        run(sada, Scripted(page(post(1), covered=covered, dollars=0.05)))
        clock.now += timedelta(days=1)
    run(sada, Scripted(RateLimited("x", "slowly.", 900)))
    [campaign] = gather_status(sada)["campaigns"]
    [source] = campaign["sources"]
    assert source["budgets"] == [
        {"limit": "dollars_in_all", "amount": 1.0, "spent": 0.6, "runs_out": "2025-03-22"}
    ]
    assert source["forecast"]["dollars"]["middle"] >= source["spent"]
    assert source["resumes_at"] is not None
    assert set(source["gaps"][0]) == {"from", "to", "why", "code", "said", "state", "lost"}
    lines = "\n".join(status_lines(gather_status(sada)))
    assert "dollars_in_all: " in lines
    assert "not asked again before" in lines
    assert any(line.strip().startswith("2025-03-17") and "x" in line for line in lines.splitlines())
    assert set(accounts(sada, sada.campaign("small"))) == {"x"}
