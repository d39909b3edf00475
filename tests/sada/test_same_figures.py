"""Whoever asks, `sada measure`, the report or a page, is told the same figures."""

import json
import random
from datetime import timedelta

import pytest

from collectors.base import Window
from config.campaign import Phase
from dashboard.cache import Cache
from dashboard.context import Desk
from dashboard.gather import overview
from dashboard.labelbook import StoredLabels
from dashboard.stored import StorageSource
from measures.document import as_json
from nlp.annotation import Annotation
from sada.bootstrap import Sada
from sada.measuring import measure_campaign
from sada.policy import offensive_excluded
from storage.annotating import ensure_model, pending_texts, store_annotations
from storage.collecting import store_batch
from storage.incoming import Batch, Incoming
from storage.labels import keep_answer, next_text
from storage.labels_draw import Wish, draw
from storage.runs import end_run, start_run
from tests.sada.support import NOW, post

DAYS = 30


@pytest.fixture
def lived(sada: Sada) -> Sada:
    """A month on two platforms and in both scopes, read, partly collected and partly labelled."""
    database, chance = sada.database, random.Random(3)
    run = start_run(database, "small", "x", NOW, ["q"])
    for day in range(DAYS, -1, -1):
        end = NOW - timedelta(days=day)
        posts = [_incoming(1000 * day + n, chance) for n in range(20 if day > 2 else 45)]
        covered = None if day == 9 else Window(end - timedelta(days=1), end)
        batch = Batch("small", "x", "q", posts, None, covered, run, 1, 0, 0.0, end)
        store_batch(database, batch, secret=sada.secret, timezone=sada.timezone)
    end_run(database, run, "ok", NOW)
    model = ensure_model(database, "m", "1", 0.5, NOW)
    waiting = pending_texts(database, model, 9999)
    store_annotations(database, model, [(number, _read(body)) for number, body in waiting])
    _label(sada, chance)
    return sada


def _incoming(number: int, chance: random.Random) -> Incoming:
    mood = chance.choice(("neg", "neu", "pos"))
    one = post(
        number,
        f"{mood} {number}",
        platform="reddit" if number % 3 == 0 else "x",
        created_at=NOW - timedelta(days=number // 1000, minutes=chance.randrange(1440)),
    )
    return Incoming(one, "campaign" if number % 2 else "topic", "earned", ())


def _read(body: str) -> Annotation:
    mood, number = body.split()
    shares = [0.8 if mood == name else 0.1 for name in ("neg", "neu", "pos")]
    return Annotation("fr", *shares, mood, 0.9 if int(number) % 7 == 0 else 0.1)


def _label(sada: Sada, chance: random.Random) -> None:
    campaign = sada.campaign("small")
    spans = {phase: campaign.phase_days(phase, sada.today()) for phase in Phase}
    known = {phase.value: span for phase, span in spans.items() if span is not None}
    draw(sada.database, "small", known, Wish(40, overlap=0.0), key=b"k" * 16, now=NOW)
    while (item := next_text(sada.database, "small", "AB", NOW)) is not None:
        said = item.text.split()[0] if chance.random() < 0.8 else "neu"
        keep_answer(sada.database, "small", "AB", item.post_id, item.text_key, said, False, NOW)


def test_the_overview_and_measure_tell_the_same(lived: Sada) -> None:
    measured = measure_campaign(lived, lived.campaign("small"))
    assert measured["phases"]["before"]["missing"] > 0
    assert measured["correction"]["shares"]["negative_share"]["before"]["labels"] == 40
    desk = Desk(
        StorageSource(lived.database),
        StoredLabels(lived.database, lambda: b"k" * 16, None),
        lived.campaigns,
        lived.clock,
        "fr",
        offensive_excluded(lived),
        Cache(),
    )
    shown = desk.shown(desk.view("/", "?campaign=small"))
    assert shown is not None
    page = as_json(overview(shown).summary)
    assert json.dumps(page, sort_keys=True) == json.dumps(
        {name: measured[name] for name in page}, sort_keys=True
    )
