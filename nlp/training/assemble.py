"""All recipes together: train, calibrate, choose the cuts, and hand over what is packed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from config.errors import SadaError
from nlp.annotation import LABELS
from nlp.text import normalize
from nlp.training import recipes
from nlp.training.calibrate import as_logit, cooled, temperature
from nlp.training.corpora import Reader, Row
from nlp.training.learn import Head, Learner, features_of
from nlp.training.recipes import Recipe

Floats = NDArray[np.float32]
Say = Callable[[str], None]

DARIJA_CUT: Final = 0.4
"""Least P(Darija) / (P(Darija) + P(standard Arabic)). Chosen so that about one standard-Arabic
tweet in fifty is called Darija; lower finds more of short Darija, higher alarms less."""
LATIN_CUT: Final = 0.4
"""Below this probability of the best language, Latin-script text is `other`."""
HELD_OUT: Final = 5
"""Every fifth row of a training file is held out where a corpus has no dev file."""


class TrainingError(SadaError):
    """Something that only the training needs is missing."""


@dataclass(frozen=True, slots=True)
class Model:
    """What `pack` writes."""

    heads: dict[str, Head]
    classes: dict[str, tuple[str, ...]]
    cuts: dict[str, float]
    temperatures: dict[str, float]
    network: dict[str, Floats]
    """Arrays of `nlp.network.Network`."""
    vectors: dict[str, NDArray[Any]]
    """Arrays of `nlp.french.WordVectors`."""
    french: list[dict[str, Floats]]
    """Arrays of each net of `nlp.french.French`."""
    counterparts: dict[str, str]
    """Words and their spelling in the other script."""

    def facts(self) -> dict[str, Any]:
        return {
            "cuts": {name: round(value, 4) for name, value in self.cuts.items()},
            "temperatures": {name: round(t, 4) for name, t in self.temperatures.items()},
        }


def assemble(read: Reader, say: Say) -> Model:
    """Train every part. `say` is told each step. Deterministic on one machine.

    Raises:
        TrainingError: torch, which only the training needs, is not there.
        nlp.training.vectors.VectorsError: nor are the French word vectors.
    """
    darija_network, french_nets = _neural()
    learner = Learner(read)
    heads: dict[str, Head] = {}
    degrees: dict[str, float] = {}
    for recipe in recipes.RECIPES:
        say(f"training {recipe.head}")
        head = learner.learn(recipe)
        if recipe.head.startswith("sentiment"):
            degrees[recipe.head] = _sentiment_degrees(recipe, head, read)
            if recipe.with_dev:
                head = Learner(_with_dev(read, recipe)).learn(recipe)
            head = cooled(head, degrees[recipe.head])
        elif recipe.classes == recipes.OFFENCE:
            degrees[recipe.head] = _held_out_degrees(recipe, read)
            head = as_logit(cooled(head, degrees[recipe.head]))
        heads[recipe.head] = head
    say("training the network")
    network, counterparts, degrees["network"] = darija_network(read)
    say("training the French nets")
    vectors, french, degrees["french"] = french_nets(read)
    cuts = {"darija": DARIJA_CUT, "latin": LATIN_CUT}
    classes = {r.head: r.classes for r in recipes.RECIPES}
    classes |= {name: ("off",) for name in heads if name.startswith("offensive")}
    return Model(heads, classes, cuts, degrees, network, vectors, french, counterparts)


def _neural() -> tuple[Any, Any]:
    try:
        from nlp.training.neural import darija_network, french_nets
    except ImportError as error:
        raise TrainingError(
            f"training: {error.name} is not installed. "
            "Install what the training needs with `make training`."
        ) from error
    return darija_network, french_nets


def _sentiment_degrees(recipe: Recipe, head: Head, read: Reader) -> float:
    """Temperature on the dev file of the corpus that the head speaks for, both scripts."""
    name = recipe.speaks.partition("/")[0]
    return _degrees(head, read("sentiment", name, "dev"), LABELS)


def _with_dev(read: Reader, recipe: Recipe) -> Reader:
    """The same corpora, the dev rows of the recipe's sources added to their training rows."""
    small = {(source.task, source.name, "train") for source in recipe.sources}

    def merged(task: str, name: str, split: str) -> tuple[Row, ...]:
        rows = read(task, name, split)
        return rows + read(task, name, "dev") if (task, name, split) in small else rows

    return merged


def _held_out_degrees(recipe: Recipe, read: Reader) -> float:
    """Temperature on every fifth row of the corpus that the head speaks for, with weights that
    were trained without those rows."""
    name = recipe.speaks.partition("/")[0]
    held = {row.text for row in read("offensive", name, "train")[::HELD_OUT]}

    def partly(task: str, corpus: str, split: str) -> tuple[Row, ...]:
        return tuple(row for row in read(task, corpus, split) if row.text not in held)

    rows = read("offensive", name, "train")[::HELD_OUT]
    return _degrees(Learner(partly).learn(recipe), rows, recipes.OFFENCE)


def _degrees(head: Head, rows: Iterable[Row], classes: tuple[str, ...]) -> float:
    kept = [row for row in rows if row.label in classes]
    truth = np.array([classes.index(row.label) for row in kept])
    return temperature(scores_of(head, [row.text for row in kept]), truth)


def scores_of(head: Head, texts: list[str]) -> Floats:
    """Scores before softmax of raw texts, shape (n, classes)."""
    features = features_of([normalize(text) for text in texts])
    scores: Floats = features @ head.weights + head.intercept
    return scores
