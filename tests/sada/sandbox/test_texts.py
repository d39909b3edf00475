"""The texts are varied, clean, and say what their truth says."""

from collections import Counter
from datetime import datetime
from random import Random

import pytest

from collectors.query import Matcher
from nlp.pii import mask
from nlp.signposts import Signposts
from sada.sandbox.campaign import sandbox_campaign
from sada.sandbox.casual import loosen
from sada.sandbox.design import TOPICS
from sada.sandbox.truth import labelled
from sada.sandbox.world import World
from sada.sandbox.writer import load_book, load_mixed, vary

LANGUAGES = ("fr", "ary-Arab", "ary-Latn", "arb", "en")
CORES = 25
"""Least number of cores a topic in each book."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_book_is_complete(language: str) -> None:
    book = load_book(language)
    for topic in TOPICS:
        cores = [line for label in ("neg", "neu", "pos") for line in book.topics[topic][label]]
        assert len(set(cores)) == len(cores) >= CORES
        assert len(book.topics[topic]["reasons"]) >= 4
        assert min(len(book.topics[topic][label]) for label in ("neg", "neu", "pos")) >= 4
    assert all(len(book.closings[label]) >= 7 for label in ("neg", "neu", "pos"))
    assert min(map(len, (book.openings, book.insults, book.signposts, book.campaign))) >= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_choice_is_left_open(language: str) -> None:
    book, rng = load_book(language), Random(1)
    lines = [line for topic in book.topics.values() for rows in topic.values() for line in rows]
    for line in (*lines, *book.openings, *book.signposts, *book.campaign, *book.noise):
        assert not set("<>|") & set(vary(rng, line))


def test_mixed_cores_use_known_topics_and_labels() -> None:
    for topic, labels in load_mixed().items():
        assert topic in TOPICS
        assert set(labels) <= {"neg", "neu", "pos"}


def test_texts_are_varied(world: World, now: datetime) -> None:
    texts = [row["text"] for row in labelled(world, now) if row["scope"] != "none"]
    assert len(set(texts)) / len(texts) >= 0.8
    assert Counter(texts).most_common(1)[0][1] <= 8


def test_texts_are_long_and_short(world: World) -> None:
    lengths = sorted(len(item.versions[0].text) for item in world.items if item.platform == "x")
    assert lengths[len(lengths) // 2] < 160
    assert sum(length > 280 for length in lengths) >= 20


def test_collecting_finds_exactly_what_belongs(world: World) -> None:
    campaign = sandbox_campaign(world.design)
    matcher = Matcher(campaign.families, campaign.topic_query)
    for item in world.items:
        match = matcher.match(f"{item.title} {item.versions[-1].text}")
        assert (match.scope if match else "none") == item.scope, item.versions[-1].text


def test_help_lines_stand_where_the_truth_says(world: World) -> None:
    signposts = Signposts(sandbox_campaign(world.design).signposts)
    for item in world.items:
        text = f"{item.title} {item.versions[-1].text}"
        assert bool(signposts.found(text)) is item.signposted, text


def test_nothing_would_be_masked(world: World) -> None:
    signposts = Signposts(sandbox_campaign(world.design).signposts)
    for item in world.items:
        for version in item.versions:
            assert mask(version.text, signposts) == version.text
            assert "@" not in version.text


def test_help_lines_appear_in_every_script(world: World, now: datetime) -> None:
    texts = [row["text"] for row in labelled(world, now) if row["signposted"]]
    for form in ("8350", "٨٣٥٠", "E-Blagh", "إبلاغ", "E-Himaya", "إي حماية", "19"):
        assert any(form in text for text in texts), form


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Été à l'école, bravo."), ("ary-Arab", "بزاف ديال الناس"), ("xx", "abc"), ("en", "")],
)
def test_loosening_takes_any_text(language: str, text: str) -> None:
    for seed in range(60):
        assert loosen(Random(seed), language, text).strip() or not text


def test_loosening_keeps_what_it_must() -> None:
    import re

    keep = re.compile("cyberharcèlement")
    for seed in range(200):
        text = loosen(Random(seed), "fr", "Le cyberharcèlement détruit des élèves.", keep)
        assert "cyberharcèlement" in text
