"""The commonest content words of texts, with the texts that have them."""

from nlp.topics.frequent import frequent_words


def test_spellings_go_together_and_stop_words_do_not_count() -> None:
    texts = ["Appelle le 8350, la campagne !", "la Campagne est belle", "campagnes", "les autres"]
    found = dict(frequent_words(texts, least=2))
    assert found == {"campagne": [0, 1, 2]}


def test_a_text_counts_once_and_the_commonest_come_first() -> None:
    texts = ["quartier quartier chantage", "quartier", "chantage quartier", "rien"]
    assert frequent_words(texts, least=2) == [("quartier", [0, 1, 2]), ("chantage", [0, 2])]
    assert frequent_words(texts, least=2, most=1) == [("quartier", [0, 1, 2])]
    assert frequent_words([], least=1) == []
