"""Which model reads what and when: a new one in the background, the shown one beside it."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Self

from config.errors import SadaError
from nlp.annotation import OFFENSIVE_THRESHOLD, TextModel
from nlp.recipe import EMBEDDED, Recipe, read_recipe
from sada.bootstrap import Sada
from sada.models import Opener, Stop, opener, recipe_of
from sada.pipeline.annotate import Reader, annotate_all
from storage.annotating import count_pending, ensure_model
from storage.errors import StorageError
from storage.wanted import (
    Model,
    Wanted,
    shown,
    want_model,
    wanted_failed,
    wanted_model,
    wanted_opened,
)

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=10)
"""How long a model that cannot be used is left alone."""

Told = Callable[[int, int], None]


def never() -> bool:
    return False


def silent(done: int, waiting: int) -> None:
    pass


class Reading:
    """Brings annotations up to date, round by round, with the model that is wanted.

    What is wanted is in the database, and whoever starts to read writes it there from the
    settings: so a command beside the scheduler does not fight with it over the model.
    """

    def __init__(self, sada: Sada, open_model: Opener | None = None) -> None:
        self._sada = sada
        self._open = open_model or opener(sada.settings)
        self._recognised: Recipe | None = None
        self._not_before: datetime | None = None
        self._given_up: set[int] = set()

    def want(self) -> None:
        """Writes down which model the settings ask for."""
        recipe = recipe_of(self._sada.settings.nlp)
        want_model(self._sada.database, recipe.document(), recipe.told(), self._sada.clock())

    def round(self, *, stop: Stop = never, progress: Told = silent) -> int:
        """Reads until nothing remains or told to stop; how many texts the wanted model read.

        Raises `SadaError` when the wanted model cannot be used. The reason is stored, the shown
        model has read what is new, and the wanted one is left alone for `RETRY`.
        """
        wanted = wanted_model(self._sada.database)
        if wanted is None or self._is_up_to_date(wanted):
            return 0
        recipe = read_recipe(wanted.recipe)
        if recipe != self._recognised:
            log.info("texts are read by %s", recipe.told())
        self._recognised = recipe
        if self._not_before is not None and self._sada.clock() < self._not_before:
            self._keep_shown_whole(wanted, stop)
            return 0
        try:
            return self._read(recipe, wanted, stop, progress)
        except StorageError:  # no fault of the model's
            raise
        except SadaError as error:
            if stop():
                return 0
            self._not_before = self._sada.clock() + RETRY
            wanted_failed(self._sada.database, wanted.recipe, str(error), self._sada.clock())
            self._keep_shown_whole(wanted, stop)
            raise

    def _is_up_to_date(self, wanted: Wanted) -> bool:
        """Whether the wanted model, once opened by this process, is shown and has read all."""
        if read_recipe(wanted.recipe) != self._recognised:
            self._not_before = None
            return False
        if wanted.model_id is None or wanted.error:
            return False
        current = shown(self._sada.database)
        if current is None or current.id != wanted.model_id:
            return False
        return count_pending(self._sada.database, wanted.model_id) == 0

    def _read(self, recipe: Recipe, wanted: Wanted, stop: Stop, progress: Told) -> int:
        database = self._sada.database
        if shown(database) is None and not recipe.is_embedded:
            self._read_first(stop)
        with self._open(recipe, stop) as model:
            model_id = self._recorded(model, recipe)
            with self._shown_beside(lambda one: one.id == model_id, stop) as beside:
                done = annotate_all(
                    self._sada, model, between=beside.read, stop=stop, progress=progress
                )
        self._not_before = None
        return done

    def _recorded(self, model: TextModel, recipe: Recipe) -> int:
        database, now = self._sada.database, self._sada.clock()
        model_id = ensure_model(database, model.name, model.version, OFFENSIVE_THRESHOLD, now)
        wanted_opened(database, recipe.document(), model_id, now)
        return model_id

    def _read_first(self, stop: Stop) -> None:
        """The embedded model reads in seconds what pages can show until the wanted one is done."""
        with self._open(EMBEDDED, stop) as model:
            self._recorded(model, EMBEDDED)
            annotate_all(self._sada, model, stop=stop)

    def _keep_shown_whole(self, wanted: Wanted, stop: Stop) -> None:
        with self._shown_beside(lambda one: one.recipe == wanted.recipe, stop) as beside:
            while beside.read() and not stop():
                pass

    def _shown_beside(self, is_wanted: Callable[[Model], bool], stop: Stop) -> "ShownBeside":
        current = shown(self._sada.database)
        if current is not None and (current.id in self._given_up or is_wanted(current)):
            current = None
        return ShownBeside(self._sada, self._open, current, stop, self._given_up.add)


class ShownBeside:
    """Lets the shown model read what comes while another one reads, so that it stays whole.

    It is opened when there is something for it. One that cannot be opened any more (its files are
    gone, or it was the embedded model of an older Sada) is given up, and the log says so.
    """

    def __init__(
        self,
        sada: Sada,
        open_model: Opener,
        current: Model | None,
        stop: Stop,
        give_up: Callable[[int], None],
    ) -> None:
        self._sada = sada
        self._open = open_model
        self._shown = current
        self._stop = stop
        self._give_up = give_up
        self._reader: Reader | None = None
        self._stack = ExitStack()

    def read(self) -> int:
        """Reads one batch of what is new; how many texts."""
        if self._shown is None:
            return 0
        if self._reader is None:
            if not count_pending(self._sada.database, self._shown.id):
                return 0
            self._reader = self._opened(self._shown)
        try:
            return self._reader.step() if self._reader else 0
        except StorageError:
            raise
        except SadaError as error:
            self._gives_up(self._shown, str(error))
            return 0

    def _opened(self, current: Model) -> Reader | None:
        try:
            model = self._stack.enter_context(
                self._open(read_recipe(current.recipe or {}), self._stop)
            )
            if (model.name, model.version) == (current.name, current.version):
                return Reader(self._sada, model, current.id)
            problem = f"in its place there is {model.name} {model.version}"
        except SadaError as error:
            problem = str(error)
        self._gives_up(current, problem)
        return None

    def _gives_up(self, current: Model, problem: str) -> None:
        if self._stop():
            return
        log.warning(
            "%s %s is shown but cannot read new texts, which count once the new model has read all"
            " (%s)", current.name, current.version, problem,
        )  # fmt: skip
        self._give_up(current.id)
        self._shown = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
