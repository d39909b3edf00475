"""Which models the settings ask for, and how they are opened."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from config.settings import NlpSettings, Settings
from nlp.annotation import TextModel
from nlp.recipe import TASKS, Part, Recipe, Task

Stop = Callable[[], bool]
Opener = Callable[[Recipe, Stop], AbstractContextManager[TextModel]]
"""Opens the model of a recipe for a block of work; raises `SadaError`. Told to stop while it loads,
it raises `nlp.hub.process.Stopped`."""


def recipe_of(settings: NlpSettings) -> Recipe:
    """What the settings ask for."""
    parts = (_part(settings, task) for task in TASKS)
    return Recipe(tuple(part for part in parts if part is not None), settings.max_tokens)


def _part(settings: NlpSettings, task: Task) -> Part | None:
    asked: str | None = getattr(settings, f"{task}_model")
    if asked is None:
        return None
    pairs: tuple[str, ...] = getattr(settings, f"{task}_labels")
    labels = ((name.strip(), meaning.strip()) for name, _, meaning in _split(pairs))
    folder = Path(asked).expanduser()
    if folder.is_dir():  # whole, since another process may open it from another folder
        model, revision = str(folder.resolve()), ""
    else:
        model, _, revision = asked.partition("@")
    return Part(task, model, revision, tuple(labels), settings.onnx_file or "")


def _split(pairs: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    return (pair.rpartition("=") for pair in pairs)


def opener(settings: Settings) -> Opener:
    """Opens models as the settings say: the embedded one here, others in their own process."""

    @contextmanager
    def opened(recipe: Recipe, stop: Stop) -> Iterator[TextModel]:
        if recipe.is_embedded:
            from nlp.embedded import load_embedded

            yield load_embedded()
            return
        from nlp.hub.place import Place
        from nlp.hub.process import ProcessModel

        nlp = settings.nlp
        cache = (nlp.models_dir or settings.home / "models").absolute()
        place = Place(cache, offline=nlp.offline, url=nlp.hub_url)
        with ProcessModel(recipe, place, stop=stop) as model:
            yield model

    return opened
