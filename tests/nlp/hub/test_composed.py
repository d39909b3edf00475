"""Hub models with tiny exported networks: their answers, beside the embedded model's."""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.annotation import LABELS, LANGUAGES, Annotation
from nlp.embedded import load_embedded
from nlp.hub.classifier import BATCH, BATCH_TOKENS, by_length, load_classifier
from nlp.hub.composed import ComposedModel, load_composed
from nlp.hub.errors import ModelError, ModelUnfit
from nlp.hub.place import Place
from nlp.recipe import Part, Recipe
from tests.nlp.hub.hub_made import SENTIMENT, WORDS, make_model, make_tokenizer

EMBEDDED = load_embedded()
HARD = [
    "", " ", "\x00", "a\x00b", "\ud800", "ok \udfff \ud83d", "\ud83d\ude00", "😂❤️👍🏽",
    "https://a.example http://b.example", "⟨link⟩", "\u200b\u200c\ufeff", "bravo " * 2_000,
    "x" * 10_000, "\u202eabc\u202c مزيان \u2066merci\u2069", "\u0301" * 10_000, "\U0010ffff\uffff",
]  # fmt: skip


@pytest.fixture(scope="session")
def both(feelings: Path, offences: Path, tmp_path_factory: pytest.TempPathFactory) -> ComposedModel:
    parts = (Part("sentiment", str(feelings)), Part("offensive", str(offences)))
    return load_composed(Recipe(parts), Place(tmp_path_factory.mktemp("cache"), offline=True))


def alone(folder: Path, place: Place, task: Any = "sentiment", **fields: Any) -> ComposedModel:
    return load_composed(Recipe((Part(task, str(folder), **fields),)), place)


def _sound(annotation: Annotation) -> None:
    chances = (annotation.neg, annotation.neu, annotation.pos)
    assert annotation.language in LANGUAGES
    assert annotation.label == LABELS[chances.index(max(chances))]
    assert sum(chances) == pytest.approx(1, abs=1e-9)
    assert all(0 <= chance <= 1 for chance in (*chances, annotation.offensive))


def test_each_task_is_answered_by_its_own_model(both: ComposedModel) -> None:
    bravo, shame, insult = both.annotate(["Bravo zwina", "HONTE honte", "pute"])
    assert (bravo.label, shame.label) == ("pos", "neg")
    assert (bravo.is_offensive, insult.is_offensive) == (False, True)
    languages = [one.language for one in EMBEDDED.annotate(["Bravo zwina", "HONTE honte", "pute"])]
    assert [bravo.language, shame.language, insult.language] == languages


def test_probabilities_are_those_of_the_network(both: ComposedModel) -> None:
    # <s> bravo honte </s>: the mean of (0 0 4) and (4 0 0) over four tokens, times 8
    (found,) = both.annotate(["bravo honte"])
    exact = np.exp([8, 0, 8])
    assert [found.neg, found.neu, found.pos] == pytest.approx(list(exact / exact.sum()), abs=1e-6)


def test_padding_and_company_change_nothing(both: ComposedModel) -> None:
    texts = ["bravo", "honte " * 30, "mardi mardi", "pute 3ib"] * 20
    together = both.annotate(texts)
    for text, found in list(zip(texts, together, strict=True))[:4]:
        (single,) = both.annotate([text])
        assert single.pos == pytest.approx(found.pos, abs=1e-6)
        assert single.offensive == pytest.approx(found.offensive, abs=1e-6)


def test_what_says_nothing_keeps_the_embedded_answer(both: ComposedModel) -> None:
    for text in ("", "⟨account⟩ ⟨link⟩", "\u200b"):
        assert both.annotate([text]) == EMBEDDED.annotate([text])


def test_masks_are_read_as_the_model_knows_them(feelings: Path, place: Place) -> None:
    model = load_classifier(Part("sentiment", str(feelings)), place, 64)
    read: list[list[int]] = []
    network = model._network
    model._network = lambda ids, mask: (read.extend(ids.tolist()), network(ids, mask))[1]
    ComposedModel(EMBEDDED, [model]).annotate(["bravo ⟨account⟩ ⟨link⟩"])
    assert read == [[0, 4, 11, 12, 2]]  # <s> bravo @user http </s>


def test_a_text_is_cut_to_what_the_model_can_read(tmp_path: Path, place: Place) -> None:
    folder = make_model(tmp_path / "short", positions=10)  # less padding's number and one: 8
    assert load_classifier(Part("sentiment", str(folder)), place, 256).facts.longest == 8
    (found,) = alone(folder, place).annotate(["mardi " * 6 + "honte " * 100])
    assert found.label == "neu"


