"""Owned, partner and earned apart: whose figures are told, and which count as earned."""

from datetime import date, timedelta

from config.campaign import Account, Standing
from measures.standing import unlisted, voices
from storage.rows import AuthorsRow

DAY = date(2025, 10, 1)
LISTED = (
    Account(platform="x", handle="nous", standing=Standing.OWNED),
    Account(platform="x", handle="elles", standing=Standing.PARTNER),
)


def people(count: int, followers: int = 10) -> list[AuthorsRow]:
    return [AuthorsRow("x", count, [2] * count, [followers] * count, 2 * count * followers)]


def found(days, authors, listed=LISTED) -> dict:
    made = voices(days, authors, first=DAY, last=DAY + timedelta(days=1), listed=listed)
    return {voice.standing: voice for voice in made}


def test_each_standing_has_its_own_figures(row) -> None:
    days = {
        "owned": [row(DAY, platform="x", posts=4, originals=4, likes=40)],
        "earned": [row(DAY, platform="x", posts=80, originals=30, likes=20)],
    }
    told = found(days, {"owned": people(2, 5000), "earned": people(40)})
    assert list(told) == ["owned", "partner", "earned"]
    own, partner, earned = (told[name].figures for name in told)
    assert own is not None
    assert (own.posts, own.engagement, own.potential_reach["x"].high) == (4, 40, 10_000)
    assert partner is not None
    assert (partner.posts, partner.engagement) == (0, None)
    assert earned is not None
    assert (earned.posts, earned.originals) == (80, 30)
    assert told["earned"].unnamed == 0


def test_few_of_the_public_are_kept_back_and_few_listed_accounts_hide_nobody(row) -> None:
    days = {name: [row(DAY, platform="x", posts=8)] for name in ("owned", "earned")}
    few = found(days, {"owned": people(4), "earned": people(4)})
    assert few["earned"].figures is None
    assert few["owned"].figures is not None
    many = found(days, {"owned": people(1), "earned": people(40)})
    assert all(voice.figures is not None for voice in many.values())


def test_posts_without_a_known_author_are_counted(row) -> None:
    days = {"earned": [row(DAY, platform="x", posts=100)]}
    assert found(days, {"earned": people(30)}, ())["earned"].unnamed == 40
    assert found(days, {}, ())["earned"].unnamed == 100


def test_platforms_without_a_listed_account() -> None:
    assert unlisted(["reddit", "x", "x"], LISTED) == ["reddit"]
    public = Account(platform="x", handle="x", standing=Standing.EARNED)
    assert unlisted(["x"], (public,)) == ["x"]
