"""Key figures by hand: what is unknown stays unknown, and order and names do not matter."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from measures.engagement import engagement_by_platform, engagement_rate
from measures.figures import Engagement, figures

DAY = date(2025, 10, 1)


def test_by_hand(row, crowd) -> None:
    rows = [
        row(
            DAY, posts=30, originals=20, reposts_made=5, replies_made=3, quotes_made=2,
            likes=60, reposts=30, replies=10, quotes=4, saves=6, views=1100, viewed=30,
            annotated=16, neg=8, neu=4, pos=4, offensive=2, signposted=5,
        ),
        row(
            DAY + timedelta(days=1), "reddit", originals=10, likes=40, replies=20,
            annotated=4, pos=4,
        ),
    ]  # fmt: skip
    found = figures(
        rows,
        [crowd("x", (3, 1), (100, 50)), crowd("reddit", (1,))],
        first=DAY,
        last=DAY + timedelta(days=2),
        missing={DAY + timedelta(days=2): 0.5},
        campaign_originals=12,
    )
    assert (found.days, found.missing, found.missing_share) == (3, 0.5, pytest.approx(0.5 / 3))
    assert (found.posts, found.originals, found.reposts_made) == (40, 30, 5)
    assert (found.replies_made, found.quotes_made) == (3, 2)
    assert found.authors == {"reddit": 1, "x": 2}
    assert found.few_authors
    assert found.engagement == 170
    assert found.engagement_by_platform["x"].rate == pytest.approx(110 / 1100)
    assert found.engagement_by_platform["x"].denominator == "views"
    assert found.engagement_by_platform["reddit"] == Engagement(
        "reddit", 60, ("likes", "replies"), 6.0, "originals"
    )
    assert (found.engagement_rate, found.engagement_denominator) == (170 / 30, "originals")
    assert (found.views, found.viewed) == (1100, 30)
    assert found.potential_impressions == 350
    assert set(found.potential_reach) == {"x"}
    assert (found.annotated, found.neg, found.neu, found.pos) == (20, 8, 4, 8)
    assert (found.negative_share, found.neutral_share, found.positive_share) == (0.4, 0.2, 0.4)
    assert found.net_sentiment == 0
    assert found.offensive_share == 0.1
    assert found.signposting_rate == pytest.approx(5 / 30)
    assert found.share_of_voice == pytest.approx(12 / 30)
    assert found.amplification == 30 / 20  # Reddit offers no reposts
    assert found.conversation == 30 / 30
    assert found.applause == 100 / 30


def test_nothing_posted_is_zero_and_its_rates_are_unknown() -> None:
    found = figures([], [], first=DAY, last=DAY)
    assert (found.posts, found.originals) == (0, 0)
    for name in (
        "engagement", "engagement_rate", "views", "potential_impressions", "effective_authors",
        "negative_share", "net_sentiment", "offensive_share", "signposting_rate",
        "share_of_voice", "amplification", "conversation", "applause",
    ):  # fmt: skip
        assert getattr(found, name) is None
    assert (found.potential_reach, found.authors) == ({}, {})
    assert not found.few_authors


def test_nothing_collected_is_unknown_not_zero() -> None:
    found = figures([], [], first=DAY, last=DAY, missing={DAY: 1.0})
    assert found.missing_share == 1
    assert (found.posts, found.originals, found.quotes_made) == (None, None, None)


def test_one_post(row, crowd) -> None:
    rows = [row(DAY, originals=1, likes=1, views=4, viewed=1, annotated=1, neg=1)]
    found = figures(rows, [crowd("x", (1,), (9,))], first=DAY, last=DAY)
    assert (found.effective_authors, found.net_sentiment, found.engagement_rate) == (1, -1, 0.25)


def test_other_days_are_left_out(row) -> None:
    rows = [row(DAY + timedelta(days=n), originals=1) for n in range(-3, 4)]
    assert figures(rows, [], first=DAY, last=DAY + timedelta(days=1)).originals == 2


def test_unstated_interactions_and_views_are_not_available(row) -> None:
    rows = [row(DAY, "facebook", originals=50)]
    found = figures(rows, [], first=DAY, last=DAY)
    assert (found.engagement, found.applause, found.views) == (None, None, None)
    stated = figures([row(DAY, originals=2, viewed=2, likes=1)], [], first=DAY, last=DAY)
    assert stated.views == 0
    assert (stated.engagement_rate, stated.engagement_denominator) == (0.5, "originals")


def test_views_of_few_posts_are_no_denominator(row) -> None:
    rows = [row(DAY, originals=10, likes=20, views=100, viewed=8)]
    assert engagement_rate(rows).denominator == "originals"
    assert engagement_rate([replace(rows[0], viewed=9)]).denominator == "views"


def test_a_platform_counts_only_what_it_offers(row) -> None:
    rows = [row(DAY, "instagram", originals=1, likes=3, replies=2, reposts=99)]
    assert engagement_by_platform(rows)["instagram"].total == 5
    assert engagement_by_platform([row(DAY, "rss", originals=1, likes=3)]) == {}
    assert engagement_by_platform([row(DAY, "forum", originals=1, saves=3)])["forum"].total == 3


def test_the_offensive_share_keeps_to_the_platforms_that_allow_it(row) -> None:
    rows = [
        row(DAY, "x", originals=10, annotated=10, offensive=9),
        row(DAY, "reddit", originals=10, annotated=10, offensive=1),
    ]
    some = figures(rows, [], first=DAY, last=DAY, offensive_excluded=frozenset({"x"}))
    assert some.offensive_share == 0.1
    none = figures(rows, [], first=DAY, last=DAY, offensive_excluded=frozenset({"x", "reddit"}))
    assert none.offensive_share is None


def test_neither_order_nor_grouping_by_language_matters(row) -> None:
    chance = random.Random(5)
    rows = [
        row(
            DAY + timedelta(days=n), platform, language,
            originals=chance.randint(1, 9), likes=chance.randint(0, 50), annotated=5,
            neg=2, pos=1, views=chance.randint(1, 99), viewed=chance.randint(1, 9),
        )
        for n in range(5) for platform in ("x", "reddit") for language in ("fr", "ary")
    ]  # fmt: skip
    last = DAY + timedelta(days=9)
    straight = figures(rows, [], first=DAY, last=last)
    chance.shuffle(rows)
    assert figures(rows, [], first=DAY, last=last) == straight


def test_new_names_for_platforms_change_only_the_names(row, crowd) -> None:
    def measured(one: str, other: str):
        rows = [
            row(DAY, one, originals=4, likes=3, saves=1),
            row(DAY, other, originals=2, likes=8, annotated=2, neg=1),
        ]
        authors = [crowd(one, (1, 3), (10, 20)), crowd(other, (2,), (5,))]
        return figures(rows, authors, first=DAY, last=DAY)

    a, b = measured("forum", "board"), measured("zine", "agora")
    assert a.engagement_by_platform["forum"].total == b.engagement_by_platform["zine"].total == 4
    assert a.potential_reach["board"] == b.potential_reach["agora"]
    names = {"authors": {}, "engagement_by_platform": {}, "potential_reach": {}}
    assert replace(a, **names) == replace(b, **names)