def test_each_distinct_text_is_computed_once(feelings: Path, place: Place) -> None:
    model = load_classifier(Part("sentiment", str(feelings)), place, 64)
    rows: list[int] = []
    network = model._network
    model._network = lambda ids, mask: (rows.append(len(ids)), network(ids, mask))[1]
    composed = ComposedModel(EMBEDDED, [model])
    found = composed.annotate(["bravo", "honte", "bravo", "@a bravo", "@b bravo"] * 50)
    assert sum(rows) == 3
    assert found[3].pos == found[4].pos != found[0].pos


@given(st.lists(st.integers(1, 600), max_size=200))
def test_batches_hold_texts_of_like_length_and_no_more_than_fits(sizes: list[int]) -> None:
    batches = list(by_length(sizes))
    assert sorted(row for batch in batches for row in batch) == list(range(len(sizes)))
    longest = [sizes[row] for batch in batches for row in batch]
    assert longest == sorted(sizes, reverse=True)
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(sizes[row] for row in batch) <= BATCH_TOKENS
        assert len(batch) <= BATCH


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_get_an_answer(both: ComposedModel, text: str) -> None:
    _sound(both.annotate([text])[0])


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=()), max_size=80), max_size=8))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_batch_gets_sound_answers_in_order(both: ComposedModel, texts: list[str]) -> None:
    found = both.annotate(texts)
    assert len(found) == len(texts)
    for annotation in found:
        _sound(annotation)


def test_several_labels_at_once_count_by_the_most_probable(tmp_path: Path, place: Place) -> None:
    folder = make_model(
        tmp_path / "toxic",
        labels=("toxic", "insult"),
        says={"pute": (4, 1), "3ib": (0, 2), "merci": (-4, -4)},
        config={"problem_type": "multi_label_classification"},
    )
    texts = ["pute", "3ib", "merci merci"]
    for found, score in zip(
        alone(folder, place, "offensive").annotate(texts), (32 / 3, 16 / 3, -16), strict=True
    ):
        assert found.offensive == pytest.approx(1 / (1 + np.exp(-score)), abs=1e-6)


def test_a_language_model_tells_darija_by_its_script(tmp_path: Path, place: Place) -> None:
    folder = make_model(
        tmp_path / "tongue",
        labels=("fr", "darija", "sw"),
        says={"merci": (5, 0, 0), "zwina": (0, 5, 0), "mardi": (0, 0, 5)},
    )
    model = alone(folder, place, "language", labels=(("*", "other"),))
    texts = ["merci", "zwina", "zwina مزيان بزاف هاد", "mardi"]
    languages = [one.language for one in model.annotate(texts)]
    assert languages == ["fr", "ary-Latn", "ary-Arab", "other"]


def test_name_and_version_say_what_answered(
    both: ComposedModel, feelings: Path, place: Place, tmp_path: Path
) -> None:
    assert both.name == "feelings (sentiment) + offences (offensive) + sada-embedded"
    assert both.version.endswith(f"-{EMBEDDED.version}")
    same = alone(feelings, place)
    assert same.version == alone(feelings, place).version
    others = {
        same.version,
        load_composed(Recipe((Part("sentiment", str(feelings)),), 16), place).version,
        alone(feelings, place, labels=(("positive", "neu"), ("neutral", "pos"))).version,
        alone(make_model(tmp_path / "feelings", says={"bravo": (0, 0, 3)}), place).version,
    }
    assert len(others) == 4
    assert all(len(version) <= 100 for version in others)


def test_a_path_of_this_machine_is_in_no_name(both: ComposedModel, feelings: Path) -> None:
    assert not any("/" in told for told in (both.name, both.version))
    assert str(feelings.parent) not in " ".join(both.facts())


def test_half_precision_exports_run(tmp_path: Path, place: Place) -> None:
    folder = make_model(tmp_path / "half", fp16=True)
    assert alone(folder, place).annotate(["bravo"])[0].label == "pos"


@pytest.mark.parametrize(
    ("names", "asked", "runs"),
    [
        (["onnx/model.onnx"], "", "onnx/model.onnx"),
        (["onnx/model_quantized.onnx", "model.onnx"], "", "model.onnx"),
        (["onnx/model_quantized.onnx", "model.onnx"], "onnx/model_quantized.onnx", ""),
        (["onnx/model_quantized.onnx"], "", "onnx/model_quantized.onnx"),
        (["another-name.onnx"], "", "another-name.onnx"),
    ],
)
def test_which_export_runs(
    tmp_path: Path, place: Place, names: Sequence[str], asked: str, runs: str
) -> None:
    for name in names:
        make_model(tmp_path / "several", name=name)
    part = Part("sentiment", str(tmp_path / "several"), file=asked)
    assert load_classifier(part, place, 64).facts.file == (runs or asked)


