import numpy as np
import pytest

from nlp.language import Cuts, Scripts, count_scripts, name_languages

CUTS = Cuts(darija=0.6, latin=0.4)


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("", Scripts(0, 0, 0, 0)),
        ("abc 12 !", Scripts(0, 3, 0, 0)),
        ("زوين ok", Scripts(4, 2, 0, 0)),
        ("ⴰⵣⵓⵍ", Scripts(0, 0, 4, 0)),
        ("été ṭɣɛ", Scripts(0, 6, 0, 0)),
        ("да 中", Scripts(0, 0, 0, 3)),
        ("ٹ😂", Scripts(0, 0, 0, 1)),
    ],
)
def test_letters_are_counted_by_script(text: str, scripts: Scripts) -> None:
    assert count_scripts(text) == scripts


def _named(text: str, latin: list[float], arabic: list[float]) -> str:
    scores = np.log(np.array([latin], np.float32)), np.log(np.array([arabic], np.float32))
    return name_languages([text], *scores, CUTS)[0]


SURE = [0.9, 0.025, 0.025, 0.025, 0.025]
EVEN = [0.2] * 5


@pytest.mark.parametrize(
    ("text", "latin", "arabic", "language"),
    [
        ("bonjour", SURE, [0.9, 0.05, 0.05], "fr"),
        ("bonjour", EVEN, [0.9, 0.05, 0.05], "other"),
        ("مرحبا", SURE, [0.55, 0.35, 0.1], "ary-Arab"),
        ("مرحبا", SURE, [0.5, 0.4, 0.1], "arb"),
        ("مرحبا", SURE, [0.1, 0.2, 0.7], "other"),
        ("مرحبا بكم hello world", SURE, [0.9, 0.05, 0.05], "mixed"),
        ("مرحبا بكم في بيتنا ok", SURE, [0.9, 0.05, 0.05], "ary-Arab"),
        ("ⴰⵣⵓⵍ", SURE, [0.9, 0.05, 0.05], "ber-Tfng"),
        ("привет", SURE, [0.9, 0.05, 0.05], "other"),
        ("😂 !", SURE, [0.9, 0.05, 0.05], "other"),
    ],
)
def test_script_first_then_scores(
    text: str, latin: list[float], arabic: list[float], language: str
) -> None:
    assert _named(text, latin, arabic) == language


def test_no_texts() -> None:
    empty = np.zeros((0, 5), np.float32), np.zeros((0, 3), np.float32)
    assert name_languages([], *empty, CUTS) == []
