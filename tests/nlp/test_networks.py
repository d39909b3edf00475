"""The networks' arithmetic: any texts, in any company, and the same as torch computes."""

import numpy as np
import pytest

from nlp.batch import TextBatch, Vocabulary, mixed
from nlp.embedded import WEIGHTS
from nlp.french import French, WordVectors
from nlp.network import MAX_WORDS, Network
from nlp.parts import load_parts
from nlp.words import BONE_ROWS, LETTER_ROWS, bone_features, letter_features

split = TextBatch.split
PARTS = load_parts(WEIGHTS)
TEXTS = ["هاد الحمله زوينه بزاف", "", "zwina", "had chi khayb bzaf ! !", "😡", "كلمه " * 300]


def _arrays(width: int = 8, hidden: int = 6) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    size = 2 * width + 3 * hidden
    return {
        "letters": drawn(LETTER_ROWS, width),
        "bones": drawn(BONE_ROWS, width),
        "near.weight": drawn(hidden, width, 3),
        "near.bias": drawn(hidden),
        "wide.weight": drawn(hidden, hidden, 3),
        "wide.bias": drawn(hidden),
        "attention.weight": drawn(1, hidden),
        "attention.bias": drawn(1),
        "head.sentiment.weight": drawn(3, size),
        "head.sentiment.bias": drawn(3),
    }


def test_a_text_reads_the_same_alone_and_in_company() -> None:
    together = PARTS.network.scores(split(TEXTS))["sentiment"]
    alone = np.concatenate([PARTS.network.scores(split([text]))["sentiment"] for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-4)
    assert np.isfinite(together).all()


def test_only_the_first_words_are_read() -> None:
    net = Network(_arrays())
    long = " ".join(f"word{i}" for i in range(MAX_WORDS))
    assert np.array_equal(
        net.scores(split([long]))["sentiment"], net.scores(split([f"{long} x"]))["sentiment"]
    )


def test_word_order_matters() -> None:
    scores = PARTS.network.scores(split(["ماشي زوين والو", "والو زوين ماشي"]))["sentiment"]
    assert not np.allclose(scores[0], scores[1], atol=1e-3)


def test_both_scripts_share_their_bones() -> None:
    assert (bone_features(["زوين"]) != bone_features(["zwin"])).nnz == 0
    assert (letter_features(["زوين"]) != letter_features(["zwin"])).nnz > 0


def test_features_of_a_word_sum_to_one() -> None:
    words = ["زوين", "a", "😡", "anticonstitutionnellement"]
    assert np.allclose(letter_features(words).sum(axis=1), 1)


def test_numpy_computes_what_torch_trained() -> None:
    torch = pytest.importorskip("torch", reason="torch is only needed for training")
    from nlp.training.learn import Example
    from nlp.training.network import Plan, Task, train

    found = [Example(t, "pos", 1.0, "a/latn") for t in ("zwin bzaf", "wa3er")]
    found += [Example(t, "neg", 1.0, "a/latn") for t in ("khayb bzaf", "walo ! !")]
    seen = []
    task = Task("sentiment", ("neg", "pos"), found * 8, "a/latn")
    plan = Plan(width=8, hidden=6, epochs=12, batch=8, respelt=0.0)
    arrays = train([task], plan, str, lambda epoch, arrays: seen.append(epoch))
    scores = Network(arrays).scores(split([example.text for example in found]))["sentiment"]
    assert scores.argmax(axis=1).tolist() == [1, 1, 0, 0]
    assert seen == list(range(12))
    again = train([task], plan, str)
    assert all(np.array_equal(arrays[name], again[name]) for name in arrays)
    assert torch.get_num_threads() >= 1


def _vectors(words: list[str]) -> WordVectors:
    keys = mixed(Vocabulary(words).hashes).astype(np.uint32)
    order = np.argsort(keys)
    table = np.arange(len(words) * 4, dtype=np.int8).reshape(-1, 4)
    return WordVectors(
        {
            "keys": keys[order],
            "rows": order.astype(np.uint16),
            "table": table,
            "scale": np.full(len(words), 0.5, np.float32),
        }
    )


def test_words_are_found_by_their_hash() -> None:
    vectors = _vectors(["honte", "bravo", "loi"])
    assert vectors.find(Vocabulary(["bravo", "inconnu", "loi", "honte"])).tolist() == [1, -1, 2, 0]
    assert vectors.take(np.array([1])).tolist() == [[2.0, 2.5, 3.0, 3.5]]
    assert vectors.find(Vocabulary([])).tolist() == []


def test_french_without_a_known_word_is_undecided() -> None:
    found = PARTS.french.probabilities(split(["xqzzw", "", "quelle honte"]))
    assert np.allclose(found[:2], 1 / 3)
    assert found[2].argmax() == 0
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


def test_words_never_labelled_are_known_by_their_neighbours() -> None:
    """« ignominieux » is in no labelled corpus of ours; its vector tells."""
    found = PARTS.french.probabilities(
        split(["un comportement ignominieux", "un moment inoubliable"])
    )
    assert found.argmax(axis=1).tolist() == [0, 2]


def test_french_reads_any_batch_alike() -> None:
    texts = ["bravo à toutes", "quelle honte", "", "réunion mardi"]
    together = PARTS.french.probabilities(split(texts))
    alone = np.concatenate([PARTS.french.probabilities(split([text])) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)
    assert isinstance(PARTS.french, French)
