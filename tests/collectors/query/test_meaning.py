"""Local matching says what the slow reference says, however the text is spelled."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.query import Match, Matcher
from config.campaign import Family
from config.errors import ConfigurationError
from tests.collectors.query import reference
from tests.collectors.query.reference import Tag

INVISIBLE = ("\u200b", "\u200d", "\u200f", "\ufeff", "\u00ad")


@settings(max_examples=200)
@given(st.lists(reference.families(), min_size=1, max_size=3), reference.texts, st.booleans())
def test_matching_is_the_reference(families, text, in_context):
    matcher = Matcher([family for family, _ in families])
    wanted = set()
    for family, tree in families:
        wanted |= reference.labels(family, tree, text, in_context=in_context)
    match = matcher.match(reference.plain(text), in_context=in_context)
    assert (set(match.terms) if match else set()) == wanted


def as_arabic(word):
    return any("\u0600" <= sign <= "\u06ff" for sign in word)


def respell(draw, word):
    """`word` in one of the spellings that mean the same."""
    ways = [word, word.upper(), word[:2] + draw(st.sampled_from(INVISIBLE)) + word[2:]]
    if word.isdigit():
        return word
    ways.append(word + word[-1] * 3)
    if as_arabic(word):
        ways += [word[:1] + "ـ" * 3 + word[1:], word[:1] + "\u064e" + word[1:]]
        ways += [word.replace("أ", "ا"), word.replace("ة", "ه"), word.replace("ك", "گ")]
    else:
        bare = unicodedata.normalize("NFD", word)
        ways += [bare, "".join(sign for sign in bare if not unicodedata.combining(sign))]
        ways += [word.replace("7", "h"), word.translate(FANCY)]
    return draw(st.sampled_from(ways))


FANCY = {ord("a") + n: chr(0x1D5EE + n) for n in range(26)}


@st.composite
def spelled(draw, text):
    """`text` as people write it: the same tokens in other spellings."""
    shown = []
    for token in text:
        if isinstance(token, Tag):
            mark = draw(st.sampled_from(["#", "＃", "# "]))
            between = draw(st.sampled_from(["_", "__"])) if token.apart else ""
            shown.append(mark + between.join(respell(draw, word) for word in token.words))
        elif as_arabic(token) and len(token) > 2:
            shown.append(draw(st.sampled_from(["", "و", "ب"])) + respell(draw, token))
        else:
            shown.append(respell(draw, token))
    return draw(st.sampled_from([" ", "  ", " ! ", ", "])).join(shown)


@settings(max_examples=200)
@given(st.data(), reference.families(), reference.texts)
def test_spelling_changes_nothing(data, family, text):
    matcher = Matcher([family[0]])
    plain = matcher.match(reference.plain(text))
    assert matcher.match(data.draw(spelled(text))) == plain


NUMERIQUE = Family(concept="near", query="(violence OR عنف) NEAR/2 numérique")


@pytest.mark.parametrize(
    "text",
    [
        "violence numérique",
        "numérique : violence",
        "violence très très numérique",
        "violence violence jamais vue au monde numérique violence",
        "العنف numerique",
        "#violence #numérique",
    ],
)
def test_near_enough(text):
    assert Matcher([NUMERIQUE]).match(text) is not None


@pytest.mark.parametrize("text", ["violence a b c numérique", "violence", "numérique", ""])
def test_not_near(text):
    assert Matcher([NUMERIQUE]).match(text) is None


def test_near_does_not_take_one_word_twice():
    matcher = Matcher([Family(concept="a", query='violence NEAR/3 "violence numérique"')])
    assert matcher.match("violence numérique") is None
    assert matcher.match("violence, violence numérique") is not None


def test_near_counts_a_hashtag_s_words():
    matcher = Matcher([Family(concept="a", query="#ma_ville NEAR/1 cyber-harcèlement")])
    assert matcher.match("#ma_ville le cyberharcelement") is not None
    assert matcher.match("cyber-harcèlement ah #MaVille") is not None
    assert matcher.match("cyber-harcèlement ah oh #MaVille") is None


def test_terms_of_a_query_are_remembered_where_they_made_it_true():
    family = Family(
        concept="a",
        words=("sextorsion",),
        query='(mamhkoumch AND maroc) OR ("revenge porn" AND NOT football)',
    )
    matcher = Matcher([family])
    assert matcher.match("mamhkoumch revenge porn") == Match("campaign", ("revenge porn",))
    assert matcher.match("Maroc: #mamhkoumch, sextorsion") == Match(
        "campaign", ("sextorsion", "mamhkoumch", "maroc")
    )
    assert matcher.match("revenge porn, football") is None
    assert matcher.is_vetoed("revenge porn, football")
    assert not matcher.is_vetoed("mamhkoumch")


def test_exclusions_and_context_hold_for_the_query_too():
    family = Family(concept="a", query="un AND deux", context=("maroc",), exclusions=("trois",))
    matcher = Matcher([family])
    assert matcher.match("un deux maroc") == Match("campaign", ("un", "deux"))
    assert matcher.match("un deux") is None
    assert matcher.match("un deux", in_context=True) is not None
    assert matcher.match("un deux maroc trois") is None


def test_a_term_of_a_query_without_letters_is_a_mistake():
    with pytest.raises(ConfigurationError, match="no letter or digit"):
        Matcher([Family(concept="a", query='un AND "ء"')])


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("m7koumch", "mhkoumch"),
        ("mhkoumch", "M7koumch"),
        ("7chouma", "hchouma!"),
        ("khayb", "5ayb"),
        ("t9er", "tqer"),
        ("9anoun", "qanoun"),
        ("6riq", "triq"),
        ("mam7koumch", "#mamhkoumch"),
        ("ma mhkoumch", "#ma_m7koumch"),
        ("t7arroch", "t7arrrroch"),
    ],
)
def test_arabizi_digits_are_letters(term, text):
    assert Matcher([Family(concept="a", words=(term,))]).match(text) is not None


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("te", "6e"),
        ("16tours", "1ttours"),
        ("3onf", "onf"),
        ("he", "7e"),
        ("covid19", "covid1q"),
        ("qanoun", "99anoun"),
    ],
)
def test_numbers_are_not_arabizi(term, text):
    assert Matcher([Family(concept="a", words=(term,))]).match(text) is None


@pytest.mark.parametrize("part", ["violence ", "numérique ", "violence numérique ", "#violence-"])
def test_near_is_fast_on_any_text(part):
    matcher = Matcher([Family(concept="a", query='(violence OR "a b") NEAR/1 (violence OR c)')])
    assert matcher.match(part * 20_000) is not None or "violence" not in part[1:]
