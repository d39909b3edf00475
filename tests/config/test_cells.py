import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.cells import escape_cell, escape_start, unescape_cell

NASTY = st.text(alphabet=st.sampled_from(list("=+-@＝＋－＠'\"; \t\r\n,a\u200fب")), max_size=30)


@given(st.one_of(st.text(), NASTY))
@example("=1+1")
@example("'=1+1")
@example("\t'\n=x")
def test_any_text_survives(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


@given(NASTY)
def test_no_cell_starts_a_formula_whatever_the_separator(text: str) -> None:
    for cell in re.split(r"[;\t\r\n]", escape_cell(text)):
        assert not re.match(r"[\s\"\u200f]*[=+\-@＝＋－＠]", cell)


@pytest.mark.parametrize("text", ["=1", "+212", "-x", "@a", "＝1", "\tx", "\rx", " =1", "\ufeff=1"])
def test_a_dangerous_start_gets_an_apostrophe(text: str) -> None:
    assert escape_start(text) == f"'{text}"
    assert escape_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["", "bonjour", "a = b", "1-2", "نص عادي", "courriel: a@b"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert escape_start(text) == escape_cell(text) == text


def test_long_runs_of_blanks_are_quick() -> None:
    assert len(escape_cell("\n" * 200_000)) == 200_001
