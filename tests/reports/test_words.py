import pytest

from measures.change import Change
from reports.words import change_words, counted, points, short_title, signed_percent, translator

ROSE = Change(1.5, 1.2, 1.9, "rose", 1.3, "", 20.0, 30.0)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Mamhkoumch, contre les violences", "Mamhkoumch"),
        ("مامحكومش، ضد العنف", "مامحكومش"),
        ("« Signaler, c'est se protéger »", "Signaler, c'est se protéger"),
        ("« Matsketch » (démonstration), un Internet sûr", "Matsketch"),
        ("#SafeOnlineMorocco", "#SafeOnlineMorocco"),
        ("x" * 60, "x" * 39 + "…"),
    ],
)
def test_titles_get_short(title: str, short: str) -> None:
    assert short_title(title) == short


def test_signs_are_minus_signs_and_zero_has_none() -> None:
    t = translator("en")
    assert signed_percent(t, 0.384) == "+38%"
    assert signed_percent(t, -0.12) == "−12%"
    assert signed_percent(t, -0.001) == "0%"
    assert points(t, -0.0312) == "−3\xa0pts"
    assert points(t, 0.01) == "+1\xa0pt"


def test_signed_numbers_keep_their_order_in_arabic() -> None:
    assert signed_percent(translator("ar"), 0.384) == "\u200e+38%\u200e"


def test_nouns_agree_with_their_number() -> None:
    fr, ar = translator("fr"), translator("ar")
    assert counted(fr, "posts", 1) == "1 publication"
    assert counted(fr, "posts", 1234) == "1\u202f234 publications"
    assert [counted(ar, "posts", n) for n in (1, 2, 5, 14)] == [
        "منشور واحد",
        "منشوران",
        "5 منشورات",
        "14 منشورًا",
    ]


def test_volumes_change_in_per_cent_and_shares_in_points() -> None:
    t = translator("en")
    assert change_words(t, "originals", ROSE) == "rose: +50% (from +20% to +90%)"
    share = Change(0.05, 0.01, 0.09, "rose", 0.04, "", 0.2, 0.25)
    assert (
        change_words(t, "negative_share", share) == "rose: +5\xa0pts (from +1\xa0pt to +9\xa0pts)"
    )


def test_too_little_data_says_why() -> None:
    little = Change(None, None, None, "not_enough_data", None, "too_few_authors", None, None)
    assert change_words(translator("fr"), "originals", little) == (
        "pas assez de données\xa0: trop peu d’auteurs différents (moins de 30)"
    )
