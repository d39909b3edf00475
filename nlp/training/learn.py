"""From a recipe and the corpora to one trained head."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nlp.batch import TextBatch
from nlp.features import SKELETON_COLUMNS, featurize
from nlp.text import normalize, strip_emoji
from nlp.training.corpora import Reader, Row
from nlp.training.recipes import Recipe, Source
from nlp.training.solver import Problem, Solution, solve

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CHUNK = 2000
_FUNCTION = """
le les des du une est et pas je tu il elle nous vous ils que qui pour dans sur avec ce cette ces
mais c ne plus sont ont mon ton son ma sa ses au aux par tout tous toute bien très comme fait merci
bravo trop même aussi sans être avoir suis vraiment toujours bonne bon courage continue faut
the is you and to of this that for are so my it your in on not have with we they be very good love
el los las una que por para con muy mi es en del se no yo te lo como pero más está
"""
_FUNCTION_WORDS = frozenset(_FUNCTION.split())


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
    """Corpus and script: what shares an intercept."""


def features_of(normalized: Sequence[str]) -> sparse.csr_matrix:
    """`featurize` in chunks, for more texts than memory likes at once."""
    starts = range(0, len(normalized), CHUNK)
    parts = [featurize(TextBatch.split(normalized[i : i + CHUNK])) for i in starts]
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
        heard = [i for i, name in enumerate(corpora) if name == recipe.speaks]
        intercept = solution.intercepts[heard or slice(None)].mean(axis=0)
        shifts = [recipe.shifts.get(name, 0.0) for name in recipe.classes]
        return Head(solution.weights, intercept + np.array(shifts, np.float32))

    def _base(self, recipe: Recipe, without: frozenset[str]) -> tuple[Solution, list[str]]:
        key = (recipe.base or recipe.head, without)
        if key not in self._bases:
            found = examples(recipe.sources, self.read, recipe.without_emoji, without)
            found += word_examples(recipe)
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
            if source.no_european and looks_european(row.text):
                continue
            found += _copies(row, label, source, without_emoji)
    return found


def word_examples(recipe: Recipe) -> list[Example]:
    """The recipe's words as rows, with an intercept that no corpus shares."""
    return [
        Example(normalize(word), label, recipe.word_weight, "lexicon")
        for words in recipe.words
        for label, listed in words.items()
        for word in listed.split()
    ]


def looks_european(text: str) -> bool:
    """Whether a fifth of the words are function words of French, English or Spanish: corpora of
    Arabizi hold many such comments."""
    words = normalize(text).split()
    return 5 * sum(word in _FUNCTION_WORDS for word in words) >= max(len(words), 1)


def _copies(row: Row, label: str, source: Source, without_emoji: bool) -> list[Example]:
    full = normalize(row.text)
    bare = normalize(strip_emoji(row.text)) if without_emoji else full
    corpus = f"{source.intercept}/{row.script}"
    if bare == full:
        return [Example(full, label, source.weight, corpus)]
    half = source.weight / 2
    return [Example(full, label, half, corpus), Example(bare, label, half, corpus)]


def _solved(
    recipe: Recipe, found: Sequence[Example], penalty: float, start: Floats | None
) -> tuple[Solution, list[str]]:
    found = [example for example in found if example.label in recipe.classes]
    corpora = sorted({example.corpus for example in found})
    labels = np.array([recipe.classes.index(example.label) for example in found])
    owners = np.array([corpora.index(example.corpus) for example in found])
    allowed = np.zeros((len(corpora), len(recipe.classes)), dtype=bool)
    allowed[owners, labels] = True
    features = features_of([example.text for example in found])
    weights = np.array([example.weight for example in found])
    if recipe.balanced:
        weights = balanced(weights, labels, owners, allowed)
    problem = Problem(features, labels, weights, owners, allowed)
    return solve(problem, penalty, recipe.steps, start, _scale(recipe, features)), corpora


def balanced(weights: Doubles, labels: Ints, owners: Ints, allowed: Bools) -> Doubles:
    """Weights with the same total for each class of a corpus, so that intercepts speak for even
    shares: the shares of the corpora are choices of their makers, not of the world."""
    classes = allowed.shape[1]
    cells = owners * classes + labels
    totals = np.bincount(cells, weights, minlength=allowed.size)
    whole = np.bincount(owners, weights, minlength=len(allowed)) / allowed.sum(axis=1)
    even: Doubles = weights * whole[owners] / totals[cells]
    return even


def _scale(recipe: Recipe, features: sparse.csr_matrix) -> Floats | None:
    """Rare columns tell more than frequent ones: inverse document frequency, mean 1 over the
    entries; skeleton columns times the recipe's wish."""
    if not recipe.rare_first:
        return None
    rows, columns = features.shape
    seen = np.bincount(features.indices, minlength=columns)
    scale = np.log((1 + rows) / (1 + seen)).astype(np.float32)
    scale /= scale[features.indices].mean()
    scale[SKELETON_COLUMNS:] *= np.float32(recipe.skeletons)
    return scale
