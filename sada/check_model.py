"""`sada check`: can the model of the settings be opened, how fast is it, what would it read?"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from config.errors import SadaError
from nlp.annotation import TextModel
from nlp.hub.process import ProcessModel
from nlp.recipe import Recipe
from sada.bootstrap import Sada
from sada.cli.reading import duration
from sada.models import opener, recipe_of
from storage.annotating import shown_model, texts_stored

SAMPLE = (
    "Bravo à toute l’équipe, cette campagne fait du bien #Mamhkoumch ⟨link⟩",
    "wach kayn chi wa7ed 3ando nmra dyal lmosa3ada? 3afakom jawbouni",
    "هادشي حشومة بزاف، خاص القانون يتطبق على كل واحد كيبتز البنات فالأنترنيت",
    "Le numéro vert est gratuit et ouvert toute la nuit, partagez autour de vous",
)
"""Texts of the length that people write."""
SAMPLED = 32

Finding = tuple[bool, str]


def model_findings(sada: Sada, timer: Callable[[], float] = time.monotonic) -> Iterator[Finding]:
    """Opens the model, fetching it where it is not kept, and reads a few sentences of ours."""
    recipe = recipe_of(sada.settings.nlp)
    try:
        with opener(sada.settings)(recipe, lambda: False) as model:
            yield True, f"✓ model: {model.name} {model.version}"
            if isinstance(model, ProcessModel):
                for line in model.facts:
                    yield True, f"  {line}"
            yield True, f"  {_speed(sada, model, timer)}"
            for line in _advice(recipe):
                yield True, f"  {line}"
    except SadaError as error:
        yield False, f"✗ model: {error}"


def _speed(sada: Sada, model: TextModel, timer: Callable[[], float]) -> str:
    texts = [f"{SAMPLE[n % len(SAMPLE)]} {n}" for n in range(SAMPLED)]
    started = timer()
    model.annotate(texts)
    rate = SAMPLED / max(timer() - started, 1e-6)
    told = f"about {rate:,.0f} texts a second"
    stored, shown = texts_stored(sada.database), shown_model(sada.database)
    if shown is None or shown[1:] == (model.name, model.version) or not stored:
        return told
    return (
        f"{told}: reading the {stored:,} stored texts takes about {duration(stored / rate)}, in"
        f" the background, while figures stay those of {shown[1]} {shown[2]}"
    )


def _advice(recipe: Recipe) -> Iterator[str]:
    for part in recipe.parts:
        if not part.revision and not Path(part.model).is_absolute():
            yield (
                f"{part.task}: no revision is pinned; write {part.model}@COMMIT so that another"
                " machine reads with the same one"
            )
