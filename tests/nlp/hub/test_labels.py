"""What names of labels mean: known ones by tables, others only by the operator's word."""

import pytest

from nlp.hub.errors import ModelUnfit
from nlp.hub.labels import meanings


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (("negative", "neutral", "positive"), ("neg", "neu", "pos")),
        (("Positive", "NEUTRAL", "Neg"), ("pos", "neu", "neg")),
        (("négatif", "neutre", "positif"), ("neg", "neu", "pos")),
        (
            ("1 star", "2 stars", "3 stars", "4 stars", "5 stars"),
            ("neg", "neg", "neu", "pos", "pos"),
        ),
        (
            ("Very Negative", "negative", "neutral", "positive", "very_positive"),
            ("neg", "neg", "neu", "pos", "pos"),
        ),
    ],
)
def test_known_names_of_sentiment(names: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert meanings("sentiment", names, {}) == meant


@pytest.mark.parametrize(
    "names",
    [
        ("not-offensive", "offensive"),
        ("NOT", "OFF"),
        ("nothate", "hate"),
        ("neutral", "toxic"),
        ("Normal", "Hate Speech"),
        ("non_abusive", "abusive"),
    ],
)
def test_known_names_of_offence(names: tuple[str, str]) -> None:
    assert meanings("offensive", names, {}) == ("harmless", "offensive")


def test_known_names_of_languages() -> None:
    names = ("fr", "fra_Latn", "English", "ary_Arab", "darija", "zgh_Tfng", "kab_Latn")
    meant = ("fr", "fr", "en", "ary-Arab", "ary", "ber-Tfng", "ber-Latn")
    assert meanings("language", names, {}) == meant


def test_a_name_that_says_nothing_needs_a_word_and_the_error_gives_the_line() -> None:
    names = ("LABEL_0", "LABEL_1", "positive")
    with pytest.raises(ModelUnfit) as error:
        meanings("sentiment", names, {})
    said = str(error.value)
    assert "labels are LABEL_0, LABEL_1, positive" in said
    assert "SADA_NLP__SENTIMENT_LABELS=LABEL_0=…,LABEL_1=…,positive=pos" in said
    told = {"LABEL_0": "neg", "LABEL_1": "neu"}
    assert meanings("sentiment", names, told) == ("neg", "neu", "pos")


def test_arabic_as_a_language_is_never_guessed() -> None:
    with pytest.raises(ModelUnfit, match="does not know what ar mean"):
        meanings("language", ("ar", "fr"), {})
    assert meanings("language", ("ar", "fr", "sw"), {"ar": "arb", "*": "other"}) == (
        "arb", "fr", "other",
    )  # fmt: skip


def test_the_operators_word_wins_over_the_tables() -> None:
    names = ("negative", "neutral", "positive")
    told = {"Negative": "pos", "POSITIVE": "neg"}
    assert meanings("sentiment", names, told) == ("pos", "neu", "neg")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"LABEL_0": "bad"}, "'bad' is no meaning"),
        ({"LABEL_9": "neg"}, "no label 'LABEL_9'. Its labels: LABEL_0, LABEL_1, LABEL_2"),
    ],
)
def test_a_word_that_fits_nothing_is_an_error(told: dict[str, str], said: str) -> None:
    with pytest.raises(ModelUnfit, match=said.replace(".", r"\.")):
        meanings("sentiment", ("LABEL_0", "LABEL_1", "LABEL_2"), told)


def test_sentiment_needs_all_three_and_offence_needs_one() -> None:
    with pytest.raises(ModelUnfit, match=r"\(negative, positive\) means neu"):
        meanings("sentiment", ("negative", "positive"), {})
    with pytest.raises(ModelUnfit, match="means offensive"):
        meanings("offensive", ("normal", "neutral"), {})
