"""The networks: what they learn from, and how sure they may sound."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from nlp.annotation import LABELS
from nlp.batch import TextBatch
from nlp.french import French, WordVectors
from nlp.network import Network
from nlp.text import normalize
from nlp.training import recipes
from nlp.training.calibrate import temperature
from nlp.training.corpora import Reader, Row
from nlp.training.french import train_french
from nlp.training.learn import Example, examples, looks_european
from nlp.training.network import Plan, Task, train
from nlp.training.respell import Speller, make_speller
from nlp.training.vectors import french_vectors

Floats = NDArray[np.float32]

PLAN: Final = Plan()
SPELLER_SEED: Final = 5


def darija_network(
    read: Reader, plan: Plan = PLAN, without: frozenset[str] = frozenset()
) -> tuple[dict[str, Floats], dict[str, str], float]:
    """The network's arrays, cooled; the counterparts that ship; the temperature.

    Corpora named in `without` are left out (to measure transfer).
    """
    torch.set_num_threads(1)  # with more, the order of sums would change the weights
    tasks = _tasks(read, without)
    speller = _speller([example for task in tasks for example in task.examples])
    rng = np.random.default_rng(SPELLER_SEED)
    arrays = train(tasks, plan, lambda text: speller.other(text, rng))
    rows = read("sentiment", "afrisenti_ary", "dev")
    degrees = _degrees(Network(arrays).scores(_batch(rows))["sentiment"], rows)
    return _cooled(arrays, "head.sentiment", degrees), speller.best(), degrees


def _tasks(read: Reader, without: frozenset[str]) -> list[Task]:
    feelings = examples(recipes.NETWORK_FEELINGS, read, False, without)
    offences = examples(recipes.ARABIC_OFFENCE.sources, read, False, without)
    return [
        Task("sentiment", LABELS, feelings, "afrisenti_ary/arab"),
        Task("offensive", recipes.OFFENCE, offences, "omcd/arab", 0.7),
    ]


def _speller(found: Iterable[Example]) -> Speller:
    found = list(found)
    arab = [example.text for example in found if example.corpus.endswith("/arab")]
    latin = [example.text for example in found if example.corpus.endswith("/latn")]
    return make_speller(arab, [text for text in latin if not looks_european(text)])


def french_nets(
    read: Reader,
) -> tuple[dict[str, NDArray[Any]], list[dict[str, Floats]], float]:
    """Arrays of the word vectors and of each net, cooled; the temperature, found on dev rows
    before they are learnt from too (the corpus is small)."""
    torch.set_num_threads(1)
    arrays = french_vectors()
    vectors = WordVectors(arrays)
    known = examples(recipes.FRENCH_NETS, read, False)
    dev = read("sentiment", "umsab_fr", "dev")
    first = French(vectors, train_french(vectors, known)).probabilities(_batch(dev))
    degrees = _degrees(np.log(np.maximum(first, 1e-6)), dev)
    more = [Example(normalize(row.text), row.label, 1.0, "umsab_fr/latn") for row in dev]
    nets = train_french(vectors, [*known, *more])
    return arrays, [_cooled(net, "out", degrees) for net in nets], degrees


def _batch(rows: Iterable[Row]) -> TextBatch:
    return TextBatch.split([normalize(row.text) for row in rows])


def _degrees(scores: Floats, rows: Iterable[Row]) -> float:
    return temperature(scores, np.array([LABELS.index(row.label) for row in rows]))


def _cooled(arrays: dict[str, Floats], layer: str, degrees: float) -> dict[str, Floats]:
    names = (f"{layer}.weight", f"{layer}.bias")
    return arrays | {name: arrays[name] / np.float32(degrees) for name in names}
