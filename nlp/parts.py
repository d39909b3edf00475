"""What the embedded model is made of, and the folder that holds it.

`model.json` names the model, its linear heads and its cuts; `weights.npz` holds the linear heads
(`nlp.heads`); `network.npz` the network for Darija and Arabic, its two tables as int8 with a
scale a row, the rest as float16; `french.npz` the French word vectors and nets; and
`spellings.txt.gz` words of Darija with their counterparts in the other script.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from nlp.french import French, WordVectors
from nlp.heads import Heads, WeightsError, load_heads
from nlp.network import Network
from nlp.respell import Respeller, load_respeller

NETWORK_FILE: Final = "network.npz"
FRENCH_FILE: Final = "french.npz"
SPELLINGS_FILE: Final = "spellings.txt.gz"
TABLES: Final = ("letters", "bones")
VECTORS: Final = ("keys", "rows", "table", "scale")

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that `nlp.embedded` answers from."""

    heads: Heads
    network: Network
    french: French
    respeller: Respeller


def load_parts(folder: Path) -> Parts:
    """Read a weights folder.

    Raises:
        WeightsError: a file is missing, broken or of another format.
    """
    heads = load_heads(folder)
    try:
        network = Network(_network(_arrays(folder / NETWORK_FILE)))
        french = _french(_arrays(folder / FRENCH_FILE))
        respeller = load_respeller(folder / SPELLINGS_FILE)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise WeightsError(
            f"weights: {folder} cannot be read ({error}). "
            "Reinstall Sada, or train again with `python -m nlp.training`."
        ) from error
    return Parts(heads, network, french, respeller)


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    with np.load(path, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _network(arrays: Arrays) -> dict[str, NDArray[np.float32]]:
    dense = {
        name: value.astype(np.float32)
        for name, value in arrays.items()
        if name.removesuffix(".scale") not in TABLES
    }
    for name in TABLES:
        scale = arrays[f"{name}.scale"].astype(np.float32)
        dense[name] = np.multiply(arrays[name], scale[:, None], dtype=np.float32)
    return dense


def _french(arrays: Arrays) -> French:
    """Nets are numbered from 0: `net0.out.weight` and so on."""
    vectors = WordVectors({name: arrays[name] for name in VECTORS})
    nets: dict[str, dict[str, NDArray[np.float32]]] = {}
    for name, value in arrays.items():
        net, dot, rest = name.partition(".")
        if dot:
            nets.setdefault(net, {})[rest] = value.astype(np.float32)
    return French(vectors, [nets[net] for net in sorted(nets)])
