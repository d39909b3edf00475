"""One meaning for the many spellings of a term, in every script."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.query import Match, Matcher, normalise
from config.campaign import Family
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
    began = time.perf_counter()
    MATCHER.match(text)
    MATCHER.match(f"#-{text}-")
    assert time.perf_counter() - began < 5
