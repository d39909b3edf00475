"""Queries within the platforms' limits that together ask for everything."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.query import compile_reddit, compile_x
from config.campaign import Family
from config.campaigns import load_campaigns
from config.errors import ConfigurationError

FAMILY = Family(
    concept="campaign",
    hashtags=("SafeOnlineMorocco", "مامحكومش"),
    words=("mamhkoumch", "cyber-harcèlement", "مدرسة", "not"),
    phrases=("violence numérique", "العنف الرقمي"),
    exclusions=("football", "match de foot", "#raja"),
)


def atoms(text):
    """The terms that a compiled X query asks for."""
    inner = text.split(" -")[0].removeprefix("(").removesuffix(")")
    return inner.split(" OR ")


def test_x_syntax_of_a_family():
    (query,) = compile_x([FAMILY])
    assert query.text.endswith(' -football -"match de foot" -#raja -is:retweet')
    wanted = atoms(query.text)
    for atom in (
        "#SafeOnlineMorocco", "#safe_online_morocco", '"safe online morocco"', "#مامحكومش",
        "mamhkoumch", '"cyber-harcèlement"', "cyberharcelement", "مدرسة", "مدرسه", "المدرسة",
        '"not"', '"violence numérique"', "#violencenumérique", '"العنف الرقمي"', "#العنف_الرقمي",
    ):  # fmt: skip
        assert atom in wanted


def test_one_term_needs_no_brackets():
    (query,) = compile_x([Family(concept="a", words=("mamhkoumch",))])
    assert query.text == "mamhkoumch -is:retweet"


def test_families_share_a_query_when_their_exclusions_are_the_same():
    one = Family(concept="a", words=("un",), exclusions=("foot",))
    two = Family(concept="b", words=("deux",), exclusions=("FOOT",))
    three = Family(concept="c", words=("trois",))
    texts = [query.text for query in compile_x([one, three, two])]
    assert texts == ["(un OR deux) -foot -is:retweet", "trois -is:retweet"]


def test_keys_live_as_long_as_the_terms():
    before = compile_x([FAMILY])
    assert before == compile_x([FAMILY])
    many = FAMILY.model_copy(update={"words": tuple(f"word{n}" for n in range(100))})
    more = many.model_copy(update={"words": (*many.words, "last")})
    assert [query.key for query in compile_x([many])][:-2] == [
        query.key for query in compile_x([more])
    ][: len(compile_x([many])) - 2]
    assert all(len(query.key) <= 20 for query in before)


def test_scope_is_handed_on():
    assert {query.scope for query in compile_x([FAMILY], scope="topic")} == {"topic"}


@pytest.mark.parametrize("compiled", [compile_x, compile_reddit])
def test_a_term_that_cannot_fit_is_a_mistake_in_the_file(compiled):
    with pytest.raises(ConfigurationError, match="512 characters"):
        compiled([Family(concept="a", phrases=("très " * 150,))])


def test_reddit_reads_subreddits_and_searches():
    listing, comments, search = compile_reddit([FAMILY], ["Morocco", "r/Maroc", "morocco"])
    assert listing.text == "/r/Morocco+Maroc/new"
    assert comments.text == "/r/Morocco+Maroc/comments/"
    assert '"violence numérique" OR "violence numerique"' in search.text
    assert "#" not in search.text
    assert len({listing.key, comments.key, search.key}) == 3


def test_reddit_without_subreddits_searches_only():
    assert len(compile_reddit([FAMILY])) == 1


def test_many_subreddits_are_read_in_groups():
    texts = [query.text for query in compile_reddit([FAMILY], [f"sub{n}" for n in range(45)])]
    assert sum(text.endswith("/new") for text in texts) == 3
    assert sum(text.count("+") + 1 for text in texts if text.endswith("/new")) == 45


@pytest.mark.parametrize("slug", sorted(load_campaigns()))
def test_shipped_campaigns_compile(slug):
    campaign = load_campaigns()[slug]
    for families in (campaign.families, campaign.topic_query):
        for limit in (512, 1024):
            assert all(len(query.text) <= limit for query in compile_x(families, limit))
        assert all(len(query.text) <= 512 for query in compile_reddit(families, ["Morocco"]))


words = st.text("abcdéèçx357ابةأىعن", min_size=2, max_size=25)
families = st.builds(
    Family,
    concept=st.just("c"),
    hashtags=st.lists(words, max_size=20).map(tuple),
    words=st.lists(words, min_size=1, max_size=60).map(tuple),
    phrases=st.lists(st.lists(words, min_size=2, max_size=4).map(" ".join), max_size=20).map(tuple),
    exclusions=st.lists(words, max_size=4).map(tuple),
)


@settings(max_examples=40)
@given(st.lists(families, min_size=1, max_size=3), st.sampled_from([512, 1024]))
def test_no_term_is_lost_and_no_limit_passed(given_families, limit):
    queries = compile_x(given_families, limit)
    assert all(len(query.text) <= limit for query in queries)
    assert all(query.text.endswith(" -is:retweet") for query in queries)
    for family in given_families:
        tail = {f"-{term}".casefold() for term in family.exclusions}
        mine = {
            atom.casefold()
            for query in queries
            if {part.casefold() for part in re.findall(r" (-[^ :]+)(?= )", query.text)} == tail
            for atom in atoms(query.text)
        }
        wanted = [f"#{tag}" for tag in family.hashtags]
        wanted += [*family.words, *(f'"{phrase}"' for phrase in family.phrases)]
        assert {term.casefold() for term in wanted} <= mine
    every = [query.key for query in queries]
    assert len(set(every)) == len(every)


@settings(max_examples=40)
@given(st.lists(families, min_size=1, max_size=2))
def test_reddit_asks_for_every_word(given_families):
    queries = compile_reddit(given_families)
    assert all(len(query.text) <= 512 for query in queries)
    asked = {atom.casefold() for query in queries for atom in query.text.split(" OR ")}
    assert {word.casefold() for family in given_families for word in family.words} <= asked


@given(st.text(st.characters(codec="utf-8"), min_size=2, max_size=40))
def test_any_term_compiles_to_a_balanced_query_or_is_refused(text):
    try:
        compiled = compile_x([Family(concept="c", words=(text,), exclusions=(text,))])
    except ConfigurationError:
        return
    for query in compiled:
        assert query.text.count('"') % 2 == 0
        assert "\n" not in query.text
        assert query.text.encode("utf-8")
