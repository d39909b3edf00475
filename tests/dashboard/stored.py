"""Fills a real database with a campaign of made-up posts; also `python -m tests.dashboard.stored`.

Run as a program it prints how long the pages take over many posts.
"""

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collectors.base import Author, Kind, Metrics, Post, Window
from config.i18n import CASABLANCA
from nlp.annotation import Annotation
from storage.annotating import ensure_model, pending_texts, show_model, store_annotations
from storage.collecting import store_batch
from storage.database import Database, open_database
from storage.incoming import Batch, Incoming
from storage.migrate import upgrade
from storage.runs import end_run, start_run
from storage.topics import store_topics, texts_for_topics
from tests.dashboard.fakes import LANGUAGES, NOW, TEXTS, campaign

FIRST = datetime(2025, 9, 1, tzinfo=UTC)
PAGE = 2000


def fill(url: str, count: int, seed: int = 5) -> Database:
    """A migrated, collected and annotated database of `count` posts, up to `NOW`."""
    upgrade(url)
    database = open_database(url)
    chance = random.Random(seed)
    slug = campaign().slug
    run = start_run(database, slug, "x", NOW - timedelta(minutes=12), ["q"])
    for begin in range(0, count, PAGE):
        posts = [_incoming(n, chance) for n in range(begin, min(begin + PAGE, count))]
        batch = Batch(slug, "x", "q", posts, {"newest": str(begin)}, Window(FIRST, NOW), run, 1,
                      len(posts), 0.005 * len(posts), NOW)  # fmt: skip
        store_batch(database, batch, secret=b"s" * 32, timezone=CASABLANCA)
    end_run(database, run, "ok", NOW - timedelta(minutes=12))
    annotate(database, chance)
    _topics(database, slug, chance)
    return database


def _incoming(number: int, chance: random.Random) -> Incoming:
    during = chance.random() < 0.55
    span = (datetime(2025, 9, 29, tzinfo=UTC), NOW) if during else (FIRST, NOW - timedelta(days=13))
    likes = int(chance.paretovariate(1)) - 1
    post = Post(
        platform="x",
        platform_id=str(10**15 + number),
        created_at=span[0] + (span[1] - span[0]) * chance.random(),
        text=f"{TEXTS[number % len(TEXTS)]} {number if number % 3 else ''}",
        kind=chance.choices(list(Kind), (6, 3, 3, 1))[0],
        author=Author(str(int(chance.paretovariate(0.6)) % 60_000), followers=likes * 40),
        metrics=Metrics(likes=likes, reposts=likes // 4, replies=likes // 9, views=likes * 60),
    )
    scope = "campaign" if during and chance.random() < 0.5 else "topic"
    return Incoming(post, scope, "earned", ("#Mamhkoumch",), signposted="8350" in post.text)


def annotate(database: Database, chance: random.Random) -> None:
    """Annotations by chance, of every text, by a model that is shown."""
    model = ensure_model(database, "fake", "1", 0.5, NOW)
    show_model(database, model)
    while waiting := pending_texts(database, model, 5000):
        store_annotations(database, model, [(text, _made(chance)) for text, _body in waiting])


def _made(chance: random.Random) -> Annotation:
    neg, pos = chance.random() * 0.6, chance.random() * 0.4
    neu = 1 - neg - pos
    label = max(("neg", neg), ("neu", neu), ("pos", pos), key=lambda pair: pair[1])[0]
    return Annotation(chance.choice(list(LANGUAGES)), neg, neu, pos, label, chance.random() ** 4)


def _topics(database: Database, slug: str, chance: random.Random) -> None:
    texts = texts_for_topics(database, slug, 1_000_000)
    chosen = [(text, chance.choice((-1, 0, 0, 1))) for text, _body, _day in texts]
    sizes = [sum(number == n for _text, n in chosen) for number in (-1, 0, 1)]
    topics = [
        (-1, "", (), sizes[0]),
        (0, "chantage aux photos", ("chantage", "photos", "ابتزاز"), sizes[1]),
        (1, "ligne d’aide", ("8350", "عيطي"), sizes[2]),
    ]
    store_topics(database, slug, NOW, "fake", topics, chosen)


def main(count: int) -> None:
    from dashboard.app import create_app
    from tests.dashboard.test_app import page

    with tempfile.TemporaryDirectory() as folder:
        database = fill(f"sqlite:///{Path(folder) / 'sada.db'}", count)
        began = time.perf_counter()
        campaigns = {"mamhkoumch": campaign()}
        app = create_app(database, campaigns, clock=lambda: NOW)
        print(f"create_app {1000 * (time.perf_counter() - began):.0f} ms")
        client = app.server.test_client()
        for name in ("", "topics", "compare", "posts", "sources"):
            for search in ("", "?scope=campaign", "?period=7", "?period=7"):
                began = time.perf_counter()
                page(client, app, f"/{name}", search)
                took = 1000 * (time.perf_counter() - began)
                print(f"/{name}{search}".ljust(28), f"{took:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
