"""Quantise the heads and write the two files of a weights folder."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp.features import COLUMNS
from nlp.heads import FORMAT, MODEL_FILE, WEIGHTS_FILE
from nlp.training.learn import Head

NAME: Final = "sada-embedded"
RELEASE: Final = "1.0"
CLIPPED: Final = 0.9999
"""Share of a column's non-zero weights that keep their size; the few larger ones are cut."""

Floats = NDArray[np.float32]


def pack(
    folder: Path,
    heads: Mapping[str, Head],
    classes: Mapping[str, Sequence[str]],
    facts: Mapping[str, Any],
) -> None:
    """Write `weights.npz` and `model.json`. The version ends in a digest of the weights, so
    that other weights are another version."""
    folder.mkdir(parents=True, exist_ok=True)
    matrix = np.concatenate([head.weights for head in heads.values()], axis=1)
    bias = np.concatenate([head.intercept for head in heads.values()]).astype(np.float32)
    columns, scale = quantise(matrix)
    assert columns.shape[0] == COLUMNS  # noqa: S101 - a wrong shape must not be shipped
    np.savez_compressed(folder / WEIGHTS_FILE, columns=columns, scale=scale, bias=bias)
    digest = hashlib.sha256(columns.tobytes() + scale.tobytes() + bias.tobytes()).hexdigest()
    description = {
        "format": FORMAT,
        "name": NAME,
        "version": f"{RELEASE}-{digest[:8]}",
        "heads": {name: list(classes[name]) for name in heads},
        **facts,
    }
    text = json.dumps(description, indent=2, ensure_ascii=False)
    (folder / MODEL_FILE).write_text(text + "\n", encoding="utf-8")


def quantise(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """int8 columns and their scales: `columns * scale` is about `matrix`."""
    scale = np.zeros(matrix.shape[1], np.float32)
    for column in range(matrix.shape[1]):
        sizes = np.abs(matrix[:, column])
        used = sizes[sizes > 0]
        scale[column] = np.quantile(used, CLIPPED) / 127 if len(used) else 1
    columns = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
    return columns, scale
