"""Reach in bounds, authors never added up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.reach import (
    Interval,
    effective_authors,
    potential_impressions,
    potential_reach,
    unique_authors,
)
from storage.rows import AuthorsRow


def test_reach_lies_between_the_largest_and_all_audiences(crowd) -> None:
    rows = [crowd("x", (1, 1, 1), (100, 500, 50)), crowd("mastodon", (1,), (7,))]
    assert potential_reach(rows) == {"x": Interval(500, 650), "mastodon": Interval(7, 7)}


def test_reach_is_no_more_than_the_country(crowd) -> None:
    rows = [crowd("instagram", (1, 1), (9_000_000, 8_000_000))]
    assert potential_reach(rows) == {"instagram": Interval(9_000_000, 13_100_000)}
    abroad = [crowd("snapchat", (1,), (50_000_000,))]
    assert potential_reach(abroad) == {"snapchat": Interval(6_720_000, 6_720_000)}


def test_unknown_followers_are_no_reach_rather_than_zero(crowd) -> None:
    rows = [crowd("x", (1, 2))]
    assert potential_reach(rows) == {}
    assert potential_impressions(rows) is None
    assert potential_impressions([]) is None
    assert potential_impressions([*rows, crowd("tiktok", (2,), (0,))]) == 0


def test_impressions_are_followers_over_all_posts(crowd) -> None:
    assert potential_impressions([crowd("x", (3, 1), (100, 50))]) == 350


def test_effective_authors_by_hand(crowd) -> None:
    assert effective_authors([crowd("x", (1, 1, 1, 1))]) == 4
    assert effective_authors([crowd("x", (9, 1))]) == pytest.approx(100 / 82)
    assert effective_authors([crowd("x", (2, 2)), crowd("reddit", (2,))]) == 3
    assert effective_authors([crowd("x", (0,))]) is None
    assert effective_authors([]) is None


def test_unique_authors_stay_by_platform(crowd) -> None:
    rows = [crowd("x", (1, 1)), crowd("reddit", (5,)), crowd("x", (1,))]
    assert unique_authors(rows) == {"reddit": 1, "x": 3}


@given(st.lists(st.integers(min_value=1, max_value=1000), min_size=1, max_size=60))
def test_effective_authors_are_between_one_and_all(posts: list[int]) -> None:
    found = effective_authors([AuthorsRow("x", len(posts), posts, (), 0)])
    assert found is not None
    assert 1 - 1e-9 <= found <= len(posts) + 1e-9


@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=60))
def test_reach_bounds_are_in_order(followers: list[int]) -> None:
    for platform in ("x", "tiktok"):
        row = AuthorsRow(platform, len(followers), [1] * len(followers), followers, 0)
        bounds = potential_reach([row])[platform]
        assert 0 <= bounds.low <= bounds.high
