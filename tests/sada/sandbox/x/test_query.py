"""X's query syntax: what matches, what is refused."""

import pytest

from collectors.query import compile_x
from config.campaigns import load_campaigns
from sada.sandbox.x.query import Document, QueryError, compile_query


def post(text: str, **parts: str) -> Document:
    known = {"author": "Salma_casa", "lang": "fr", "kind": "original", "root": "5"}
    return Document.of(text, **(known | parts))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("cyberviolence", "La Cyberviolence, non", True),
        ("cyberviolence", "les cyberviolences", False),
        ("cyberharcèlement", "le cyberharcelement", True),
        ('"harcèlement en ligne"', "Le harcelement, en ligne !", True),
        ('"harcèlement en ligne"', "harcèlement vu en ligne", False),
        ("#Matsketch", "oui #matsketch", True),
        ("#Matsketch", "oui matsketch", False),
        ("matsketch", "oui #Matsketch", True),
        ("#شبكة_آمنة", "حملة #شبكة_آمنة اليوم", True),
        ('"العنف الرقمي"', "ضد العنف الرقمي.", True),
        ('"العنف الرقمي"', "ضد للعنف الرقمي.", False),
        ("a b", "b and a", True),
        ("a b", "a only", False),
        ("a OR b c", "a", True),
        ("a OR b c", "b", False),
        ("(a OR b) c", "b c", True),
        ("(a OR b) -c", "b c", False),
        ("(a OR b) (c OR d) -e -is:retweet", "d then b", True),
        ("(a OR b) (c OR d) -e -is:retweet", "a b", False),
        ("(a OR b) (c OR d) -e -is:retweet", "c d", False),
        ("(a OR b) (c OR d) -e -is:retweet", "a c e", False),
        ('"a b" (c OR "d e")', "a b, d e", True),
        ("a -(b c)", "a b", True),
        ("a -is:retweet", "a", True),
        ("a is:reply", "a", False),
        ("a lang:fr", "a", True),
        ("a lang:ar", "a", False),
        ("from:salma_casa", "x", True),
        ("from:@other", "x", False),
        ("conversation_id:5", "x", True),
        ("a has:hashtags", "a #b", True),
        ("a has:media", "a", False),
        ('a -"b c"', "a b c", False),
    ],
)
def test_matches(query: str, text: str, expected: bool) -> None:
    assert compile_query(query)(post(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le harcèlement en ligne en France", False),
        ("Le Maroc joue ce soir", False),
        ("Le harcèlement en ligne au Maroc", True),
        ("العنف الرقمي بالمغرب", True),
        ("العنف الرقمي", False),
        ("bezzaf dyal l3onf raqmi", True),
    ],
)
def test_shipped_queries_ask_x_for_morocco_only(text: str, expected: bool) -> None:
    topic = load_campaigns()["safe-online-morocco"].topic_query
    tests = [compile_query(query.text) for query in compile_x(topic)]
    assert any(test(post(text)) for test in tests) is expected


@pytest.mark.parametrize(
    "query",
    [
        "",
        "(a",
        "a)",
        "a OR",
        "OR a",
        "a and b",
        "a AND b",
        "min_retweets:5 a",
        "is:popular a",
        "lang:fr",
        "-is:retweet",
        "-a",
        "()",
        'a "',
        "a -",
        "!!!",
    ],
)
def test_refuses(query: str) -> None:
    with pytest.raises(QueryError):
        compile_query(query)
