"""What `sada check` foresees: from money spent, from posts stored, else by assumption."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collectors.base import Page, Query
from config.campaign import Campaign, SourcePlan
from config.campaigns import parse_campaign
from sada.bootstrap import Sada
from sada.checking.asked import asked_document
from sada.checking.cost import ASSUMED_POSTS, Volume, estimate, volume_of
from sada.checking.lines import lines_of
from sada.pipeline.collect import collect_source
from sada.sources.source import Rates
from storage.rows import Spent
from tests.sada.support import CAMPAIGN, NOW, Clock, post

X = Rates(dollars_per_post=0.015)
PLAN = SourcePlan(name="x", every_minutes=60)


def test_volume_is_what_was_billed_else_what_is_stored_else_assumed() -> None:
    billed = [Spent(1, 30, 0.3), Spent(1, 0, 0.0)]
    assert volume_of(billed, [500]) == Volume(15, "spent", 2)
    assert volume_of([Spent(3, 0, 0.0)], [10, 0, 20]) == Volume(10, "stored", 3)
    assert volume_of([], [0] * 20 + [14]) == Volume(1, "stored", 14)
    assert volume_of([], []) == Volume(ASSUMED_POSTS, "assumed")


def test_each_round_asks_each_query_and_full_pages_more() -> None:
    cost = estimate(3, PLAN, X, Volume(400, "stored", 5), days=10)
    assert (cost.calls, cost.posts, cost.dollars) == (24 * 3 + 4, 400, 6.0)
    assert cost.in_all() == (760, 4000, 60.0)
    assert cost.stops_after is None


def test_calls_are_capped_by_the_platform_and_the_plan() -> None:
    few = PLAN.model_copy(update={"calls_per_day": 20})
    volume = Volume(0, "stored", 5)
    assert estimate(3, PLAN, Rates(calls_per_day=50), volume, 1).calls == 50
    assert estimate(3, few, Rates(calls_per_day=50), volume, 1).calls == 20


def test_budgets_cut_the_day_and_end_the_campaign() -> None:
    plan = PLAN.model_copy(update={"posts_per_day": 300, "dollars_in_all": 9.0})
    cost = estimate(1, plan, X, Volume(400, "stored", 5), days=10)
    assert (cost.posts, cost.dollars, cost.stops_after) == (300, 4.5, 2.0)
    assert cost.in_all()[2] == 9.0
    daily = PLAN.model_copy(update={"dollars_per_day": 1.5})
    cost = estimate(1, daily, X, Volume(400, "stored", 5), days=10)
    assert cost.posts == pytest.approx(100)
    assert cost.dollars == 1.5


def test_second_looks_cost_where_they_are_asked_for_within_their_share() -> None:
    volume, x = Volume(400, "stored", 5), Rates(dollars_per_post=0.015, dollars_per_look=0.005)
    assert estimate(1, PLAN, x, volume, days=10).dollars == 6.0
    looking = PLAN.model_copy(update={"refresh": True})
    cost = estimate(1, looking, x, volume, days=10)
    assert (cost.looks, cost.dollars) == (8.0, 14.0)
    bounded = looking.model_copy(update={"dollars_in_all": 100.0})
    assert estimate(1, bounded, x, volume, days=10).looks == 2.5
    daily = looking.model_copy(update={"dollars_per_day": 4.0})
    cost = estimate(1, daily, x, volume, days=10)
    assert (cost.looks, cost.dollars) == (1.0, 4.0)


QUERIED = CAMPAIGN.replace(
    "    exclusions: [publicité]\n",
    "    exclusions: [publicité]\n"
    "  - concept: near\n    query: 'sghira NEAR/3 kbira AND NOT (un AND deux)'\n",
)


@pytest.fixture
def campaign() -> Campaign:
    return parse_campaign(QUERIED, "small.yaml")


def test_each_family_knows_its_queries_and_what_is_matched_here(
    sada: Sada, campaign: Campaign
) -> None:
    asked = asked_document(sada, campaign, campaign.sources[0])
    assert [query["text"] for query in asked["queries"]] == [
        "(#Sghira OR sghira) -publicité -is:retweet",
        "sghira kbira -is:retweet",
        "cyberviolence -is:retweet",
    ]
    assert [(one["concept"], one["queries"]) for one in asked["families"]] == [
        ("name", [1]),
        ("near", [2]),
        ("cyberviolence", [3]),
    ]
    assert [len(one["matched_here"]) for one in asked["families"]] == [0, 2, 0]
    assert asked["cost"]["basis"] == "assumed"
    assert [query["strict"] for query in asked["queries"]] == [False, True, False]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("mastodon", "only hashtags are asked"),
        ("bluesky", "NOT and exclusions are not asked"),
        ("tiktok", "only hashtags of NOT"),
        ("youtube", "related posts come too"),
        ("news", "nothing is asked"),
    ],
)
def test_what_other_platforms_are_not_asked(campaign: Campaign, source: str, said: str) -> None:
    from collectors.query.unasked import unasked

    assert any(said in line for line in unasked(source, campaign.families[1]))


class Billing:
    """A collector that gives one page of posts and bills them."""

    name = platform = "x"
    bills = True

    def fetch(self, query: Query, cursor: object, window: object) -> list[Page]:
        posts = [post(number) for number in range(6)]
        return [Page(posts, {}, calls=2, billed=6, dollars=0.09)]


def test_the_estimate_is_measured_once_something_was_collected(
    sada: Sada, clock: Clock, make_sada: Callable[..., Sada]
) -> None:
    campaign = sada.campaign("small")
    collect_source(sada, campaign, campaign.sources[0], build=lambda *_: Billing())  # type: ignore[arg-type]
    clock.now = NOW + timedelta(days=1)
    asked = asked_document(sada, campaign, campaign.sources[0])
    assert (asked["cost"]["basis"], asked["cost"]["basis_days"]) == ("spent", 1)
    assert asked["cost"]["per_day"]["posts"] == 12  # two queries
    assert asked["cost"]["stops_after_days"] == 5  # a dollar in all
    lines = "\n".join(lines_of("campaigns", _part(campaign, asked)))
    assert "as on the last day of collecting" in lines
    assert "budget: $1 in all; spent after 5 days" in lines


def _part(campaign: Campaign, asked: dict[str, object]) -> dict[str, object]:
    return {
        "slug": campaign.slug, "start": campaign.start, "end": campaign.end, "state": "running",
        "sources": [asked, {"name": "y", "ok": False, "error": "unknown"}],
    }  # fmt: skip


def test_a_source_that_cannot_be_asked_is_told(campaign: Campaign) -> None:
    lines = list(lines_of("campaigns", _part(campaign, {"ok": False, "name": "z", "error": "no"})))
    assert "  ✗ y: unknown" in lines
