"""Weights in safetensors, run by torch: needs the extra `sada[transformers]`."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.hub.classifier import load_classifier
from nlp.hub.composed import load_composed
from nlp.hub.errors import ModelUnfit
from nlp.hub.place import Place
from nlp.hub.prepare import prepare
from nlp.hub.process import ProcessModel
from nlp.recipe import Part, Recipe
from tests.nlp.hub.hub_made import SENTIMENT, VOCABULARY, make_tokenizer
from tests.nlp.hub.test_composed import HARD

torch = pytest.importorskip(
    "torch", reason="torch is not installed: it comes with the extra sada[transformers]"
)

TEXTS = ["bravo", "honte mardi", "zwina " * 30, "merci @quelqu_un https://a.example", "pute"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """XLM-R with two layers and random weights, saved as transformers saves."""
    from transformers import XLMRobertaConfig, XLMRobertaForSequenceClassification

    path = tmp_path_factory.mktemp("models") / "tiny-xlm-r"
    path.mkdir()
    torch.manual_seed(7)
    config = XLMRobertaConfig(
        vocab_size=len(VOCABULARY), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=66, pad_token_id=1,
        id2label=dict(enumerate(SENTIMENT)), num_labels=3, initializer_range=0.5,
    )  # fmt: skip
    XLMRobertaForSequenceClassification(config).eval().save_pretrained(path)
    facts = json.loads((path / "config.json").read_text(encoding="utf-8"))
    make_tokenizer(path, SENTIMENT, config=facts)
    return path


def expected(folder: Path, text: str) -> list[float]:
    from transformers import XLMRobertaForSequenceClassification

    from tests.nlp.hub.hub_made import tokenizer

    model = XLMRobertaForSequenceClassification.from_pretrained(folder, local_files_only=True)
    ids = torch.tensor([tokenizer().encode(prepare(text)).ids])
    with torch.inference_mode():
        scores: Any = model.eval()(input_ids=ids).logits
    return list(scores.softmax(-1)[0].tolist())


def test_answers_are_those_of_transformers(folder: Path, place: Place) -> None:
    model = load_composed(Recipe((Part("sentiment", str(folder)),)), place)
    for text, found in zip(TEXTS, model.annotate(TEXTS), strict=True):
        assert [found.neg, found.neu, found.pos] == pytest.approx(expected(folder, text), abs=1e-5)
    assert len({round(one.pos, 3) for one in model.annotate(TEXTS)}) > 2


def test_it_says_that_torch_runs_it(folder: Path, place: Place) -> None:
    facts = load_classifier(Part("sentiment", str(folder)), place, 256).facts
    assert (facts.runtime, facts.file, facts.longest) == ("torch", "model.safetensors", 64)


def test_hard_texts_get_an_answer_in_its_own_process(folder: Path, place: Place) -> None:
    with ProcessModel(Recipe((Part("sentiment", str(folder)),)), place) as model:
        found = model.annotate([*HARD, *TEXTS])
    for one in found:
        assert one.neg + one.neu + one.pos == pytest.approx(1, abs=1e-9)


def test_pickled_weights_are_refused_even_where_torch_could_read_them(
    folder: Path, place: Place, tmp_path: Path
) -> None:
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    torch.save({}, tmp_path / "pytorch_model.bin")
    with pytest.raises(ModelUnfit, match="a form that can run code"):
        load_composed(Recipe((Part("sentiment", str(tmp_path)),)), place)


def test_code_of_the_model_is_not_run(folder: Path, place: Place, tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    facts = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    auto = {"AutoConfig": "evil.C", "AutoModelForSequenceClassification": "evil.M"}
    facts |= {"model_type": "evil", "auto_map": auto}
    (tmp_path / "config.json").write_text(json.dumps(facts), encoding="utf-8")
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(ModelUnfit, match="cannot load it as a 'evil' classifier"):
        load_composed(Recipe((Part("sentiment", str(tmp_path)),)), place)
    assert not (tmp_path / "ran").exists()
