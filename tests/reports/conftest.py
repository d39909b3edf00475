"""A small campaign in a real SQLite database; every text that must not leak says LEAK."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from collectors.base import Author, Kind, Metrics, Post, Window
from config.campaign import Campaign
from config.i18n import CASABLANCA
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.collecting import store_batch
from storage.database import Database, open_database
from storage.incoming import Batch, Incoming
from storage.migrate import upgrade
from storage.runs import end_run, start_run
from storage.topics import store_topics

SECRET = b"s" * 32
TODAY = date(2025, 10, 9)
NOW = datetime(2025, 10, 9, 7, 0, tzinfo=UTC)
TOPICS = (
    ("violence, ligne, justice", ["violence", "ligne", "justice"]),
    ("<img src=x onerror=alert(1)> & co", ["capsule", "vidéo", "hashtag"]),
    ("مساعدة، رقم، شكاية", ["مساعدة", "رقم", "شكاية"]),
    ("@leakhandle7, photo", ["@leakhandle7", "photo", "école", "0612345678"]),
    ("petit, groupe", ["petit", "groupe"]),
)
LEANINGS = (("neg", 6), ("pos", 6), ("neu", 3), ("neg", 2), ("neu", 1))
"""The label a topic leans to, and how many of ten of its texts have it."""


@dataclass(frozen=True)
class Understood:
    language: str
    label: str
    neg: float
    neu: float
    pos: float
    offensive: float


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    return Campaign.model_validate(
        {
            "slug": "essai-2025",
            "title": {
                "fr": "Essai, la campagne",
                "ar": "تجربة، الحملة",
                "en": "Trial, the campaign",
            },
            "organisers": ["Association d’essai"],
            "start": "2025-10-02",
            "end": "2025-10-10",
            "families": [{"concept": "nom", "hashtags": ["essai"], "words": ["essai"]}],
            "topic_query": [{"concept": "violence", "phrases": ["violence en ligne"]}],
            "signposts": [
                {"name": "8350 (numéro vert)", "numbers": ["8350"]},
                {"name": "E-Blagh (DGSN)", "sites": ["e-blagh.ma"], "names": ["e-blagh"]},
            ],
            "accounts": [{"platform": "x", "handle": "leakowned", "standing": "owned"}],
            "sources": [
                {"name": "x", "posts_per_day": 2000, "dollars_in_all": 100},
                {"name": "reddit"},
            ],
            "digest": {"recipients": ["a@example.org", "b@example.org"]},
            "targets": [{"metric": "views", "value": 3000000, "source": "communiqué"}],
            "events": [
                {
                    "date": "2025-10-04",
                    "title": {"fr": "Émission TV", "ar": "برنامج تلفزي", "en": "TV show"},
                }
            ],
            "indicators": [
                {
                    "name": {"fr": "Appels au 8350", "ar": "مكالمات 8350", "en": "Calls to 8350"},
                    "unit": "appels",
                    "source": "Ministère",
                    "values": {"2025-09-30": 41, "2025-10-05": 77},
                }
            ],
        }
    )


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    yield from _opened(tmp_path / "empty.db")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, campaign: Campaign) -> Iterator[Database]:
    """Six weeks up to the evening before TODAY, half again as many posts since the start."""
    for opened in _opened(tmp_path_factory.mktemp("reports") / "sada.db"):
        seed(opened, campaign)
        yield opened


@pytest.fixture
def seeded(tmp_path: Path) -> Callable[..., Database]:
    """Makes a database that a test may change."""

    def make(campaign: Campaign, **options: object) -> Database:
        database = next(_opened(tmp_path / "own.db"))
        seed(database, campaign, **options)  # type: ignore[arg-type]
        return database

    return make


def _opened(path: Path) -> Iterator[Database]:
    url = f"sqlite:///{path}"
    upgrade(url)
    database = open_database(url)
    yield database
    database.close()


def seed(
    database: Database,
    campaign: Campaign,
    *,
    first: date = date(2025, 9, 4),
    until: datetime = NOW,
    per_day: int = 24,
    people: int = 60,
    hole: date | None = None,
) -> None:
    chance = Random(7)
    incoming = [
        post
        for day in _days(first, until.date())
        if day != hole
        for post in _day(chance, campaign, day, per_day, people)
        if post.post.created_at < until
    ]
    for source in ("x", "reddit"):
        mine = [item for item in incoming if item.post.platform == source]
        run = start_run(database, campaign.slug, source, until, ["all"])
        for window in _windows(first, until, hole):
            store_batch(
                database,
                Batch(
                    campaign.slug, source, "all", mine, {"at": "1"}, window, run, 3, len(mine),
                    0.005 * len(mine), until,
                ),
                secret=SECRET,
                timezone=CASABLANCA,
            )  # fmt: skip
        end_run(database, run, "ok", until)
    _understand(database, campaign)


def _windows(first: date, until: datetime, hole: date | None) -> list[Window]:
    start = datetime.combine(first, time(), CASABLANCA).astimezone(UTC)
    if hole is None:
        return [Window(start, until)]
    gap = datetime.combine(hole, time(), CASABLANCA).astimezone(UTC)
    return [Window(start, gap), Window(gap + timedelta(days=1), until)]


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _day(
    chance: Random, campaign: Campaign, day: date, per_day: int, people: int
) -> Iterator[Incoming]:
    during = day >= campaign.start
    count = round(per_day * (1.5 if during else 1.0) * chance.uniform(0.8, 1.2))
    for number in range(count):
        topic = chance.choices(range(5), (8, 8 if during else 3, 5, 4, 0.2))[0]
        who = chance.randrange(people)
        post = Post(
            platform="x" if number % 3 else "reddit",
            platform_id=f"LEAKID{day:%m%d}{number}",
            created_at=datetime.combine(day, time(9), UTC) + timedelta(seconds=37 * number),
            text=f"LEAKTEXT {topic} {chance.randrange(40)} par Leaka Leakname https://leak.example",
            kind=Kind.REPOST if number % 5 == 4 else Kind.ORIGINAL,
            author=Author(f"id{who}", f"leakhandle{who}", 10 * who),
            metrics=Metrics(likes=number, reposts=2, replies=1, views=None),
        )
        scope = "campaign" if during and number % 2 else "topic"
        yield Incoming(post, scope, "earned", ("essai",), signposted=number % 9 == 0)


def _understand(database: Database, campaign: Campaign) -> None:
    model = ensure_model(database, "essai-model", "1.0", 0.5, NOW)
    texts = pending_texts(database, model, 10_000)
    store_annotations(
        database, model, [(text, _label(*map(int, body.split()[1:3]))) for text, body in texts]
    )
    assignments = [(text, int(body.split()[1])) for text, body in texts]
    topics = [(n, label, words, 10 - n) for n, (label, words) in enumerate(TOPICS)]
    store_topics(database, campaign.slug, NOW, "light", topics, assignments)


def _label(topic: int, number: int) -> Understood:
    label, often = LEANINGS[topic]
    chosen = label if number % 10 < often else "neu"
    shares = {name: 0.8 if name == chosen else 0.1 for name in ("neg", "neu", "pos")}
    return Understood("fr", chosen, **shares, offensive=0.9 if number % 13 == 0 else 0.1)
