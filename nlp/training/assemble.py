"""All recipes together: train, calibrate, choose the cuts, and hand over what is packed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp.annotation import LABELS
from nlp.language import ARABIC, with_word_bonus
from nlp.numbers import softmax
from nlp.text import normalize
from nlp.training import recipes
from nlp.training.calibrate import as_logit, cooled, least_cut, temperature
from nlp.training.corpora import Reader, Row
from nlp.training.learn import Head, Learner, features_of
from nlp.training.recipes import Recipe

Floats = NDArray[np.float32]
Say = Callable[[str], None]

DARIJA_ALARMS: Final = 0.01
"""Share of standard-Arabic rows that may be called Darija when the cut is chosen."""
LATIN_CUT: Final = 0.4
"""Below this probability of the best language, Latin-script text is `other`."""
HELD_OUT: Final = 5
"""Every fifth row of a training file is held out where a corpus has no dev file."""


@dataclass(frozen=True, slots=True)
class Model:
    """What `pack` writes."""

    heads: dict[str, Head]
    classes: dict[str, tuple[str, ...]]
    cuts: dict[str, float]
    temperatures: dict[str, float]

    def facts(self) -> dict[str, Any]:
        return {
            "cuts": {name: round(value, 4) for name, value in self.cuts.items()},
            "temperatures": {name: round(t, 4) for name, t in self.temperatures.items()},
        }


def assemble(read: Reader, say: Say) -> Model:
    """Train every head. `say` is told each step. Deterministic."""
    learner = Learner(read)
    heads: dict[str, Head] = {}
    degrees: dict[str, float] = {}
    for recipe in recipes.RECIPES:
        say(f"training {recipe.head}")
        head = learner.learn(recipe)
        if recipe.head.startswith("sentiment"):
            degrees[recipe.head] = _sentiment_degrees(recipe, head, learner)
            head = cooled(head, degrees[recipe.head])
        elif recipe.classes == recipes.OFFENCE:
            degrees[recipe.head] = _held_out_degrees(recipe, read)
            head = as_logit(cooled(head, degrees[recipe.head]))
        heads[recipe.head] = head
    say("choosing the cut between Darija and standard Arabic")
    cuts = {"darija": _darija_cut(read), "latin": LATIN_CUT}
    classes = {r.head: r.classes for r in recipes.RECIPES}
    classes |= {name: ("off",) for name in heads if name.startswith("offensive")}
    return Model(heads, classes, cuts, degrees)


def _sentiment_degrees(recipe: Recipe, head: Head, learner: Learner) -> float:
    """Temperature on the dev file of the corpus that the head speaks for, averaged (in its
    logarithm) with that on a whole corpus the head has not seen: posts in the wild are like
    neither, and in-corpus confidence flatters."""
    near = _degrees(head, learner.read("sentiment", recipe.speaks, "dev"), LABELS)
    if not recipe.far:
        return near
    stranger = learner.learn(recipe, without=frozenset({recipe.far}))
    rows = learner.read("sentiment", recipe.far, "train")
    return float(np.sqrt(near * _degrees(stranger, rows, LABELS)))


def _held_out_degrees(recipe: Recipe, read: Reader) -> float:
    """Temperature on every fifth row of the corpus that the head speaks for, with weights that
    were trained without those rows."""
    held = {row.text for row in read("offensive", recipe.speaks, "train")[::HELD_OUT]}

    def partly(task: str, name: str, split: str) -> tuple[Row, ...]:
        return tuple(row for row in read(task, name, split) if row.text not in held)

    rows = read("offensive", recipe.speaks, "train")[::HELD_OUT]
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


def _darija_cut(read: Reader) -> float:
    """The cut that lets `DARIJA_ALARMS` of held-out standard-Arabic tweets through."""
    name = "arsarcasm_variety"
    held = {row.text for row in read("language", name, "train")[::HELD_OUT]}

    def partly(task: str, corpus: str, split: str) -> tuple[Row, ...]:
        rows = read(task, corpus, split)
        return tuple(r for r in rows if r.text not in held) if corpus == name else rows

    head = Learner(partly).learn(recipes.ARABIC_LANGUAGES)
    rows = read("language", name, "train")[::HELD_OUT]
    standard = [row.text for row in rows if row.label == "msa"]
    scores = with_word_bonus([normalize(text) for text in standard], scores_of(head, standard))
    chances = softmax(scores)
    darija = chances[:, ARABIC.index("ary-Arab")]
    return least_cut(darija / (darija + chances[:, ARABIC.index("arb")]), DARIJA_ALARMS)
