"""From a recipe and the corpora to one trained head."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nlp.features import featurize
from nlp.text import normalize, strip_emoji
from nlp.training.corpora import Reader
from nlp.training.recipes import Recipe, Source
from nlp.training.solver import Problem, Solution, solve

Floats = NDArray[np.float32]

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """Weights (features.COLUMNS, classes) and the intercept that is shipped (classes,)."""

    weights: Floats
    intercept: Floats


@dataclass(frozen=True, slots=True)
class Example:
    """One normalised text to learn from."""

    text: str
    label: str
    weight: float
    corpus: str


def features_of(normalized: Sequence[str]) -> sparse.csr_matrix:
    """`featurize` in chunks, for more texts than memory likes at once."""
    parts = [featurize(normalized[i : i + CHUNK]) for i in range(0, len(normalized), CHUNK)]
    return sparse.csr_matrix(sparse.vstack(parts, format="csr"))


class Learner:
    """Trains heads from one reader; a first stage that recipes share is trained once."""

    def __init__(self, read: Reader) -> None:
        self.read = read
        self._bases: dict[tuple[str, frozenset[str]], tuple[Solution, list[str]]] = {}

    def learn(self, recipe: Recipe, without: frozenset[str] = frozenset()) -> Head:
        """Train one head; corpora named in `without` are left out (to measure transfer)."""
        solution, corpora = self._base(recipe, without)
        found = examples(recipe.adapt_to, self.read, recipe.without_emoji, without)
        if found:
            solution, corpora = _solved(recipe, found, recipe.adapt_penalty, solution.weights)
        if recipe.speaks in corpora:
            return Head(solution.weights, solution.intercepts[corpora.index(recipe.speaks)])
        return Head(solution.weights, solution.intercepts.mean(axis=0))

    def _base(self, recipe: Recipe, without: frozenset[str]) -> tuple[Solution, list[str]]:
        key = (recipe.base or recipe.head, without)
        if key not in self._bases:
            found = examples(recipe.sources, self.read, recipe.without_emoji, without)
            self._bases[key] = _solved(recipe, found, recipe.penalty, None)
        return self._bases[key]


def examples(
    sources: Iterable[Source],
    read: Reader,
    without_emoji: bool,
    without: frozenset[str] = frozenset(),
) -> list[Example]:
    """Rows of the sources, normalised; rows with emoji twice at half weight if asked for."""
    found: list[Example] = []
    for source in sources:
        if source.name in without:
            continue
        for row in read(source.task, source.name, "train"):
            label = source.class_of(row.label)
            if not label or (source.script and row.script != source.script):
                continue
            found += _copies(row.text, label, source, without_emoji)
    return found


def _copies(text: str, label: str, source: Source, without_emoji: bool) -> list[Example]:
    full = normalize(text)
    bare = normalize(strip_emoji(text)) if without_emoji else full
    if bare == full:
        return [Example(full, label, source.weight, source.intercept)]
    half = source.weight / 2
    return [
        Example(full, label, half, source.intercept),
        Example(bare, label, half, source.intercept),
    ]


def _solved(
    recipe: Recipe, found: Sequence[Example], penalty: float, start: Floats | None
) -> tuple[Solution, list[str]]:
    found = [example for example in found if example.label in recipe.classes]
    corpora = sorted({example.corpus for example in found})
    labels = np.array([recipe.classes.index(example.label) for example in found])
    owners = np.array([corpora.index(example.corpus) for example in found])
    allowed = np.zeros((len(corpora), len(recipe.classes)), dtype=bool)
    allowed[owners, labels] = True
    problem = Problem(
        features=features_of([example.text for example in found]),
        labels=labels,
        weights=np.array([example.weight for example in found]),
        corpora=owners,
        allowed=allowed,
    )
    return solve(problem, penalty, recipe.steps, start), corpora
