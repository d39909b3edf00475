"""One meaning for the many spellings of a term, in every script."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.query import Match, Matcher, normalise
from config.campaign import Family
from config.campaigns import load_campaigns
from config.errors import ConfigurationError

FAMILY = Family(
    concept="campaign",
    hashtags=("SafeOnlineMorocco", "#مامحكومش", "16Jours", "MoiAussi"),
    words=("mamhkoumch", "cyber-harcèlement", "عنف", "مدرسة", "m3anaf", "الابتزاز"),
    phrases=("violence numérique", "العنف الرقمي", "numéro vert"),
    exclusions=("football", "match de foot", "#raja"),
)
TOPIC = Family(concept="conversation", words=("harcèlement", "mamhkoumch"))
MATCHER = Matcher([FAMILY], [TOPIC])
CONVERSATION = Matcher([], load_campaigns()["safe-online-morocco"].topic_query)


def terms(text):
    match = MATCHER.match(text)
    return () if match is None else match.terms


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("ja #SafeOnlineMorocco!", "#SafeOnlineMorocco"),
        ("#safeonlinemorocco", "#SafeOnlineMorocco"),
        ("#SAFE_ONLINE_MOROCCO", "#SafeOnlineMorocco"),
        ("＃safeonlinemorocco", "#SafeOnlineMorocco"),
        ("# SafeOnlineMorocco", "#SafeOnlineMorocco"),
        ("#Safe-Online-Morocco", "#SafeOnlineMorocco"),
        ("#safeonlinemorocco-2025", "#SafeOnlineMorocco"),
        ("#SafeOnlineMoroccooooo", "#SafeOnlineMorocco"),
        ("safe online  morocco", "#SafeOnlineMorocco"),
        ("go safeonlinemorocco go", "#SafeOnlineMorocco"),
        ("#مامحكومش", "#مامحكومش"),
        ("#ما_محكومش", "#مامحكومش"),
        ("#مـامـحـكـومـش", "#مامحكومش"),
        ("#مَامَحكومش", "#مامحكومش"),
        ("#مامحكومشششش", "#مامحكومش"),
        ("#مامحگومش", "#مامحكومش"),
        ("#16jours", "#16Jours"),
        ("MAMHKOUMCH", "mamhkoumch"),
        ("maaamhkoumchhhh", "mamhkoumch"),
        ("mam\u200bhk\u200foumch", "mamhkoumch"),
        ("𝗺𝗮𝗺𝗵𝗸𝗼𝘂𝗺𝗰𝗵", "mamhkoumch"),
        ("#mamhkoumch", "mamhkoumch"),
        ("cyberharcelement", "cyber-harcèlement"),
        ("cyber harcèlement", "cyber-harcèlement"),
        ("CYBER–HARCÈLEMENT", "cyber-harcèlement"),
        ("#cyberharcelement", "cyber-harcèlement"),
        ("العنف", "عنف"),
        ("والعنف", "عنف"),
        ("بالعنف", "عنف"),
        ("وبالعنف", "عنف"),
        ("للعنف", "عنف"),
        ("لعنف", "عنف"),
        ("عُنْف", "عنف"),
        ("المدرسه", "مدرسة"),
        ("M3anaf", "m3anaf"),
        ("للابتزاز", "الابتزاز"),
        ("الإبتزاز", "الابتزاز"),
        ("VIOLENCE NUMERIQUE", "violence numérique"),
        ("la violence, numérique", "violence numérique"),
        ("#ViolenceNumerique", "violence numérique"),
        ("#violence_numérique", "violence numérique"),
        ("بالعنف الرقمى", "العنف الرقمي"),
        ("l'numero vert", "numéro vert"),
    ],
)
def test_spellings_of_a_term(text, term):
    assert term in terms(text)


@pytest.mark.parametrize(
    "text",
    [
        "mamhkoumchi", "xmamhkoumch", "عنفوان", "16 jours", "moi aussi", "violence et numérique",
        "safe online", "#moroccosafeonline", "manaf", "maanaf", "", "#", "numéro", "العن ف",
    ],
)  # fmt: skip
def test_what_is_not_the_term(text):
    assert terms(text) == ()


def test_numbers_are_not_elongated():
    matcher = Matcher([Family(concept="a", words=("2000", "19"))])
    assert matcher.match("20000 et 199") is None
    assert matcher.match("en 2000") == Match("campaign", ("2000",))


def test_double_letters_are_two_words():
    matcher = Matcher([Family(concept="a", words=("poisson",))])
    assert matcher.match("poison") is None
    assert matcher.match("poissssson") is not None


def test_arabic_indic_digits_are_digits():
    assert Matcher([Family(concept="a", words=("8350",))]).match("اتصلوا ب ٨٣٥٠") is not None


@pytest.mark.parametrize("text", ["mamhkoumch football", "mamhkoumch #Raja", "mamhkoumch matchs"])
def test_exclusions_veto_their_own_family_only(text):
    match = MATCHER.match(text)
    expected = "campaign" if "matchs" in text else "topic"
    assert match is not None
    assert match.scope == expected


def test_a_post_known_to_be_vetoed():
    matcher = Matcher([FAMILY])
    assert matcher.is_vetoed("mamhkoumch football")
    assert matcher.is_vetoed("football")
    assert not matcher.is_vetoed("mamhkoumch")
    assert not matcher.is_vetoed("rien")
    assert not MATCHER.is_vetoed("mamhkoumch football")


TIED = Family(
    concept="monde",
    words=("cyberviolence",),
    context=("maroc", "المغرب", "#MaVille", "الدار البيضاء"),
    exclusions=("football",),
)


@pytest.mark.parametrize(
    "text",
    [
        "cyberviolence au Maroc",
        "MAROC : la cyberviolence",
        "#cyberviolence #maroc",
        "cyberviolence بالمغرب",
        "cyberviolence #ma_ville",
        "cyberviolence في الدار البيضاء",
    ],
)
def test_a_term_in_its_context_counts(text):
    assert Matcher([TIED]).match(text) == Match("campaign", ("cyberviolence",))


@pytest.mark.parametrize(
    "text", ["cyberviolence", "cyberviolence en France", "le Maroc", "cyberviolence ma ville"]
)
def test_a_term_or_a_context_alone_does_not(text):
    assert Matcher([TIED]).match(text) is None


def test_context_may_be_given_by_where_a_text_comes_from():
    matcher = Matcher([TIED])
    assert matcher.match("cyberviolence", in_context=True) == Match("campaign", ("cyberviolence",))
    assert matcher.match("le Maroc", in_context=True) is None
    assert matcher.match("cyberviolence football", in_context=True) is None


def test_context_is_asked_of_its_own_family_only():
    matcher = Matcher([TIED], [Family(concept="darija", words=("sextorsion",))])
    assert matcher.match("cyberviolence, sextorsion") == Match("topic", ("sextorsion",))
    assert matcher.match("cyberviolence, sextorsion, maroc") == Match(
        "campaign", ("cyberviolence", "sextorsion")
    )
    tunisia = TIED.model_copy(update={"words": ("sextorsion",), "context": ("tunisie",)})
    both = Matcher([TIED, tunisia])
    assert both.match("cyberviolence et sextorsion, Tunisie") == Match("campaign", ("sextorsion",))


def test_a_veto_holds_in_context():
    matcher = Matcher([TIED])
    assert matcher.match("cyberviolence au Maroc, football") is None
    assert matcher.is_vetoed("cyberviolence au Maroc, football")
    assert matcher.is_vetoed("cyberviolence, football")
    assert not matcher.is_vetoed("cyberviolence")
    assert not matcher.is_vetoed("le Maroc")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Le harcèlement en ligne au Maroc", "harcèlement en ligne"),
        ("Des Marocaines racontent la #cyberviolence", "#cyberviolence"),
        ("العنف الرقمي ضد المغربيات", "العنف الرقمي"),
        ("مكافحة العنف الرقمي بالمغرب", "العنف الرقمي"),
        ("safi 3yina mn l3onf raqmi", "l3onf raqmi"),
        ("كاين تحرش فالانترنت بزاف", "تحرش فالانترنت"),
    ],
)
def test_the_shipped_conversation_is_that_of_morocco(text, term):
    match = CONVERSATION.match(text)
    assert match is not None
    assert term in match.terms


@pytest.mark.parametrize(
    "text",
    [
        "Le harcèlement en ligne touche une lycéenne sur trois en France",
        "Procès pour cyberviolence à Lyon",
        "مكافحة العنف الرقمي في مصر",
        "online harassment is rising",
        "Le Maroc joue ce soir à Casablanca",
    ],
)
def test_the_shipped_conversation_is_not_that_of_the_world(text):
    assert CONVERSATION.match(text) is None


def test_an_excluded_hashtag_leaves_the_word_alone():
    match = MATCHER.match("mamhkoumch raja")
    assert match is not None
    assert match.scope == "campaign"


def test_terms_come_in_the_order_of_the_file_each_once():
    match = MATCHER.match("harcèlement, violence numérique, mamhkoumch #safeonlinemorocco")
    assert match == Match(
        "campaign", ("#SafeOnlineMorocco", "mamhkoumch", "violence numérique", "harcèlement")
    )


def test_topic_alone():
    assert MATCHER.match("du harcèlement") == Match("topic", ("harcèlement",))


def test_a_term_without_letters_is_a_mistake_in_the_file():
    with pytest.raises(ConfigurationError, match="no letter or digit"):
        Matcher([Family(concept="a", words=("!!",))])


def test_long_term_names_are_matched_though_not_remembered():
    matcher = Matcher([Family(concept="a", words=("x1" * 50,))])
    assert matcher.match("x1" * 50) is not None


any_text = st.text(st.characters(exclude_categories=()), max_size=200)


@given(any_text)
def test_any_text_is_survived(text):
    MATCHER.match(text)


@given(any_text)
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(any_text, any_text, st.sampled_from(["mamhkoumch", "#SafeOnlineMorocco", "numéro vert"]))
def test_a_term_is_found_wherever_it_stands(before, after, term):
    matcher = Matcher([FAMILY.model_copy(update={"exclusions": ()})])
    match = matcher.match(f"{before} . {term} . {after}")
    assert match is not None
    assert term in match.terms


@pytest.mark.parametrize(
    "part", ["a", "#a-", "#", "-a", "_", "اا", "mamhkoumch ", "violence ", "# ", "\u0301", "ﷺ", "é"]
)
def test_no_text_makes_matching_slow(part):
    """What is linear takes a fraction of a second; what is quadratic takes minutes."""
    text = (part * 50_000)[:50_000]
    began = time.process_time()
    MATCHER.match(text)
    MATCHER.match(f"#-{text}-")
    assert time.process_time() - began < 5
