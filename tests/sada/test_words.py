"""Changed words by way of a topic run: counted, kept, told by `sada measure`."""

import json
from datetime import date, timedelta

import pytest

from collectors.base import Author
from measures.fields import CHANGE_FIELDS, WORD_FIELDS, WORDS_FIELDS
from nlp.topics.frequent import frequent_words
from sada.bootstrap import Sada
from sada.measuring import measure_campaign, measure_lines
from sada.pipeline.topics import find_campaign_topics
from storage.collecting import store_batch
from storage.incoming import Batch, Incoming
from tests.sada.support import NOW, Clock, post

BEGUN = date(2025, 3, 10)
VOLUME = 60


def worker(request: str) -> str:
    rows = [json.loads(line) for line in request.splitlines()]
    ids = [row["id"] for row in rows]
    words = [
        {"word": word, "ids": [ids[n] for n in positions]}
        for word, positions in frequent_words([row["text"] for row in rows])
    ]
    return json.dumps(
        {"model": "made", "reason": "", "topics": [], "assignments": [], "words": words}
    )


@pytest.fixture
def spoken(sada: Sada, clock: Clock) -> Sada:
    """A baseline and nine days; from the first on, half of all originals name the help line, and
    one account writes `arnaque` all day long."""
    clock.now = NOW + timedelta(days=7)
    posts = []
    for days in range(30, 0, -1):
        moment = clock.now - timedelta(days=days)
        late = moment.date() >= BEGUN
        for number in range(VOLUME + 5 * (days % 3)):
            said = "plainte" if number % (2 if late else 15) == 0 else "quartier"
            bot = late and number % 10 == 1
            one = post(
                1000 * days + number,
                f"#Sghira {'arnaque' if bot else said} {days}-{number}",
                created_at=moment - timedelta(minutes=number),
                author=Author("bot" if bot else f"a{(7 * days + number) % 150}", "user", 10),
            )
            posts.append(Incoming(one, "campaign", "earned", ("#Sghira",)))
    batch = Batch("small", "x", "q", posts, None, None, None, 1, 0, 0.0, NOW)
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)
    assert find_campaign_topics(sada, "small", worker=worker) == 0
    return sada


def test_words_that_people_took_up_are_told_and_one_account_s_are_not(spoken: Sada) -> None:
    document = measure_campaign(spoken, spoken.campaign("small"))
    words = document["words"]
    assert list(words) == ["during"]
    assert set(words["during"]) == set(WORDS_FIELDS)
    found = {one["word"]: one for one in words["during"]["found"]}
    assert set(found["plainte"]) == set(WORD_FIELDS)
    assert set(found["plainte"]["change"]) == set(CHANGE_FIELDS)
    assert found["plainte"]["change"]["verdict"] == "rose"
    assert found["plainte"]["authors"] > 100
    assert "arnaque" not in found
    assert "sghira" not in found, "the campaign is found by it"
    assert any("word «plainte» during: rose" in line for line in measure_lines(document))
    assert json.dumps(document) == json.dumps(measure_campaign(spoken, spoken.campaign("small")))


def test_before_the_first_run_there_are_none(sada: Sada) -> None:
    assert measure_campaign(sada, sada.campaign("small"))["words"] is None
