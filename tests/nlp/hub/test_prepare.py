"""Texts as models of tweets were taught to read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.hub.prepare import prepare, says_nothing
from nlp.text import MAX_CHARS


@pytest.mark.parametrize(
    ("text", "ready"),
    [
        ("Merci ⟨account⟩, voir ⟨link⟩", "Merci @user , voir http"),
        ("(⟨account⟩)⟨phone⟩", "( @user )"),
        ("@somebody look: https://a.example/x?y www.b.example", "@user look: http http"),
        ("écris à a@b.example", "écris à a@b.example"),
        ("HTTP://A.EXAMPLE ok", "http ok"),
        ("appelle ⟨phone⟩ ou ⟨email⟩ ou 8350", "appelle ou ou 8350"),
        ("زوين بزاف ❤️", "زوين بزاف ❤️"),
        ("a\x00b \n\t c", "a b c"),
        ("@ seul", "@ seul"),
    ],
)
def test_links_and_accounts_become_what_the_model_knows(text: str, ready: str) -> None:
    assert prepare(text) == ready


@pytest.mark.parametrize(
    "text", ["", " ", "⟨account⟩ ⟨link⟩", "@a https://x.example", "\u200b\ufeff", "\x00", "\ud800"]
)
def test_what_says_nothing(text: str) -> None:
    assert says_nothing(prepare(text))


@pytest.mark.parametrize("text", ["😂", "!", "8350", "@user merci", "https", "à"])
def test_what_says_something(text: str) -> None:
    assert not says_nothing(prepare(text))


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_any_text_becomes_valid_and_stays_so(text: str) -> None:
    ready = prepare(text)
    ready.encode()
    assert "\x00" not in ready
    assert prepare(ready) == ready


def test_the_longest_text_is_cut() -> None:
    assert len(prepare("x" * 50_000)) == MAX_CHARS
