"""What may be stored of what came, by where it came from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from collectors.base import Author, Kind, Metrics, Post, Query
from config.campaign import Campaign
from config.campaigns import parse_campaign
from sada.bootstrap import Sada
from sada.pipeline.prepare import Preparer
from sada.sources import queries_of
from storage.incoming import Incoming
from tests.sada.support import CAMPAIGN, post

TIED = CAMPAIGN.replace(
    "    words: [cyberviolence]\n",
    "    words: [cyberviolence]\n    context: [maroc]\n    exclusions: [football]\n",
)


@pytest.fixture
def campaign() -> Campaign:
    return parse_campaign(TIED, "small.yaml")


def said(incoming: Sequence[Incoming]) -> list[tuple[str, str, list[str]]]:
    return [(one.post.text, one.scope, list(one.matched)) for one in incoming]


def test_context_is_looked_for_where_the_source_does_not_give_it(campaign: Campaign) -> None:
    posts = [post(1, "la cyberviolence"), post(2, "la cyberviolence au Maroc")]
    assert said(list(Preparer.of(campaign).matching(posts, "campaign"))) == [
        ("la cyberviolence", "campaign", []),  # the platform saw the context where Sada does not
        ("la cyberviolence au Maroc", "topic", ["cyberviolence"]),
    ]


def test_a_source_in_context_gives_it(campaign: Campaign) -> None:
    posts = [post(1, "la cyberviolence"), post(2, "cyberviolence, football"), post(3, "rien")]
    assert said(list(Preparer.of(campaign).matching(posts, "campaign", in_context=True))) == [
        ("la cyberviolence", "topic", ["cyberviolence"]),
        ("rien", "campaign", []),
    ]


def test_of_a_wider_query_only_what_matches_is_the_campaign_s(campaign: Campaign) -> None:
    posts = [post(1, "la cyberviolence"), post(2, "la cyberviolence au Maroc"), post(3, "rien")]
    assert said(list(Preparer.of(campaign).matching(posts, "campaign", strict=True))) == [
        ("la cyberviolence au Maroc", "topic", ["cyberviolence"])
    ]


def test_posts_remember_the_terms_that_made_a_query_true() -> None:
    text = TIED.replace("    words: [sghira]\n", "    query: '(sghira NEAR/2 kbira) OR #Autre'\n")
    posts = [post(1, "kbira w sghira #Autre"), post(2, "kbira loin loin loin sghira #Autre")]
    found = said(list(Preparer.of(parse_campaign(text, "small.yaml")).matching(posts, "topic")))
    assert [one[1:] for one in found] == [
        ("campaign", ["sghira", "kbira", "#Autre"]),
        ("campaign", ["#Autre"]),
    ]


def test_a_veto_out_of_context_still_keeps_a_post_away(campaign: Campaign) -> None:
    posts = [post(1, "cyberviolence, football")]
    assert list(Preparer.of(campaign).matching(posts, "topic")) == []


def test_what_a_person_imports_is_in_context(campaign: Campaign) -> None:
    assert said(list(Preparer.of(campaign).all([post(1, "la cyberviolence")]))) == [
        ("la cyberviolence", "campaign", ["cyberviolence"])
    ]


def test_listings_are_asked_in_context_and_searches_are_not(sada: Sada, campaign: Campaign) -> None:
    queries: Sequence[Query] = queries_of("reddit", campaign, sada)
    listed = {query.text: query.in_context for query in queries}
    assert listed["/r/Morocco/new"]
    assert not listed["cyberviolence AND maroc"]


def test_a_text_that_comes_again_is_read_as_the_first_time(campaign: Campaign) -> None:
    """What is remembered of a text goes with every field of the post that repeats it."""
    posts = [
        Post(
            platform="x",
            platform_id=str(number),
            created_at=datetime(2026, 10, 5, number, tzinfo=UTC),
            text="#Campagne écrivez à sam@exemple.ma",
            kind=Kind.REPLY,
            author=Author(f"a{number}", followers=number),
            metrics=Metrics(likes=number, views=9),
            root_id="1",
            parent_id="2",
            language_hint="fr",
            edited=number == 2,
            date_invented=number == 3,
        )
        for number in range(4)
    ]
    together = list(Preparer.of(campaign).all(posts))
    assert together == [next(Preparer.of(campaign).all([one])) for one in posts]
    assert "sam@exemple.ma" not in together[-1].post.text
    assert replace(together[-1].post, text=posts[-1].text) == posts[-1]
