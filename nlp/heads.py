"""The linear heads of the embedded model: every head's columns side by side in one matrix.

`weights.npz` holds `columns` (int8, shape (features.COLUMNS, heads' columns)), `scale` and
`bias` (float32, one a column); `model.json` names the heads, their columns and the cuts. One
sparse product scores a batch for all heads.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from config.errors import SadaError
from nlp.features import COLUMNS

Floats = NDArray[np.float32]

WEIGHTS_FILE: Final = "weights.npz"
MODEL_FILE: Final = "model.json"
FORMAT: Final = 2
"""Of all files of the folder, and of the features that they stand for."""


class WeightsError(SadaError):
    """The weights of the embedded model are missing, broken or of another format."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Scores of all heads for a batch: `heads.scores(features)["latin"]`."""

    matrix: Floats
    bias: Floats
    slices: Mapping[str, slice]
    facts: Mapping[str, Any]
    """What `model.json` says besides: name, version, cuts."""

    def scores(self, features: sparse.csr_matrix) -> dict[str, Floats]:
        """Float32 scores before softmax or sigmoid, by head: shape (rows, head's columns)."""
        scores = np.asarray(features @ self.matrix, dtype=np.float32) + self.bias
        return {head: scores[:, columns] for head, columns in self.slices.items()}


def load_heads(folder: Path) -> Heads:
    """Read the two files of a weights folder.

    Raises:
        WeightsError: a file is missing or does not fit this version of the code.
    """
    facts, arrays = _read(folder)
    names = list(facts["heads"])
    ends = np.cumsum([len(facts["heads"][name]) for name in names]).tolist()
    columns = arrays["columns"]
    if facts.get("format") != FORMAT or columns.shape != (COLUMNS, ends[-1]):
        raise WeightsError(
            f"weights: {folder} is of another format than this version of Sada. "
            "Reinstall Sada, or train again with `python -m nlp.training`."
        )
    matrix = np.multiply(columns, arrays["scale"], dtype=np.float32)
    starts = [0, *ends[:-1]]
    slices = {name: slice(a, b) for name, a, b in zip(names, starts, ends, strict=True)}
    return Heads(matrix, arrays["bias"], slices, facts)


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    try:
        facts = json.loads((folder / MODEL_FILE).read_text(encoding="utf-8"))
        with np.load(folder / WEIGHTS_FILE, allow_pickle=False) as archive:
            return facts, {name: archive[name] for name in ("columns", "scale", "bias")}
    except (OSError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise WeightsError(
            f"weights: {folder} cannot be read ({error}). "
            "Reinstall Sada, or train again with `python -m nlp.training`."
        ) from error
