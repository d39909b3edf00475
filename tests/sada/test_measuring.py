"""`sada measure --json` on a campaign whose last whole day is loud, and which topic makes it so."""

import json
from datetime import timedelta

import pytest

from collectors.base import Author
from measures.fields import (
    ALERT_FIELDS,
    COMPARISON_FIELDS,
    DOCUMENT_FIELDS,
    SHIFT_FIELDS,
    STANDING_FIELDS,
    TOPIC_FIELDS,
)
from sada.bootstrap import Sada
from sada.mailing import digest_mail
from sada.measuring import figure_lines, measure_campaign, measure_lines
from sada.pipeline.topics import find_campaign_topics
from storage.collecting import store_batch
from storage.incoming import Batch, Incoming
from tests.sada.support import NOW, post

USUAL, LOUD = 24, 190


@pytest.fixture
def loud(sada: Sada) -> Sada:
    """30 days of about `USUAL` posts, half of them on each topic; yesterday most are on law."""
    posts = []
    for days in range(30, 0, -1):
        count = LOUD if days == 1 else USUAL + 3 * (days % 4)
        for number in range(count):
            topic = "law" if number % 2 or (days == 1 and number > USUAL) else "line"
            one = post(
                1000 * days + number,
                f"{topic} {days} {number} #Sghira",
                created_at=NOW - timedelta(days=days, minutes=number),
                author=Author(f"a{number % 40}", f"user{number % 40}", 10),
            )
            posts.append(Incoming(one, "campaign", "earned", ("#Sghira",)))
    batch = Batch("small", "x", "q", posts, None, None, None, 1, 0, 0.0, NOW)
    store_batch(sada.database, batch, secret=sada.secret, timezone=sada.timezone)
    assert find_campaign_topics(sada, "small", worker=worker) == 2
    return sada


def worker(request: str) -> str:
    rows = [json.loads(line) for line in request.splitlines()]
    pairs = [{"id": row["id"], "topic": int(row["text"].startswith("law"))} for row in rows]
    topics = [
        {"number": number, "label": label, "words": [label], "size": 100}
        for number, label in ((0, "line"), (1, "law"))
    ]
    return json.dumps(
        {"model": "made", "reason": "", "topics": topics, "assignments": pairs, "words": []}
    )


def test_the_document_tells_alerts_topics_and_comparisons(loud: Sada) -> None:
    campaign = loud.campaign("small")
    document = measure_campaign(loud, campaign)
    assert set(document) == set(DOCUMENT_FIELDS)
    (alert,) = document["alerts"]
    assert set(alert) == set(ALERT_FIELDS)
    assert (alert["platform"], alert["count"], alert["day"]) == ("", LOUD, "2025-03-11")
    assert alert["low"] < alert["expected"] < alert["high"] < LOUD
    assert alert["topic"]["label"] == "law"
    assert alert["topic"]["usual"] == pytest.approx(0.5, abs=0.02)
    assert alert["topic"]["share"] > 0.9
    topics = document["topics"]
    assert [set(topic) for topic in topics["found"]] == [set(TOPIC_FIELDS)] * 2
    assert set(topics["shift"]["during"]) == set(SHIFT_FIELDS)
    law = next(topic for topic in topics["found"] if topic["label"] == "law")
    assert law["changes"]["during"]["effect"] > 0
    whose = document["standing"]["during"]
    assert list(whose) == ["owned", "earned"]
    assert all(set(one) == set(STANDING_FIELDS) for one in whose.values())
    assert whose["owned"]["posts"] == 0
    assert whose["earned"]["posts"] == document["phases"]["during"]["posts"]
    assert whose["earned"]["potential_reach"]["x"]["low"] == 10
    posts = document["comparisons"]["posts"]
    assert list(posts) == ["1", "7", "30"]
    assert set(posts["1"]) == set(COMPARISON_FIELDS)
    assert posts["1"]["now"] == LOUD


def test_the_same_data_give_the_same_bytes(loud: Sada) -> None:
    campaign = loud.campaign("small")
    first, second = (json.dumps(measure_campaign(loud, campaign)) for _ in range(2))
    assert first == second


def test_lines_and_mail_tell_the_alert(loud: Sada) -> None:
    campaign = loud.campaign("small")
    lines = list(measure_lines(measure_campaign(loud, campaign)))
    assert any(f"(all platforms): {LOUD} originals" in line and "«law»" in line for line in lines)
    told = digest_mail(loud, campaign, loud.today()).text
    assert "inhabituellement fort" in told
    assert "law" in told


def test_a_rate_says_what_it_is_relative_to() -> None:
    columns = [
        {"engagement_rate": 2.5, "engagement_denominator": "originals"},
        {"engagement_rate": 0.02, "engagement_denominator": "views"},
        None,
    ]
    rate, per = figure_lines(columns, 16)
    assert rate.split() == ["Engagement", "rate", "2.500", "0.020", "unknown"]
    assert per.split() == ["per", "originals", "per", "views"]
    assert len(per) == len(rate)


def test_without_posts_there_are_none(sada: Sada) -> None:
    document = measure_campaign(sada, sada.campaign("small"))
    assert document["alerts"] == []
    assert document["topics"] == {"found": [], "shift": {}}
    assert document["comparisons"]["posts"]["7"]["now"] is None
