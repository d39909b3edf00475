"""The training, from corpora of a few invented rows to a weights folder that classifies."""

import csv
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from bench.nlp.__main__ import BEGIN, END
from bench.nlp.__main__ import main as bench
from nlp.batch import TextBatch, Vocabulary
from nlp.embedded import EmbeddedModel
from nlp.features import COLUMNS, featurize
from nlp.french import WordVectors
from nlp.heads import MODEL_FILE, WEIGHTS_FILE
from nlp.numbers import softmax
from nlp.parts import FRENCH_FILE, NETWORK_FILE, SPELLINGS_FILE, load_parts
from nlp.text import normalize
from nlp.training import lexicon
from nlp.training.__main__ import main
from nlp.training.calibrate import as_logit, calibration_error, cooled, temperature
from nlp.training.corpora import CorpusError, Row, reader
from nlp.training.learn import Head, balanced, examples, word_examples
from nlp.training.measure import SENTIMENT_TESTS
from nlp.training.pack import quantise
from nlp.training.recipes import FRENCH_SENTIMENT, RECIPES, Source
from nlp.training.solver import Problem, solve
from nlp.training.vectors import PACKAGE, VectorsError, french_vectors, murmur

WORDS = {
    "neg": "mauvais triste nul خايب khayb",
    "neu": "réunion mardi horaire عادي 3adi",
    "pos": "merveilleux bravo super زوين zwin",
    "off": "vilain grossier خايب khayb",
    "not": "bonjour merci زوين zwin",
    "fr": "le chat dort dans la maison",
    "en": "the cat sleeps in the house",
    "es": "el gato duerme en la casa",
    "ary-Latn": "lmochcha na3sa fdar",
    "ber-Latn": "amcic yeṭṭes deg wexxam",
    "ary-Arab": "المشة ناعسة فالدار ديالي",
    "arb": "تنام القطة في المنزل",
    "ber-Tfng": "ⴰⵎⵓⵛ ⵉⵟⵟⵙ",
}
VARIETIES = {"msa": "arb", "egypt": "arb", "gulf": "arb", "levant": "arb"}
QADI = {"MA": "ary-Arab", "MSA": "arb", "DZ": "arb", "EG": "arb", "SA": "arb"}
HATECHECK = {"hateful": "off", "non-hateful": "not"}


def _write(path: Path, rows: Iterable[tuple[str, str, str]], columns: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns.split())
        table.writerows(rows)


def _rows(labels: Iterable[str], last: str = "") -> list[tuple[str, str, str]]:
    known = VARIETIES | QADI | HATECHECK
    rows = []
    for label in labels:
        words = WORDS[known.get(label, label)].split()
        for number in range(len(words) * 2):
            text = f"{words[number % len(words)]} {words[(number + 1) % len(words)]} no {number}"
            script = "arab" if "\u0600" <= text[0] <= "\u06ff" else "latn"
            rows.append((text, label, script, *([last] if last else [])))
    return rows


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every corpus that the recipes and the measures ask for."""
    folder = tmp_path_factory.mktemp("corpora")
    labels = {
        "sib200": ["fr", "en", "es", "ary-Latn", "ber-Latn", "ary-Arab", "arb", "ber-Tfng"],
        "mac_variety": ["ary-Arab", "arb"],
        "arsarcasm_variety": list(VARIETIES),
        "qadi": list(QADI),
        "doda_ary-Latn": ["ary-Latn"],
        "doda_ary-Arab": ["ary-Arab"],
    }
    by_task = {"sentiment": ["neg", "neu", "pos"], "offensive": ["not", "off"]}

    def write(task: str, name: str, split: str, extra: str = "") -> None:
        rows = _rows(labels.get(name, by_task.get(task, [])), "0" if extra else "")
        _write(folder / task / f"{name}.{split}.csv.gz", rows, f"text label script {extra}")

    for recipe in RECIPES:
        for source in recipe.sources:
            write(source.task, source.name, "train")
    for name in SENTIMENT_TESTS:
        write("sentiment", name, "dev")
        write("sentiment", name, "test")
    write("offensive", "omcd", "test", "in_train")
    for name in ("sib200", "qadi", "doda_ary-Latn", "doda_ary-Arab"):
        write("language", name, "test")
    for name in ("multilingual_hatecheck_fr", "multilingual_hatecheck_ar"):
        rows = _rows(HATECHECK, "counter_quote_nh")
        _write(folder / "offensive" / f"{name}.test.csv.gz", rows, "text label script func")
    pairs = folder / "language" / "doda_pairs.test.csv.gz"
    _write(pairs, [("zwin", "زوين", ""), ("khayb", "خايب", "")], "latn arab none")
    return folder


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A package of French word vectors in the form of spaCy's, with a few words."""
    msgpack = pytest.importorskip("msgpack", reason="only the training needs msgpack")
    folder = tmp_path_factory.mktemp("packages")
    vocabulary = folder / PACKAGE / f"{PACKAGE}-3.8.0" / "vocab"
    vocabulary.mkdir(parents=True)
    (folder / PACKAGE / "__init__.py").touch()
    words = [
        "Bravo",
        "bravo",
        "super",
        "merveilleux",
        "triste",
        "nul",
        "mauvais",
        "New York",
        "réunion",
    ]
    rng = np.random.default_rng(0)
    with (vocabulary / "vectors").open("wb") as file:
        np.save(file, rng.normal(size=(len(words), 300)).astype(np.float32))
    rows = {murmur(word.encode()): row for row, word in enumerate(words)}
    (vocabulary / "key2row").write_bytes(msgpack.packb(rows))
    (vocabulary / "strings.json").write_text(json.dumps([*words, "unbekannt"]), encoding="utf-8")
    sys.path.insert(0, str(folder))
    yield vocabulary
    sys.path.remove(str(folder))


