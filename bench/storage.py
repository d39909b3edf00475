"""How fast storing and reading are: `python -m bench.storage [POSTS] [URL]` prints it.

Not a test: it takes a minute and its numbers are of the machine that it runs on.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from collectors.base import Author, Kind, Metrics, Post
from storage import queries
from storage.annotating import ensure_model, pending_texts, remake_rollups, store_annotations
from storage.backup import backup
from storage.collecting import store_batch
from storage.database import open_database
from storage.incoming import Batch, Incoming
from storage.migrate import upgrade
from storage.rows import Cut
from storage.topics import store_topics, texts_for_topics

NOW = datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
ZONE = ZoneInfo("Africa/Casablanca")
WORDS = [f"mot{number}" for number in range(5000)]
PAGE = 2000


def made(number: int, chance: random.Random) -> Incoming:
    kind = chance.choices(list(Kind), (6, 3, 3, 1))[0]
    likes = int(chance.paretovariate(1))
    return Incoming(
        Post(
            platform=chance.choice(("x", "reddit")),
            platform_id=str(10**18 + number),
            created_at=NOW - timedelta(minutes=chance.randrange(60 * 24 * 60)),
            text=" ".join(chance.choices(WORDS, k=18)),
            kind=kind,
            author=Author(str(int(chance.paretovariate(0.4)) % 80_000), followers=likes * 10),
            metrics=Metrics(likes=likes, reposts=likes // 4, replies=likes // 9, views=likes * 40),
        ),
        scope=chance.choice(("campaign", "topic")),
        standing="earned",
        matched=("mamhkoumch",),
    )


def batches(posts: list[Incoming]) -> Iterator[Batch]:
    for first in range(0, len(posts), PAGE):
        yield Batch(
            "c", "files", "files", posts[first : first + PAGE], None, None, None, 0, 0, 0.0, NOW
        )


def timed(name: str, work: Callable[[], Any], per: int | None = None) -> Any:
    began = time.perf_counter()
    answer = work()
    took = time.perf_counter() - began
    speed = f"  {per / took:10,.0f} a second" if per else ""
    print(f"{name:44}{took * 1000:10,.0f} ms{speed}", flush=True)
    return answer


def main(number: int, url: str) -> None:
    upgrade(url)
    db = open_database(url)
    chance = random.Random(1)
    posts = [made(one, chance) for one in range(number)]

    def store() -> None:
        for one in batches(posts):
            store_batch(db, one, secret=b"s" * 32, timezone=ZONE)

    timed("store, all new", store, number)
    timed("store, all seen before", store, number)
    model = ensure_model(db, "m", "1", 0.5, NOW)

    def annotate() -> None:
        while texts := pending_texts(db, model, PAGE):
            read = []
            for text_id, _ in texts:
                fields = {"language": chance.choice(("fr", "ary-Arab", "ary-Latn", "en"))}
                label = chance.choice(("neg", "neu", "pos"))
                shares = {"neg": 0.2, "neu": 0.5, "pos": 0.3, "offensive": chance.random()}
                read.append((text_id, SimpleNamespace(**fields, label=label, **shares)))
            store_annotations(db, model, read)

    timed("annotate", annotate, number)
    timed("remake rollups", lambda: remake_rollups(db))
    texts = timed("texts for topics", lambda: texts_for_topics(db, "c", 20_000))
    pairs = [(text_id, text_id % 20 - 1) for text_id, _, _ in texts]
    topics = [(one, f"t{one}", ["a"], 5) for one in range(-1, 19)]
    timed("store topics", lambda: store_topics(db, "c", NOW, "m", topics, pairs))
    half = Cut(scope="campaign", platforms=("x",), first=NOW.date() - timedelta(days=28))
    for name, cut in (("all", Cut()), ("cut", half)):
        timed(f"daily, {name}", lambda cut=cut: queries.daily(db, "c", cut))
        timed(
            f"daily by both, {name}",
            lambda cut=cut: queries.daily(db, "c", cut, ("platform", "language")),
        )
        timed(f"authors, {name}", lambda cut=cut: queries.authors(db, "c", cut))
        timed(f"topics, {name}", lambda cut=cut: queries.topics(db, "c", cut))
        for sort in queries.SORTS:
            timed(
                f"posts by {sort}, {name}",
                lambda cut=cut, sort=sort: queries.posts(db, "c", cut, sort=sort),
            )
        timed(
            f"posts, last page, {name}",
            lambda cut=cut: queries.posts(db, "c", cut, offset=number // 5),
        )
        timed(f"posts, search, {name}", lambda cut=cut: queries.posts(db, "c", cut, search="MOT77"))
        timed(f"posts, label, {name}", lambda cut=cut: queries.posts(db, "c", cut, label="neg"))
        timed(f"posts, topic, {name}", lambda cut=cut: queries.posts(db, "c", cut, topic=3))
        timed(f"posts, kind, {name}", lambda cut=cut: queries.posts(db, "c", cut, kind="reply"))
    timed("campaigns with posts", lambda: queries.campaigns_with_posts(db))
    timed("texts waiting", lambda: queries.texts_waiting(db))
    first = NOW - timedelta(days=60)
    timed("source states", lambda: queries.source_states(db, "c", ["files"], first, NOW))
    timed("export", lambda: sum(1 for _ in queries.export_rows(db, "c")), number)
    with tempfile.TemporaryDirectory() as folder:
        timed("backup", lambda: backup(url, Path(folder) / "backup.zip"), number)
    db.close()


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as home:
        main(size, sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{home}/sada.db")
