"""Darija in its other script: known words, letters by rule, and what must stay as it is."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.embedded import WEIGHTS
from nlp.parts import SPELLINGS_FILE
from nlp.respell import Respeller, load_respeller, save_counterparts, spelt
from nlp.text import normalize
from nlp.training.respell import make_speller, vowels

ARAB = ["هاد الحمله زوينه بزاف", "زوين بزاف", "هاد الشي زوين", "الله يعطيكم الصحه", "الحمله زوينه"]
LATIN = ["had l7amla zwina bzaf", "zwin bzaf bzaf", "had chi zwin", "l7amla zwina"]


def test_words_find_their_counterpart_by_consonants_and_vowels() -> None:
    best = make_speller(ARAB, LATIN).best()
    assert best["زوين"] == "zwin"
    assert best["زوينه"] == "zwina"
    assert best["zwina"] == "زوينه"
    assert best["bzaf"] == "بزاف"


def test_a_word_seen_once_is_spelt_by_rule() -> None:
    assert "يعطيكم" not in make_speller(ARAB, LATIN).best()
    assert Respeller({}).other("شحال 😂 0 !") == "ch7al 😂 0 !"
    assert spelt("chkoun") == "شكون"
    assert spelt("😂") == "😂"


def test_the_article_loses_its_vowel() -> None:
    assert spelt("الحبس") == "le7ebs"
    assert spelt("والكاس") == "oulkas"


def test_drawing_is_seeded() -> None:
    speller = make_speller(ARAB * 2, LATIN * 2)
    drawn = [speller.other("زوين بزاف هاد", np.random.default_rng(3)) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_counterparts_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "spellings.txt.gz"
    save_counterparts(path, {"زوين": "zwin", "zwin": "زوين"})
    first = path.read_bytes()
    assert load_respeller(path).other("زوين zwin") == "zwin زوين"
    save_counterparts(path, {"zwin": "زوين", "زوين": "zwin"})
    assert path.read_bytes() == first


def test_vowels_of_either_script_are_compared() -> None:
    assert vowels("zwina") == "wya"
    assert vowels("mouchkil") == "wy"
    assert vowels("مزيان") == "ya"
    assert vowels("زوينه") == "wya"


@pytest.fixture(scope="module")
def shipped() -> Respeller:
    return load_respeller(WEIGHTS / SPELLINGS_FILE)


def test_the_shipped_list_knows_everyday_words(shipped: Respeller) -> None:
    known = {"زوين": "zwin", "مزيان": "mzian", "شكون": "chkoun", "bzaf": "بزاف", "walo": "والو"}
    answers = {word: shipped.other(word) for word in known}
    assert sum(answers[word] == other for word, other in known.items()) >= 3, answers


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    normalized = normalize(text)
    other = Respeller({}).other(normalized)
    assert len(other.split()) == len(normalized.split())
