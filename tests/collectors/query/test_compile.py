"""Queries within the platforms' limits that together ask for everything."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.query import (
    compile_bluesky,
    compile_mastodon,
    compile_reddit,
    compile_tiktok,
    compile_x,
    compile_youtube,
    normalise,
)
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


def groups(text):
    """What a compiled query asks for: its terms and, where one is asked, its context."""
    body = text.split(" -")[0].replace(" AND ", " ")
    if "(" not in body and " OR " in body:
        return [body.split(" OR ")]
    found = re.findall(r'\(([^()]*)\)|("[^"]*"|[^\s()]+)', body)
    return [(several or one).split(" OR ") for several, one in found]


def atoms(text):
    """The terms that a compiled X query asks for."""
    return groups(text)[0]


def folded(texts):
    return {normalise(text.strip('"')) for text in texts}


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


def test_x_asks_for_the_context_too():
    tied = Family(
        concept="a",
        words=("un", "deux"),
        context=("maroc", "#Maroc", "المغاربة", "الدار البيضاء"),
        exclusions=("foot",),
    )
    (query,) = compile_x([tied])
    assert query.text == (
        "(un OR deux) (maroc OR #Maroc OR المغاربة OR المغاربه"
        ' OR "الدار البيضاء" OR #الدار_البيضاء) -foot -is:retweet'
    )
    (alone,) = compile_x([Family(concept="a", words=("un",), context=("maroc",))])
    assert alone.text == "un maroc -is:retweet"


def test_families_share_a_query_when_their_context_is_the_same_too():
    free = Family(concept="a", words=("un",))
    tied = Family(concept="b", words=("deux",), context=("maroc", "rabat"))
    same = Family(concept="c", words=("trois",), context=("Rabat", "MAROC"))
    other = Family(concept="d", words=("quatre",), context=("tunisie",))
    assert [query.text for query in compile_x([free, tied, other, same])] == [
        "un -is:retweet",
        "(deux OR trois) (maroc OR rabat) -is:retweet",
        "quatre tunisie -is:retweet",
    ]
    assert compile_x([free, tied])[:1] == compile_x([free])


def test_reddit_searches_ask_for_the_context_and_listings_give_it():
    free = Family(concept="a", words=("un", "deux"))
    tied = Family(concept="b", words=("trois", "quatre"), context=("Algérie", "maroc"))
    new, comments, plain, search = compile_reddit([free, tied], ["Morocco"])
    assert (new.in_context, comments.in_context) == (True, True)
    assert (plain.in_context, search.in_context) == (False, False)
    assert plain.text == "un OR deux"
    assert search.text == "(trois OR quatre) AND (Algérie OR algerie OR maroc)"
    assert not any(query.in_context for query in compile_x([free, tied]))


@pytest.mark.parametrize("compiled", [compile_x, compile_reddit])
def test_a_context_that_leaves_no_room_is_a_mistake_in_the_file(compiled):
    context = tuple(f"ville{number}" for number in range(80))
    with pytest.raises(ConfigurationError, match="exclusions and context is longer than the 512"):
        compiled([Family(concept="a", words=("un",), context=context)])


@pytest.mark.parametrize("compiled", [compile_x, compile_reddit])
def test_each_query_of_a_long_family_carries_the_whole_context(compiled):
    words = tuple(f"mot{a}{b}" for a in "abcdefghij" for b in "abcdefghijklmnopqrst")
    queries = compiled([Family(concept="a", words=words, context=("maroc", "rabat"))])
    assert len(queries) > 1
    assert all(groups(query.text)[1] == ["maroc", "rabat"] for query in queries)
    assert [atom for query in queries for atom in groups(query.text)[0]] == list(words)


@pytest.mark.parametrize("slug", sorted(load_campaigns()))
def test_shipped_campaigns_compile(slug):
    campaign = load_campaigns()[slug]
    for families in (campaign.families, campaign.topic_query):
        for limit in (512, 1024):
            assert all(len(query.text) <= limit for query in compile_x(families, limit))
        assert all(len(query.text) <= 512 for query in compile_reddit(families, ["Morocco"]))


def test_the_shipped_conversation_takes_few_queries():
    campaign = load_campaigns()["safe-online-morocco"]
    assert len(compile_x(campaign.topic_query)) <= 8
    assert len(compile_reddit(campaign.topic_query)) <= 7


words = st.text("abcdéèçx357ابةأىعن", min_size=2, max_size=25)
families = st.builds(
    Family,
    concept=st.just("c"),
    hashtags=st.lists(words, max_size=20).map(tuple),
    words=st.lists(words, min_size=1, max_size=60).map(tuple),
    phrases=st.lists(st.lists(words, min_size=2, max_size=4).map(" ".join), max_size=20).map(tuple),
    exclusions=st.lists(words, max_size=4).map(tuple),
    context=st.lists(words, max_size=2).map(tuple),
)


def is_balanced(text):
    bare = re.sub('"[^"]*"', "", text)
    return '"' not in bare and bare.count("(") == bare.count(")")


def asks_for_context_of(family, text):
    context = groups(text)[1:]
    if not family.context:
        return not context
    return bool(context) and folded(family.context) <= folded(context[0])


@settings(max_examples=40)
@given(st.lists(families, min_size=1, max_size=3), st.sampled_from([512, 1024]))
def test_no_term_is_lost_and_no_limit_passed(given_families, limit):
    queries = compile_x(given_families, limit)
    assert all(len(query.text) <= limit for query in queries)
    assert all(query.text.endswith(" -is:retweet") for query in queries)
    assert all(is_balanced(query.text) for query in queries)
    for family in given_families:
        tail = folded(f"-{term}" for term in family.exclusions)
        mine = {
            atom.casefold()
            for query in queries
            if folded(re.findall(r" (-[^ :]+)(?= )", query.text)) == tail
            if asks_for_context_of(family, query.text)
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
    assert all(is_balanced(query.text) for query in queries)
    for family in given_families:
        asked = {
            atom.casefold()
            for query in queries
            if asks_for_context_of(family, query.text)
            for atom in groups(query.text)[0]
        }
        assert {word.casefold() for word in family.words} <= asked


def test_an_exclusion_that_is_no_hashtag_is_a_mistake_in_the_file():
    with pytest.raises(ConfigurationError, match="'#raja!' is no hashtag"):
        compile_x([Family(concept="a", words=("un",), exclusions=("#raja!",))])


@given(st.text(st.characters(codec="utf-8"), min_size=2, max_size=40))
def test_any_term_compiles_to_a_balanced_query_or_is_refused(text):
    try:
        family = Family(concept="c", words=(text,), exclusions=(text,), context=(text,))
        compiled = [
            *compile_x([family]),
            *compile_reddit([family]),
            *compile_youtube([family]),
            *compile_bluesky([family]),
            *compile_mastodon([family]),
        ]
        as_json = [json.loads(query.text) for query in compile_tiktok([family])]
    except ConfigurationError:
        return
    assert all(as_json)
    for query in compiled:
        assert is_balanced(query.text)
        assert "\n" not in query.text
        assert query.text.encode("utf-8")


@pytest.mark.parametrize("compiled", [compile_x, compile_bluesky, compile_tiktok])
def test_a_query_that_needs_too_many_searches_is_a_mistake_in_the_file(compiled):
    pairs = " AND ".join(f"(a{n} AND b{n} OR c{n} AND d{n})" for n in range(7))
    with pytest.raises(ConfigurationError, match="would become 128 searches, 64 at most"):
        compiled([Family(concept="a", query=pairs)])
    nears = " OR ".join(f"a{n} NEAR/2 b{n}" for n in range(65))
    with pytest.raises(ConfigurationError, match="would become 65 searches"):
        compiled([Family(concept="a", query=nears)])


def test_a_query_as_each_platform_is_asked():
    family = Family(
        concept="a",
        query='(un OR "un deux") NEAR/4 trois AND NOT (quatre OR "cinq six" OR (sept AND huit))',
    )
    assert [query.text for query in compile_x([family])] == [
        '(un OR "un deux" OR #undeux) trois -quatre -"cinq six" -is:retweet'
    ]
    assert [query.text for query in compile_reddit([family])] == [
        '(un OR "un deux" OR undeux) AND trois'
    ]
    assert [query.text for query in compile_youtube([family])] == [
        'un|"un deux"|#undeux trois -quatre'
    ]
    assert [query.text for query in compile_bluesky([family])] == [
        "un trois", '"un deux" trois', "#undeux trois"
    ]  # fmt: skip
    assert [query.text for query in compile_mastodon([family])] == ["trois"]
    assert all(query.strict for query in [*compile_x([family]), *compile_tiktok([family])])
    (alone,) = compile_x([Family(concept="a", query="un AND trois OR un AND NOT deux")])[1:]
    assert (alone.text, alone.strict) == ("un -deux -is:retweet", False)


def test_each_query_names_the_families_it_asks_for():
    one = Family(concept="un", words=tuple(f"mot{a}" for a in "abcdefghij"))
    two = Family(concept="deux", words=("harcèlement", "mota"))
    three = Family(concept="trois", words=("trois",), context=("maroc",))
    shared, tied = compile_x([one, two, three])
    assert (shared.concepts, tied.concepts) == (("un", "deux"), ("trois",))
    first, second, *_, last, _ = compile_x([one, two, three], 44)
    assert (first.concepts, second.concepts) == (("un", "deux"), ("un",))
    assert last.concepts == ("un", "deux")
    tags = {query.text: query.concepts for query in compile_mastodon([one, two])}
    assert tags["mota"] == ("un", "deux")
    assert tags["harcelement"] == ("deux",)
    assert all(query.concepts for query in compile_tiktok([one, two, three]))
    assert compile_reddit([one], ["Morocco"])[0].concepts == ()
