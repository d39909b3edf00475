"""A family's query: what is understood, and what is said of what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.campaigns import parse_campaign
from config.errors import ConfigurationError
from config.expression import And, ExpressionError, Leaf, Near, Not, Or, leaves, parse

A, B, C = Leaf("a"), Leaf("b"), Leaf("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("  #Tag ", Leaf("#Tag")),
        ('"ma  m7koumch"', Leaf("ma m7koumch", quoted=True)),
        ("« ma m7koumch »", Leaf("ma m7koumch", quoted=True)),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a AND (b OR c)", And((A, Or((B, C))))),
        ("a OR b OR c", Or((A, B, C))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a AND NOT (b OR c)", And((A, Not(Or((B, C)))))),
        ("NOT NOT a", A),
        ("a NEAR/5 b", Near((A,), (B,), 5)),
        ("(a OR b) NEAR/3 c", Near((A, B), (C,), 3)),
        ("a NEAR/3 b AND c", And((Near((A,), (B,), 3), C))),
        ("NOT a AND b", And((Not(A), B))),
        ("((a))", A),
        ("المغرب OR cyber-harcèlement", Or((Leaf("المغرب"), Leaf("cyber-harcèlement")))),
        ("a\nAND\tb", And((A, B))),
    ],
)
def test_what_is_understood(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("", 1, "nothing to look for"),
        ("a b", 3, "no operator before 'b'"),
        ("a or b", 3, "in capitals"),
        ('"a" (b)', 5, "no operator before '('"),
        ("a AND", 6, "a term is missing after 'AND'"),
        ("a AND OR b", 7, "a term is missing after 'AND'"),
        ("OR a", 1, "missing at the beginning"),
        ("()", 2, "a term is missing after '('"),
        ("a AND (b OR c", 7, "never closed"),
        ("a)", 2, "closes nothing"),
        ('a AND "b', 7, "quotation mark is never closed"),
        ('a AND " "', 7, "nothing to look for"),
        ("a AND !!", 7, "no letter or digit"),
        ("NOT a", 1, "matches nearly every post"),
        ("a OR NOT b", 6, "matches nearly every post"),
        ("a AND b OR NOT c AND NOT d", 12, "matches nearly every post"),
        ("a NEAR b", 3, "a number of words from 1 to 50"),
        ("a NEAR/0 b", 3, "a number of words from 1 to 50"),
        ("a NEAR/51 b", 3, "a number of words from 1 to 50"),
        ("a NEAR/2 b NEAR/2 c", 12, "two sides"),
        ("(a AND b) NEAR/2 c", 1, "each side of NEAR"),
        ("a NEAR/2 (b OR NOT c)", 10, "each side of NEAR"),
        ("a -b", 3, "Write AND NOT b"),
        ("foot*", 1, "no wildcards"),
        ("#a-b", 1, "no hashtag"),
    ],
)
def test_what_is_wrong_is_said_with_its_column(text: str, column: int, said: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    message = str(caught.value)
    assert f"at column {column}: " in message
    assert said in message
    assert "\n" not in message


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(ExpressionError, match="too deep"):
        parse("(" * 5000 + "a" + ")" * 5000)
    with pytest.raises(ExpressionError, match="too deep"):
        parse("NOT " * 5000 + "a")


def test_terms_from_left_to_right_and_those_wanted() -> None:
    tree = parse("a AND NOT b OR (b OR c) NEAR/2 a")
    assert list(leaves(tree)) == [A, B, B, C, A]
    assert list(leaves(tree, wanted_only=True)) == [A, B, C, A]


def assert_understood_or_explained(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionError as error:
        said = str(error)
    else:
        assert list(leaves(tree, wanted_only=True))
        return
    assert "at column " in said


@given(st.text(max_size=60))
def test_any_text_is_a_tree_or_an_explained_error(text: str) -> None:
    assert_understood_or_explained(text)


@given(st.lists(st.sampled_from(["a", '"b c"', "#d", "AND", "OR", "NOT", "NEAR/2", "(", ")"])))
def test_any_tokens_are_a_tree_or_an_explained_error(tokens: list[str]) -> None:
    assert_understood_or_explained(" ".join(tokens))


FILE = """\
slug: small
title: {fr: Petite, ar: صغيرة, en: Small}
start: 2025-03-10
families:
  - concept: name
    query: %s
"""


def test_a_file_s_query_is_explained_with_its_line() -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_campaign(FILE % "mamhkoumch football", "small.yaml")
    assert str(caught.value).startswith("small.yaml:6: families.0.query: no operator before")


def test_a_hashtag_that_yaml_took_for_a_comment_is_guessed() -> None:
    with pytest.raises(ConfigurationError, match="single quotes"):
        parse_campaign(FILE % "mamhkoumch AND NOT #raja", "small.yaml")
    family = parse_campaign(FILE % "'mamhkoumch AND NOT #raja'", "small.yaml").families[0]
    assert family.query == "mamhkoumch AND NOT #raja"