def _broken(folder: Path, **files: str | None) -> Path:
    make_model(folder)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"config__json": None}, "config.json is missing or cannot be read"),
        ({"config__json": "{"}, "config.json is missing or cannot be read"),
        ({"config__json": '{"id2label": {"a": "neg"}}'}, "config.json holds what cannot be"),
        (
            {"config__json": '{"id2label": {"0": "neg"}, "max_position_embeddings": 1e999}'},
            "config.json holds what cannot be",
        ),
        ({"config__json": "[]"}, "is no JSON object"),
        ({"config__json": "{}"}, "names no labels"),
        ({"model__onnx": "no model"}, "model.onnx cannot be run"),
        ({"tokenizer__json": "{}"}, "tokenizer.json cannot be read"),
        ({"model__onnx": None}, "holds no model to run"),
        ({"model__onnx": None, "pytorch_model__bin": "x"}, "in pytorch_model.bin, a form that can"),
        ({"model__onnx": None, "a__onnx": "x", "b__onnx": "x"}, "Say which with SADA_NLP__ONNX"),
    ],
)
def test_what_is_missing_or_broken_is_named(
    tmp_path: Path, place: Place, files: dict[str, str | None], said: str
) -> None:
    with pytest.raises((ModelUnfit, ModelError), match=re.escape(said)) as error:
        alone(_broken(tmp_path / "broken", **files), place)
    assert "\n" not in str(error.value)


def test_more_scores_than_labels_is_an_error(tmp_path: Path, place: Place) -> None:
    folder = make_model(tmp_path / "strange")
    make_tokenizer(folder, (*SENTIMENT, "positive"))
    with pytest.raises(ModelUnfit, match="gives 3 scores for 4 labels"):
        alone(folder, place).annotate(["bravo"])


def test_a_network_that_gives_no_numbers_is_an_error(tmp_path: Path, place: Place) -> None:
    folder = make_model(tmp_path / "nan", says={"bravo": (float("nan"), 0, 0)})
    with pytest.raises(ModelError, match="NaN"):
        alone(folder, place).annotate(["bravo"])


def test_several_labels_are_no_sentiment(tmp_path: Path, place: Place) -> None:
    config = {"problem_type": "multi_label_classification"}
    with pytest.raises(ModelUnfit, match="no sentiment that adds up to one"):
        alone(make_model(tmp_path / "multi", config=config), place)


def test_code_in_a_models_folder_is_never_run(tmp_path: Path, place: Place) -> None:
    config = {"auto_map": {"AutoConfig": "evil.Config"}, "model_type": "evil"}
    folder = make_model(tmp_path / "evil", config=config)
    (folder / "evil.py").write_text("raise SystemExit('run')", encoding="utf-8")
    assert alone(folder, place).annotate(["bravo"])[0].label == "pos"
    assert json.loads((folder / "config.json").read_text())["model_type"] == "evil"


def test_no_texts_no_annotations(both: ComposedModel) -> None:
    assert both.annotate([]) == []


def test_the_digest_tells_a_changed_file(tmp_path: Path, place: Place) -> None:
    folder = make_model(tmp_path / "changing")
    before = load_classifier(Part("sentiment", str(folder)), place, 64).facts.digest
    make_model(folder, says={"bravo": (0, 0, 4.5)})
    assert load_classifier(Part("sentiment", str(folder)), place, 64).facts.digest != before


def test_without_torch_safetensors_are_told_in_one_line(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_model(tmp_path / "safe")
    (folder / "model.onnx").rename(folder / "model.safetensors")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModelError, match=r"needs torch: pip install 'sada\[transformers\]'"):
        alone(folder, place)


def test_a_vocabulary_without_tokenizer_json_is_read_by_transformers(
    tmp_path: Path, place: Place
) -> None:
    folder = make_model(tmp_path / "bert", config={"model_type": "bert"})
    (folder / "tokenizer.json").unlink()
    words = ["[CLS]", "[PAD]", "[SEP]", "[UNK]", *WORDS]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    texts = ["bravo", "honte " * 90, "mardi"]
    assert [one.label for one in alone(folder, place).annotate(texts)] == ["pos", "neg", "neu"]
