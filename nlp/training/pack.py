"""Quantise the parts and write the files of a weights folder."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp.features import COLUMNS
from nlp.heads import FORMAT, MODEL_FILE, WEIGHTS_FILE
from nlp.parts import FRENCH_FILE, NETWORK_FILE, SPELLINGS_FILE, TABLES
from nlp.respell import save_counterparts
from nlp.training.assemble import Model
from nlp.training.learn import Head

NAME: Final = "sada-embedded"
RELEASE: Final = "3.0"
CLIPPED: Final = 0.9999
"""Share of a column's non-zero weights that keep their size; the few larger ones are cut."""

Floats = NDArray[np.float32]


def pack(folder: Path, model: Model) -> None:
    """Write the files of a weights folder (`nlp.parts`). The version ends in a digest of all of
    them, so that other weights are another version."""
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder / WEIGHTS_FILE, _linear(model.heads))
    _save(folder / NETWORK_FILE, _network(model.network))
    nets = {
        f"net{number}.{name}": value.astype(np.float16)
        for number, net in enumerate(model.french)
        for name, value in net.items()
    }
    _save(folder / FRENCH_FILE, {**model.vectors, **nets})
    save_counterparts(folder / SPELLINGS_FILE, model.counterparts)
    files = (WEIGHTS_FILE, NETWORK_FILE, FRENCH_FILE, SPELLINGS_FILE)
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in files)).hexdigest()
    description = {
        "format": FORMAT,
        "name": NAME,
        "version": f"{RELEASE}-{digest[:8]}",
        "heads": {name: list(model.classes[name]) for name in model.heads},
        **model.facts(),
    }
    text = json.dumps(description, indent=2, ensure_ascii=False)
    (folder / MODEL_FILE).write_text(text + "\n", encoding="utf-8")


def _save(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def _linear(heads: Mapping[str, Head]) -> dict[str, NDArray[Any]]:
    matrix = np.concatenate([head.weights for head in heads.values()], axis=1)
    bias = np.concatenate([head.intercept for head in heads.values()]).astype(np.float32)
    columns, scale = quantise(matrix)
    assert columns.shape[0] == COLUMNS  # noqa: S101 - a wrong shape must not be shipped
    return {"columns": columns, "scale": scale, "bias": bias}


def _network(arrays: Mapping[str, Floats]) -> dict[str, NDArray[Any]]:
    packed: dict[str, NDArray[Any]] = {}
    for name, value in arrays.items():
        if name not in TABLES:
            packed[name] = value.astype(np.float16)
            continue
        scale = (np.abs(value).max(axis=1) / 127).astype(np.float16)
        steps = np.rint(value / np.maximum(scale.astype(np.float32), 1e-8)[:, None])
        packed[name] = np.clip(steps, -127, 127).astype(np.int8)
        packed[f"{name}.scale"] = scale
    return packed


def quantise(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """int8 columns and their scales: `columns * scale` is about `matrix`."""
    scale = np.zeros(matrix.shape[1], np.float32)
    for column in range(matrix.shape[1]):
        sizes = np.abs(matrix[:, column])
        used = sizes[sizes > 0]
        scale[column] = np.quantile(used, CLIPPED) / 127 if len(used) else 1
    columns = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
    return columns, scale
