"""Topics by way of the worker's protocol; the model itself is tested in tests/nlp."""

import json
from datetime import UTC, datetime

import pytest

from config.errors import SadaError
from sada.bootstrap import Sada
from sada.pipeline.topics import FEWEST_TEXTS, find_campaign_topics, run_worker
from storage.collecting import store_batch
from storage.incoming import Batch, Incoming
from storage.queries import topics
from storage.rows import Cut
from tests.sada.support import NOW, post


def fill(sada: Sada, count: int) -> None:
    posts = [
        Incoming(post(number, f"texte numéro {number} sghira"), "campaign", "earned", ("sghira",))
        for number in range(count)
    ]
    batch = Batch("small", "x", "q", posts, None, None, None, 1, 0, 0.0, NOW)
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)


def worker(request: str) -> str:
    rows = [json.loads(line) for line in request.splitlines()]
    halves = [{"id": row["id"], "topic": index % 2 - 1} for index, row in enumerate(rows)]
    named = [{"number": 0, "label": "école · parents", "words": ["école", "parents"], "size": 30}]
    return json.dumps(
        {"model": "made", "reason": "", "topics": named, "assignments": halves, "words": []}
    )


def test_topics_are_stored_with_their_texts(sada: Sada) -> None:
    fill(sada, FEWEST_TEXTS)
    assert find_campaign_topics(sada, "small", worker=worker) == 1
    found = {topic.number: topic for topic in topics(sada.database, "small", Cut())}
    assert found[0].label == "école · parents"
    assert sum(found[0].by_day.values()) == FEWEST_TEXTS // 2
    assert sum(found[-1].by_day.values()) == FEWEST_TEXTS // 2, "what fits no topic is counted too"


def test_too_few_texts_ask_no_worker(sada: Sada) -> None:
    fill(sada, FEWEST_TEXTS - 1)
    assert find_campaign_topics(sada, "small", worker=pytest.fail) == 0


def test_a_worker_that_fails_is_one_line() -> None:
    with pytest.raises(SadaError, match=r"topics: the process ended with 2 \(.+\)"):
        run_worker("not json\n")


def test_the_moment_is_kept(sada: Sada) -> None:
    from storage.topics import topics_made_at

    fill(sada, FEWEST_TEXTS)
    find_campaign_topics(sada, "small", worker=worker)
    assert topics_made_at(sada.database, "small") == datetime(2025, 3, 12, 9, tzinfo=UTC)
