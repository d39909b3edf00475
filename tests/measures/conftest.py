"""Rows and campaigns to measure. Storage's own rows, so that the protocols are proved by use."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from config.campaign import Campaign
from storage.rows import AuthorsRow, DayRow

ZERO = {
    "posts": 0,
    "originals": 0,
    "reposts_made": 0,
    "replies_made": 0,
    "quotes_made": 0,
    "likes": 0,
    "reposts": 0,
    "replies": 0,
    "quotes": 0,
    "saves": 0,
    "views": 0,
    "viewed": 0,
    "annotated": 0,
    "neg": 0,
    "neu": 0,
    "pos": 0,
    "offensive": 0,
    "signposted": 0,
}


@pytest.fixture
def row() -> Callable[..., DayRow]:
    def make(day: date, platform: str = "x", language: str = "", **sums: int) -> DayRow:
        posts = {"posts": sums["originals"]} if "originals" in sums else {}
        return DayRow(day, platform, language, **(ZERO | posts | sums))

    return make


@pytest.fixture
def crowd() -> Callable[..., AuthorsRow]:
    def make(
        platform: str = "x", posts: tuple[int, ...] = (), followers: tuple[int, ...] = ()
    ) -> AuthorsRow:
        impressions = sum(n * f for n, f in zip(posts, followers, strict=False))
        return AuthorsRow(platform, len(posts), posts, followers, impressions)

    return make


@pytest.fixture
def campaign() -> Callable[..., Campaign]:
    def make(**changes: Any) -> Campaign:
        fields = {
            "slug": "essai",
            "title": {"fr": "Essai", "ar": "تجربة", "en": "Trial"},
            "start": date(2025, 10, 1),
            "end": date(2025, 10, 10),
            "families": [{"concept": "essai", "hashtags": ["essai"]}],
        }
        return Campaign.model_validate(fields | changes)

    return make
