"""One pass of a source, with a collector made for the test."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from collectors.base import (
    Author,
    Collector,
    CollectorError,
    Cursor,
    Exhausted,
    Lookup,
    Missed,
    Page,
    Post,
    Query,
    RateLimited,
    Refused,
    Unreachable,
    Window,
)
from config.campaign import Campaign, SourcePlan
from sada.bootstrap import Sada, assemble
from sada.pipeline.collect import Outcome, collect_source
from sada.pipeline.recheck import recheck_source, wants_recheck
from sada.sources import queries_of
from storage.queries import campaigns_with_posts, posts, source_states
from storage.rows import Cut, PostView
from tests.sada.support import NOW, Clock, post


class Scripted:
    """Gives the pages (or raises the errors) of its script, for every query."""

    name = platform = "x"
    bills = False

    def __init__(self, *script: Page | Exception, found: Sequence[Post] = ()) -> None:
        self.script, self.found = script, found
        self.cursors: list[Cursor] = []
        self.windows: list[Window] = []

    def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
        self.cursors.append(dict(cursor))
        self.windows.append(window)
        for step in self.script:
            if isinstance(step, Exception):
                raise step
            yield step

    def lookup(self, platform_ids: Sequence[str]) -> Lookup:
        found = [one for one in self.found if one.platform_id in platform_ids]
        known = {one.platform_id for one in found}
        return Lookup(found, [one for one in platform_ids if one not in known])

    def check(self) -> str:
        return "fine"


def page(
    *found: Post, cursor: str = "1", covered: Window | None = None, dollars: float = 0
) -> Page:
    return Page(found, {"at": cursor}, covered, billed=len(found), dollars=dollars)


def run(sada: Sada, collector: Collector, **options: object) -> Outcome:
    campaign = sada.campaign("small")
    return collect_source(
        sada,
        campaign,
        campaign.sources[0],
        build=lambda *_: collector,
        **options,  # type: ignore[arg-type]
    )


def stored(sada: Sada) -> list[PostView]:
    return posts(sada.database, "small", Cut(), sort="created_at", limit=100)[0]


def test_posts_are_masked_matched_and_signposted(sada: Sada) -> None:
    text = "Appelez le 8350, moi c'est le 06 12 34 56 78 @amie cyberviolence"
    owned = replace(post(2), author=Author("o", "ONG_officielle", 5))
    outcome = run(sada, Scripted(page(post(1, text), owned)))
    assert (outcome.state, outcome.added) == ("ok", 2)
    first, second = sorted(stored(sada), key=lambda one: one.platform_id)
    assert "8350" in first.text
    assert "06 12" not in first.text
    assert "amie" not in first.text
    assert (first.scope, list(first.matched)) == ("topic", ["cyberviolence"])
    assert (second.scope, second.standing) == ("campaign", "owned")
    assert "user1" not in first.author


def test_an_excluded_post_is_not_kept(sada: Sada) -> None:
    run(sada, Scripted(page(post(1, "Sghira publicité"), post(2))))
    assert [one.platform_id for one in stored(sada)] == ["2"]


def test_a_second_pass_adds_nothing_and_goes_on_from_the_cursor(sada: Sada) -> None:
    run(sada, Scripted(page(post(1), cursor="a"), page(post(2), cursor="b")))
    again = Scripted(page(post(1), post(2), cursor="c"))
    assert run(sada, again).added == 0
    assert {cursor["at"] for cursor in again.cursors} == {"b"}
    assert len(stored(sada)) == 2


def test_the_window_lasts_from_baseline_to_now_or_the_end(sada: Sada, clock: Clock) -> None:
    asked = Scripted(page())
    run(sada, asked)
    assert asked.windows[0] == Window(datetime(2025, 2, 9, 23, tzinfo=UTC), NOW)
    clock.now = datetime(2025, 12, 1, tzinfo=UTC)
    run(sada, asked)
    # Morocco kept UTC after Ramadan until 6 April 2025: the day ends at midnight UTC.
    assert asked.windows[-1].end == datetime(2025, 4, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Unreachable("x", "did not answer."), "failed"),
        (Refused("x", "the key is wrong.", said="HTTP 401: Nope"), "failed"),
        (Exhausted("x", "the month is spent."), "budget"),
    ],
)
def test_a_failure_keeps_what_came_before_and_is_recorded(
    sada: Sada, error: CollectorError, state: str
) -> None:
    outcome = run(sada, Scripted(page(post(1)), error))
    assert (outcome.state, outcome.added, outcome.error) == (state, 1, str(error))
    assert len(stored(sada)) == 1
    [found] = source_states(sada.database, "small", ["x"], NOW - timedelta(days=3), NOW)
    assert found.state == state
    assert [(gap.state, gap.why) for gap in found.gaps] == [(state, str(error))]
    assert [(gap.code, gap.said) for gap in found.gaps] == [(error.code, error.said)]


def test_a_missing_key_is_an_outcome(sada: Sada) -> None:
    campaign = sada.campaign("small")
    outcome = collect_source(sada, campaign, campaign.sources[0])
    assert outcome.state == "failed"
    assert "SADA_X__BEARER_TOKEN" in outcome.error


def test_a_bug_is_raised_and_the_run_is_closed(sada: Sada) -> None:
    with pytest.raises(ZeroDivisionError):
        run(sada, Scripted(page(post(1)), ZeroDivisionError()))
    [found] = source_states(sada.database, "small", ["x"], NOW - timedelta(days=1), NOW)
    assert found.state == "failed"


def test_the_budget_stops_between_pages(sada: Sada) -> None:
    pages = [page(post(number), dollars=0.6) for number in range(1, 9)]
    outcome = run(sada, Scripted(*pages))
    assert outcome.state == "budget"
    assert outcome.added == 2
    assert "$1 is spent" in outcome.error
    assert run(sada, Scripted(*pages)).added == 0


def test_stop_finishes_the_page_in_hand(sada: Sada) -> None:
    outcome = run(sada, Scripted(page(post(1)), page(post(2))), stop=lambda: True)
    assert (outcome.state, outcome.added) == ("stopped", 1)


def test_complete_hours_leave_no_gap(sada: Sada) -> None:
    window = Window(NOW - timedelta(days=40), NOW)
    run(sada, Scripted(page(post(1), covered=window)))
    [found] = source_states(sada.database, "small", ["x"], NOW - timedelta(days=3), NOW)
    assert found.state == "ok"
    assert list(found.gaps) == []


def test_a_query_that_left_the_campaign_file_is_no_gap(sada: Sada) -> None:
    window = Window(NOW - timedelta(days=40), NOW)
    run(sada, Scripted(page(post(1)), Unreachable("x", "did not answer.")))
    campaign = sada.campaign("small")
    narrower = campaign.model_copy(update={"topic_query": ()})
    collect_source(
        sada, narrower, campaign.sources[0], build=lambda *_: Scripted(page(covered=window))
    )
    [found] = source_states(sada.database, "small", ["x"], NOW - timedelta(days=3), NOW)
    assert list(found.gaps) == []


def test_families_and_conversation_are_asked_apart(sada: Sada) -> None:
    queries = queries_of("x", sada.campaign("small"), sada)
    assert {query.scope for query in queries} == {"campaign", "topic"}
    assert len({query.key for query in queries}) == len(queries)


def test_recheck_erases_what_is_gone_and_takes_edits(
    sada: Sada, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    before = [post(2, "Sghira avant correction"), post(3, "Sghira qui sera effacé")]
    run(sada, Scripted(page(post(1), *before)))
    answer = Scripted(found=[post(1), post(2, "Sghira, texte corrigé", edited=True)])

    def build(sada: Sada, campaign: Campaign, plan: SourcePlan) -> Collector:
        return answer

    monkeypatch.setattr("sada.pipeline.recheck.build_collector", build)
    campaign = sada.campaign("small")
    clock.now += timedelta(hours=7)
    done = recheck_source(sada, campaign, campaign.sources[0])
    assert (done.asked, done.gone, done.error) == (3, 1, "")
    assert {one.platform_id: one.text for one in stored(sada)} == {
        "1": "Bravo #Sghira",
        "2": "Sghira, texte corrigé",
    }
    files = b"".join(path.read_bytes() for path in sada.settings.home.glob("sada.db*"))
    assert not any(one.text.encode() in files for one in before)


def test_an_answer_that_everything_is_gone_erases_nothing(
    sada: Sada, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    run(sada, Scripted(page(*(post(number) for number in range(1, 13)))))
    monkeypatch.setattr("sada.pipeline.recheck.build_collector", lambda *_: Scripted())
    campaign = sada.campaign("small")
    clock.now += timedelta(hours=7)
    done = recheck_source(sada, campaign, campaign.sources[0])
    assert done.gone == 0
    assert "all of 12 posts are gone" in done.error
    assert len(stored(sada)) == 12


@pytest.mark.parametrize(
    ("bills", "asked", "wanted"),
    [(False, None, True), (True, None, False), (True, True, True), (False, False, False)],
)
def test_rechecks_spend_nothing_unasked(
    sada: Sada, monkeypatch: pytest.MonkeyPatch, bills: bool, asked: bool | None, wanted: bool
) -> None:
    collector = Scripted()
    collector.bills = bills
    monkeypatch.setattr("sada.pipeline.recheck.build_collector", lambda *_: collector)
    campaign = sada.campaign("small")
    plan = campaign.sources[0].model_copy(update={"recheck": asked})
    assert wants_recheck(sada, campaign, plan) is wanted


def test_a_source_is_rechecked_once_a_day_across_restarts(
    sada: Sada, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr("sada.pipeline.recheck.build_collector", lambda *_: Scripted())
    campaign = sada.campaign("small")
    plan = campaign.sources[0]
    recheck_source(sada, campaign, plan)
    assert not wants_recheck(sada, campaign, plan)
    clock.now += timedelta(days=1)
    assert wants_recheck(sada, campaign, plan)


def test_two_processes_share_one_privacy_key(make_sada: Callable[..., Sada]) -> None:
    first, second = make_sada(), make_sada()
    assert first.secret == second.secret
    assert len(first.secret) >= 32
    path = first.settings.home / "privacy.key"
    assert path.stat().st_mode & 0o077 == 0


def test_a_new_home_is_made_once(make_sada: Callable[..., Sada]) -> None:
    sada = make_sada()
    assert campaigns_with_posts(sada.database) == {}
    assert assemble(sada.settings).campaign("small").slug == "small"


def test_what_one_query_could_not_get_does_not_stop_the_others(sada: Sada) -> None:
    asked: list[str] = []

    class OneDown(Scripted):
        def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
            asked.append(query.key)
            if len(asked) == 1:
                raise Unreachable("x", "feed one is down.", one_query=True)
            yield page(post(2), covered=window)

    outcome = run(sada, OneDown())
    assert len(asked) == 2
    assert (outcome.state, outcome.added) == ("ok", 1)
    assert "1 of 2 queries failed" in outcome.error
    (state,) = source_states(sada.database, "small", ["x"], NOW - timedelta(days=1), NOW)
    assert {gap.why for gap in state.gaps} == {"x: feed one is down."}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unreachable("x", "HTTP 503 (busy).", said="HTTP 503: busy"), ("unreachable", 0)),
        (Unreachable("x", "feed is down.", one_query=True), ("unreachable", 2)),
    ],
)
def test_why_a_pass_failed_is_kept_by_code(
    sada: Sada, error: Unreachable, told: tuple[str, int]
) -> None:
    run(sada, Scripted(error))
    [state] = source_states(sada.database, "small", ["x"], NOW - timedelta(days=1), NOW)
    assert (state.code, state.failed_queries) == told
    assert state.said == error.said


def test_a_source_of_which_nothing_answers_has_failed(sada: Sada) -> None:
    down = Unreachable("x", "feed is down.", one_query=True)
    outcome = run(sada, Scripted(down))
    assert (outcome.state, outcome.resume_at) == ("failed", None)


def test_a_source_of_which_every_part_asks_for_patience_waits(sada: Sada) -> None:
    outcome = run(sada, Scripted(RateLimited("x", "slower.", 300.0, one_query=True)))
    assert (outcome.state, outcome.resume_at) == ("failed", NOW + timedelta(seconds=300))


def test_a_stretch_that_was_given_up_is_in_the_ledger(sada: Sada) -> None:
    gone = Window(NOW - timedelta(hours=9), NOW - timedelta(hours=6))
    missed = (Missed(gone, "budget", "too dear"),)
    run(sada, Scripted(replace(page(post(2)), missed=missed)))
    (state,) = source_states(sada.database, "small", ["x"], NOW - timedelta(days=1), NOW)
    assert [(gap.start, gap.end) for gap in state.gaps if gap.why == "too dear"] == [
        (gone.start, gone.end)
    ]


def test_a_samples_gaps_do_not_make_the_source_incomplete(
    sada: Sada, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, sample = Query("whole", "a"), Query("sample", "b", sampled=True)
    monkeypatch.setattr("sada.pipeline.collect.queries_of", lambda *_: [whole, sample])

    class Sampling(Scripted):
        def fetch(self, query: Query, cursor: Cursor, window: Window) -> Iterator[Page]:
            yield page(post(1), covered=None if query.sampled else window)

    run(sada, Sampling())
    (state,) = source_states(sada.database, "small", ["x"], NOW - timedelta(days=1), NOW)
    assert state.gaps == []
