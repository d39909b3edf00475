"""A hub model for some tasks and the embedded model for the rest, as one text model."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.annotation import LABELS, Annotation, TextModel
from nlp.hub.classifier import Classifier, load_classifier
from nlp.hub.labels import DARIJA, MEANINGS, OFFENSIVE
from nlp.hub.place import Place
from nlp.hub.prepare import prepare, says_nothing
from nlp.language import count_scripts
from nlp.recipe import Recipe

Floats = NDArray[np.float32]
LONGEST_NAME: Final = 100
"""Characters of a model's name or version that are stored."""


class ComposedModel:
    """Implements `annotation.TextModel`: hub models where there are any, embedded heads else.

    A text that says nothing (empty, only links, accounts or invisible signs) keeps the embedded
    model's answer.
    """

    def __init__(self, embedded: TextModel, classifiers: Sequence[Classifier]) -> None:
        self._embedded = embedded
        self._classifiers = classifiers

    @property
    def name(self) -> str:
        """Hub ids, each with its task, then the embedded model's name."""
        own = [f"{one.facts.name} ({one.task})" for one in self._classifiers]
        return _cut(" + ".join([*own, self._embedded.name]))

    @property
    def version(self) -> str:
        """Hub revisions, a digest of all that answers depend on, the embedded version."""
        facts = [one.facts for one in self._classifiers]
        digest = blake2b(digest_size=5)
        for one in self._classifiers:
            digest.update(f"{one.task} {one.facts.name} {one.facts.digest}\n".encode())
        revisions = [one.revision[:7] for one in facts if one.revision]
        return _cut("-".join([*revisions, digest.hexdigest(), self._embedded.version]))

    def facts(self) -> list[str]:
        """One line a hub model: where it comes from, what runs it, what its labels mean."""
        return [_told(one) for one in self._classifiers]

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text, in input order; each distinct text is computed once."""
        prepared = {text: prepare(text) for text in texts}
        answers = dict(
            zip(prepared, self._embedded.annotate(list(prepared)), strict=True)
        )  # by the text as it came: the embedded model has a normaliser of its own
        speaking = [text for text, ready in prepared.items() if not says_nothing(ready)]
        ready = list(dict.fromkeys(prepared[text] for text in speaking))
        row_of = {one: row for row, one in enumerate(ready)}
        for classifier in self._classifiers if ready else ():
            chances = classifier.probabilities(ready)
            for text in speaking:
                row = chances[row_of[prepared[text]]]
                answers[text] = _SETTERS[classifier.task](answers[text], row, text)
        return [answers[text] for text in texts]


def load_composed(recipe: Recipe, place: Place) -> ComposedModel:
    """Loads all that a recipe needs. Raises `ModelUnfit`, `ModelError`, `WeightsError`."""
    from nlp.embedded import load_embedded

    classifiers = [load_classifier(part, place, recipe.max_tokens) for part in recipe.parts]
    return ComposedModel(load_embedded(), classifiers)


def _with_sentiment(answer: Annotation, row: Floats, text: str) -> Annotation:
    exact = row.astype(np.float64)
    neg, neu, pos = (float(value) for value in exact / exact.sum())
    return replace(answer, neg=neg, neu=neu, pos=pos, label=LABELS[int(exact.argmax())])


def _with_offence(answer: Annotation, row: Floats, text: str) -> Annotation:
    chance = float(row[MEANINGS["offensive"].index(OFFENSIVE)])
    return replace(answer, offensive=min(chance, 1.0))


def _with_language(answer: Annotation, row: Floats, text: str) -> Annotation:
    language = MEANINGS["language"][int(row.argmax())]
    if language == DARIJA:
        scripts = count_scripts(text)
        language = "ary-Arab" if scripts.arab >= scripts.latn else "ary-Latn"
    return replace(answer, language=language)


_SETTERS: Final = {
    "sentiment": _with_sentiment,
    "offensive": _with_offence,
    "language": _with_language,
}


def _told(one: Classifier) -> str:
    facts = one.facts
    labels = ", ".join(f"{name}={means}" for name, means in facts.labels[:12])
    revision = f" at {facts.revision[:12]}" if facts.revision else ""
    return (
        f"{one.task}: {facts.name}{revision}, {facts.file} by {facts.runtime}, labels {labels},"
        f" {facts.longest} tokens"
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"
