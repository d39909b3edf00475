"""Tiny models that really read: a vocabulary of a few words, a network that adds up what each
word says. Small enough to be made for every test, of the same files as the real ones."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

PAD, START, END, UNKNOWN = "<pad>", "<s>", "</s>", "<unk>"
WORDS = ("bravo", "honte", "mardi", "zwina", "3ib", "pute", "merci", "@user", "http", "😂", "!")
VOCABULARY = {word: n for n, word in enumerate((START, PAD, END, UNKNOWN, *WORDS))}

SENTIMENT = ("negative", "neutral", "positive")
FEELINGS = {
    "bravo": (0, 0, 4),
    "zwina": (0, 0, 4),
    "merci": (0, 0, 3),
    "honte": (4, 0, 0),
    "3ib": (4, 0, 0),
    "pute": (3, 0, 0),
    "mardi": (0, 3, 0),
}
OFFENCES = {"pute": (0, 5), "merci": (3, 0), "bravo": (3, 0)}


def tokenizer() -> Tokenizer:
    """Words apart, lower case, `<s> … </s>` around."""
    made = Tokenizer(models.WordLevel(VOCABULARY, unk_token=UNKNOWN))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}",
        special_tokens=[(START, VOCABULARY[START]), (END, VOCABULARY[END])],
    )
    return made


def make_model(
    folder: Path,
    *,
    labels: Sequence[str] = SENTIMENT,
    says: Mapping[str, Sequence[float]] = FEELINGS,
    name: str = "model.onnx",
    positions: int = 66,
    config: Mapping[str, object] = {},
    fp16: bool = False,
) -> Path:
    """A folder with an exported model whose scores are the mean of what its words say."""
    folder.mkdir(parents=True, exist_ok=True)
    make_tokenizer(folder, labels, positions=positions, config=config)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph(len(labels), says, fp16=fp16), str(path))
    return folder


def make_tokenizer(
    folder: Path, labels: Sequence[str], *, positions: int = 66, config: Mapping[str, object] = {}
) -> None:
    facts = {
        "model_type": "xlm-roberta",
        "pad_token_id": VOCABULARY[PAD],
        "max_position_embeddings": positions,
        "id2label": {str(n): label for n, label in enumerate(labels)},
    } | dict(config)
    (folder / "config.json").write_text(json.dumps(facts), encoding="utf-8")
    tokenizer().save(str(folder / "tokenizer.json"))


def graph(classes: int, says: Mapping[str, Sequence[float]], *, fp16: bool = False) -> object:
    """input_ids, attention_mask → logits: 8 times the mean over a text's tokens of each word's
    row, so that padding must be masked to get the right answer."""
    table = np.zeros((len(VOCABULARY), classes), np.float32)
    for word, row in says.items():
        table[VOCABULARY[word]] = row
    table[VOCABULARY[PAD]] = 50  # whoever counts padding is found out
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["vectors"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
        helper.make_node("Mul", ["vectors", "wide"], ["own"]),
        helper.make_node("ReduceSum", ["own", "middle"], ["sum"], keepdims=0),
        helper.make_node("ReduceSum", ["mask", "middle"], ["count"], keepdims=1),
        helper.make_node("Div", ["sum", "count"], ["mean"]),
        helper.make_node("MatMul", ["mean", "weight"], ["scores"]),
        helper.make_node(
            "Cast", ["scores"], ["logits"], to=TensorProto.FLOAT16 if fp16 else TensorProto.FLOAT
        ),
    ]
    shape = ["texts", "tokens"]
    made = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, shape)
            for name in ("input_ids", "attention_mask")
        ],
        [
            helper.make_tensor_value_info(
                "logits", TensorProto.FLOAT16 if fp16 else TensorProto.FLOAT, ["texts", classes]
            )
        ],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(8 * np.eye(classes, dtype=np.float32), "weight"),
            numpy_helper.from_array(np.array([-1]), "last"),
            numpy_helper.from_array(np.array([1]), "middle"),
        ],
    )
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(made, opset_imports=[opset], ir_version=9)
    onnx.checker.check_model(model)
    return model
