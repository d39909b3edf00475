"""Which of a model's files is run: an exported graph first, else weights in safetensors."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from nlp.hub.errors import ModelUnfit
from nlp.recipe import Part

EXPORTED: Final = (
    "model.onnx",
    "onnx/model.onnx",
    "model_optimized.onnx",
    "onnx/model_optimized.onnx",
    "model_quantized.onnx",
    "onnx/model_quantized.onnx",
    "model_int8.onnx",
    "onnx/model_int8.onnx",
    "model_uint8.onnx",
    "onnx/model_uint8.onnx",
    "onnx/model_qint8_avx512_vnni.onnx",
    "onnx/model_quint8_avx2.onnx",
)
"""Names that exporters give, exact ones before quantised ones."""
SAFE: Final = ("model.safetensors", "model.safetensors.index.json")
COMPANIONS: Final = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "sentencepiece.bpe.model",
    "spiece.model",
    "spm.model",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
    "bpe.codes",
)
"""Small files that say how texts become tokens and what the classes are called."""
_SHARD = re.compile(r"model-\d{5}-of-\d{5}\.safetensors")
_PICKLE = re.compile(r"[^/]+\.(?:bin|pt|pth|ckpt|pkl|h5|msgpack)")


@dataclass(frozen=True, slots=True)
class Choice:
    """The weights to run, by their names inside the model's folder."""

    runtime: Literal["onnxruntime", "torch"]
    weights: str
    files: tuple[str, ...]
    """`weights` and what it refers to: external data of a graph, shards."""


def choose(part: Part, files: Sequence[str]) -> Choice:
    """The weights to run among a model's files.

    Raises:
        ModelUnfit: there are none, or only such as could run code (pickle).
    """
    if part.file:
        return _asked(part, files)
    for name in EXPORTED:
        if name in files:
            return _exported(name, files)
    others = [name for name in files if name.endswith(".onnx")]
    if len(others) == 1:
        return _exported(others[0], files)
    for name in SAFE:
        if name in files:
            return _safe(name, files)
    if others:
        raise ModelUnfit(
            f"{part.model}: several exported models ({', '.join(sorted(others)[:8])}). Say which"
            " with SADA_NLP__ONNX_FILE."
        )
    raise ModelUnfit(_nothing_to_run(part, files))


def downloads(choice: Choice, files: Sequence[str]) -> list[str]:
    """The files of a hub model that are needed here, and no others."""
    return sorted({*choice.files, *(name for name in COMPANIONS if name in files)})


def _asked(part: Part, files: Sequence[str]) -> Choice:
    # Of weights for torch, transformers reads those under their usual names and no others.
    runnable = [name for name in files if name.endswith(".onnx") or name in SAFE]
    if part.file not in runnable:
        known = ", ".join(runnable)
        raise ModelUnfit(
            f"SADA_NLP__ONNX_FILE: {part.model} has no '{part.file}' to run. It has:"
            f" {known or 'none'}."
        )
    if part.file.endswith(".onnx"):
        return _exported(part.file, files)
    return _safe(part.file, files)


def _exported(name: str, files: Sequence[str]) -> Choice:
    beside = (f"{name}_data", f"{name}.data")
    return Choice("onnxruntime", name, (name, *(one for one in beside if one in files)))


def _safe(name: str, files: Sequence[str]) -> Choice:
    shards = [one for one in files if _SHARD.fullmatch(one)] if name.endswith(".json") else []
    return Choice("torch", name, (name, *sorted(shards)))


def _nothing_to_run(part: Part, files: Sequence[str]) -> str:
    unsafe = sorted(name for name in files if _PICKLE.fullmatch(name))
    if unsafe:
        return (
            f"{part.model}: its weights are only in {', '.join(unsafe[:3])}, a form that can run"
            " code and that Sada never loads. Convert them once to safetensors or ONNX"
            " (docs/how-to/hub-models.md)."
        )
    return (
        f"{part.model}: holds no model to run. Needed: model.onnx, onnx/model.onnx or"
        " model.safetensors, with config.json and tokenizer.json."
    )
