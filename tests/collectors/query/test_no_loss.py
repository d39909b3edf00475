"""Whatever the local matcher takes, some query asks the platform for."""

import unicodedata
from itertools import product as combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collectors.query import (
    Matcher,
    compile_bluesky,
    compile_mastodon,
    compile_reddit,
    compile_tiktok,
    compile_x,
    compile_youtube,
)
from collectors.query.packing import pack
from collectors.query.spellings import as_typed
from config.errors import ConfigurationError
from tests.collectors.query import platforms, reference
from tests.collectors.query.reference import Tag


def asked_for(word):
    """`word` in spellings that platforms fold or are asked for."""
    if "\u0600" <= word[0] <= "\u06ff":
        return [word, as_typed(word)]
    bare = unicodedata.normalize("NFD", word)
    return [word, word.upper(), "".join(s for s in bare if not "\u0300" <= s <= "\u036f")]


@st.composite
def typed(draw, text):
    """`text` in spellings that are asked for: no other prefix than the article, no elongation."""
    shown = []
    for token in text:
        if isinstance(token, Tag):
            joint = "_" if "\u0600" <= token.words[0][0] <= "\u06ff" else ""
            shown.append("#" + joint.join(draw(st.sampled_from(asked_for(w))) for w in token.words))
        else:
            shown.append(draw(st.sampled_from(asked_for(token))))
    return " ".join(shown)


one_or_two = st.lists(reference.families(), min_size=1, max_size=2)
SEARCHES = [
    (compile_x, platforms.x),
    (lambda families: compile_x(families, 1024), platforms.x),
    (lambda families: compile_x(families, 140), platforms.x),
    (compile_reddit, platforms.reddit),
    (compile_youtube, platforms.youtube),
    (compile_bluesky, platforms.bluesky),
    (compile_tiktok, platforms.tiktok),
]


@pytest.mark.parametrize(("compiled", "finds"), SEARCHES)
@settings(max_examples=40)
@given(st.data(), one_or_two)
def test_what_matches_is_asked_for(compiled, finds, data, families):
    text = data.draw(reference.texts_about(families))
    families = [family for family, _ in families]
    shown = data.draw(typed(text))
    match = Matcher(families).match(shown)
    assume(match is not None)
    try:
        queries = compiled(families)
    except ConfigurationError as error:
        said = str(error)
    else:
        assert any(finds(query, shown) for query in queries)
        return
    assert "140 characters" in said


@settings(max_examples=40)
@given(st.data(), one_or_two)
def test_tiktok_gives_the_context_by_the_creator_s_country(data, families):
    text = data.draw(reference.texts_about(families))
    families = [family for family, _ in families]
    shown = data.draw(typed(text))
    assume(Matcher(families).match(shown, in_context=True) is not None)
    queries = compile_tiktok(families)
    assert any(platforms.tiktok(query, shown) for query in queries)
    found = [query for query in queries if platforms.tiktok(query, shown, "FR")]
    assert not any(query.in_context for query in found)
    assert bool(found) >= (Matcher(families).match(shown) is not None)


@settings(max_examples=40)
@given(st.data(), reference.families(), st.lists(reference.tags, min_size=1, max_size=6))
def test_mastodon_finds_what_is_said_by_hashtags_alone(data, family, text):
    bare = family[0].model_copy(
        update={"query": None, "phrases": (), "words": (*family[0].words, *reference.WORDS[:2])}
    )
    shown = data.draw(typed(text))
    assume(Matcher([bare]).match(shown) is not None)
    queries = compile_mastodon([bare])
    assert any(platforms.mastodon(query, shown) for query in queries)
    assert all(query.strict for query in queries)


atoms = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=9, unique=True)


@settings(max_examples=60)
@given(st.lists(atoms, min_size=1, max_size=3), st.integers(20, 80))
def test_packing_asks_every_combination_exactly_once(sums, limit):
    def render(held):
        return " & ".join("|".join(one) for one in held)

    try:
        texts = [render(part) for part in pack(sums, limit, render)]
    except ConfigurationError:
        texts = []
    if not texts:
        assert any(len(" & ".join(choice)) > limit for choice in _every(sums))
        return
    assert all(len(text) <= limit for text in texts)
    asked = [
        choice for text in texts for choice in _every([one.split("|") for one in text.split(" & ")])
    ]
    assert sorted(asked) == sorted(_every(sums))


def _every(sums):
    return list(combinations(*sums))


@settings(max_examples=60)
@given(one_or_two, st.sampled_from([512, 1024]))
def test_every_text_is_within_its_limit_and_unlike_the_others(families, limit):
    families = [family for family, _ in families]
    for queries, most in (
        (compile_x(families, limit), limit),
        (compile_reddit(families), 512),
        (compile_youtube(families), 400),
        (compile_bluesky(families), 400),
        (compile_mastodon(families), 100),
        (compile_tiktok(families), 4000),
    ):
        assert all(0 < len(query.text) <= most for query in queries)
        assert len({query.key for query in queries}) == len(queries)
