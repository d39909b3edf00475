"""What the tests of the conductor share: a small campaign, a clock, posts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from collectors.base import Author, Kind, Metrics, Post

CAMPAIGN = """\
slug: small
title: {fr: Petite, ar: صغيرة, en: Small}
start: 2025-03-10
end: 2025-03-20
families:
  - concept: name
    hashtags: [Sghira]
    words: [sghira]
    exclusions: [publicité]
topic_query:
  - concept: cyberviolence
    words: [cyberviolence]
signposts:
  - {name: numéro vert, numbers: ["8350"]}
accounts:
  - {platform: x, handle: ong_officielle, standing: owned, name: ONG}
sources:
  - {name: x, every_minutes: 30, dollars_in_all: 1}
digest: {recipients: [equipe@ong.example], hour: "08:00"}
"""
NOW = datetime(2025, 3, 12, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that tests move by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def post(number: int, text: str = "Bravo #Sghira", **changes: object) -> Post:
    one = Post(
        "x", str(number), NOW - timedelta(hours=number), text, Kind.ORIGINAL,
        Author(f"a{number % 3}", f"user{number % 3}", 100 * number), Metrics(likes=number),
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]