def test_murmur_is_the_hash_that_spacy_writes() -> None:
    assert murmur(b"apple") == 8566208034543834098  # spaCy's documentation gives this number


def test_french_vectors_are_read_without_spacy(vectors: Path) -> None:
    arrays = french_vectors()
    words = WordVectors(arrays)
    assert words.find(Vocabulary(["bravo", "york", "unbekannt"]))[1:].tolist() == [-1, -1]
    raw = np.load(vectors / "vectors")[1]  # "bravo" as it is written, not "Bravo"
    found = words.take(words.find(Vocabulary(["bravo"])))[0]
    assert np.corrcoef(raw, found)[0, 1] > 0.999


def test_missing_vectors_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.training.vectors.find_spec", lambda name: None)
    with pytest.raises(VectorsError, match="pip install"):
        french_vectors()


@pytest.fixture(scope="module")
def trained(corpora: Path, vectors: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch", reason="only the training needs torch")
    out = tmp_path_factory.mktemp("weights")
    assert main(["--corpora", str(corpora), "--out", str(out)]) == 0
    return out


def test_a_training_learns(trained: Path) -> None:
    model = EmbeddedModel(load_parts(trained))
    found = model.annotate(["bravo merveilleux", "triste mauvais", "the cat in the house"])
    assert [a.label for a in found[:2]] == ["pos", "neg"]
    assert found[2].language == "en"


def test_a_training_can_be_repeated_to_the_byte(
    corpora: Path, trained: Path, tmp_path: Path
) -> None:
    assert main(["--corpora", str(corpora), "--out", str(tmp_path)]) == 0
    for name in (WEIGHTS_FILE, NETWORK_FILE, FRENCH_FILE, SPELLINGS_FILE, MODEL_FILE):
        assert (tmp_path / name).read_bytes() == (trained / name).read_bytes()


def test_the_card_names_corpora_licences_and_failures(trained: Path) -> None:
    text = (trained / "README.md").read_text(encoding="utf-8")
    for expected in (
        "Intended use",
        "Known failures",
        "CC BY-NC 4.0",
        "afrisenti_ary",
        "none stated",
    ):
        assert expected in text


def test_the_bench_prints_and_writes(
    corpora: Path, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    asked = ["--corpora", str(corpora), "--weights", str(trained), "--write", str(page)]
    assert bench(asked) == 0
    printed = capsys.readouterr().out
    assert "posts/s" in printed
    assert "Confusions" in printed
    written = page.read_text(encoding="utf-8")
    assert written.startswith(f"before\n{BEGIN}\n")
    assert written.endswith(f"{END}\nafter\n")
    assert "old" not in written


def test_missing_corpora_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpora", str(tmp_path / "none"), "--out", str(tmp_path)]) == 1
    assert "--corpora" in capsys.readouterr().err


def test_a_corpus_without_labels_is_named(tmp_path: Path) -> None:
    _write(tmp_path / "sentiment" / "x.train.csv.gz", [("a", "b", "c")], "text tag script")
    with pytest.raises(CorpusError, match="label"):
        reader(tmp_path)("sentiment", "x", "train")


def test_forbidden_corpora_are_never_trained_on() -> None:
    names = {s.name for recipe in RECIPES for s in (*recipe.sources, *recipe.adapt_to)}
    assert not {name for name in names if "doda" in name or "hatecheck" in name or "qadi" in name}


def test_rows_with_emoji_are_learnt_twice_at_half_weight() -> None:
    rows = (Row("bravo 😂", "pos", "latn"), Row("nul", "neg", "latn"), Row("نعم", "pos", "arab"))
    source = Source("sentiment", "x", 2.0, script="latn")
    found = examples([source], lambda *_: rows, without_emoji=True)
    assert [(e.text, e.label, e.weight) for e in found] == [
        ("bravo 😂", "pos", 1.0),
        ("bravo", "pos", 1.0),
        ("nul", "neg", 2.0),
    ]
    assert examples([source], lambda *_: rows, True, without=frozenset({"x"})) == []


LEXICONS = [lexicon.FRENCH, lexicon.ARABIC, lexicon.ARABIZI, lexicon.FRENCH_ABUSE]


@pytest.mark.parametrize("words", LEXICONS)
def test_each_word_of_the_lexicon_has_one_feeling(words: dict[str, str]) -> None:
    read = [normalize(word) for listed in words.values() for word in listed.split()]
    assert len(set(read)) >= 0.95 * len(read)  # spellings that the normaliser makes one
    by_label = [{normalize(word) for word in listed.split()} for listed in words.values()]
    assert len(set().union(*by_label)) == sum(map(len, by_label))
    assert all(" " not in word for word in read)


def test_words_are_rows_of_a_corpus_of_their_own() -> None:
    found = word_examples(FRENCH_SENTIMENT)
    assert {example.corpus for example in found} == {"lexicon"}
    assert ("honteux", "neg") in {(example.text, example.label) for example in found}
    assert ("violence", "neu") in {(example.text, example.label) for example in found}


def _problem(labels: list[int], corpora: list[int], allowed: list[list[bool]]) -> Problem:
    texts = [["bon jour", "mal nuit", "rien ici"][label] for label in labels]
    return Problem(
        featurize(TextBatch.split(texts)),
        np.array(labels),
        np.ones(len(labels)),
        np.array(corpora),
        np.array(allowed),
    )


def test_the_solver_separates_what_can_be_separated() -> None:
    problem = _problem([0, 1, 2] * 4, [0] * 12, [[True] * 3])
    found = solve(problem, 1e-4, 60)
    scores = problem.features @ found.weights + found.intercepts[0]
    assert softmax(scores).argmax(axis=1).tolist() == problem.labels.tolist()


def test_a_two_class_corpus_says_nothing_about_the_third_class() -> None:
    problem = _problem([0, 1] * 4, [0] * 8, [[True, True, False]])
    found = solve(problem, 1e-4, 60)
    np.testing.assert_allclose(found.weights[:, 2], 0, atol=1e-6)
    assert found.weights.shape == (COLUMNS, 3)


def test_adaptation_stays_near_its_start() -> None:
    problem = _problem([0, 1] * 4, [0] * 8, [[True, True, False]])
    start = np.full((COLUMNS, 3), 0.25, np.float32)
    found = solve(problem, 1e3, 20, start)
    np.testing.assert_allclose(found.weights, start, atol=1e-3)


def test_class_shares_go_to_the_intercept_of_their_corpus() -> None:
    labels = [0] * 9 + [1] + [0] + [1] * 9
    texts = ["mot"] * 20
    problem = Problem(
        featurize(TextBatch.split(texts)),
        np.array(labels),
        np.ones(20),
        np.array([0] * 10 + [1] * 10),
        np.array([[True, True], [True, True]]),
    )
    found = solve(problem, 1.0, 80)
    shares = softmax(problem.features[:1] @ found.weights + found.intercepts)
    np.testing.assert_allclose(shares[:, 0], [0.9, 0.1], atol=0.02)


def test_temperature_finds_the_scale() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(4000, 3)).astype(np.float32)
    truth = (scores + rng.gumbel(size=scores.shape)).argmax(axis=1)  # drawn from softmax(scores)
    assert temperature(3 * scores, truth) == pytest.approx(3, rel=0.15)
    head = cooled(Head(scores[:, :2] * 2, scores[0, :2]), 2.0)
    np.testing.assert_allclose(head.weights, scores[:, :2])


def test_as_logit_is_the_difference() -> None:
    head = as_logit(Head(np.array([[1, 4]], np.float32), np.array([0.5, 0.25], np.float32)))
    assert head.weights.tolist() == [[3]]
    assert head.intercept.tolist() == [-0.25]


def test_calibration_error_of_known_cases() -> None:
    sure, right = np.full(100, 0.9), np.arange(100) < 90
    assert calibration_error(sure, right) == pytest.approx(0)
    assert calibration_error(sure, ~right) == pytest.approx(0.8)


def test_french_rows_are_left_out_of_arabizi() -> None:
    rows = (Row("bravo pour cette belle vidéo", "pos", "latn"), Row("zwin bzaf", "pos", "latn"))
    source = Source("sentiment", "x", label="ary-Latn", no_european=True)
    assert [e.text for e in examples([source], lambda *_: rows, False)] == ["zwin bzaf"]


def test_balanced_classes_weigh_the_same_in_each_corpus() -> None:
    labels, owners = np.array([0, 0, 0, 1, 0, 1]), np.array([0, 0, 0, 0, 1, 1])
    even = balanced(np.ones(6), labels, owners, np.ones((2, 2), dtype=bool))
    np.testing.assert_allclose(even, [2 / 3, 2 / 3, 2 / 3, 2, 1, 1])


def test_quantised_weights_are_near() -> None:
    rng = np.random.default_rng(1)
    matrix = rng.uniform(-1, 1, size=(5000, 2)).astype(np.float32)
    matrix[:, 1] = 0
    columns, scale = quantise(matrix)
    assert columns.dtype == np.int8
    np.testing.assert_allclose(columns * scale, matrix, atol=float(scale[0]))
