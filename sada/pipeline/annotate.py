"""Brings annotations up to date: what a model has not read yet, in batches."""

import time
from collections.abc import Callable

from nlp.annotation import OFFENSIVE_THRESHOLD, TextModel
from sada.bootstrap import Sada
from storage.annotating import count_pending, ensure_model, pending_texts, store_annotations
from storage.wanted import show_when_whole

STEP_SECONDS = 5.0
"""How long a step should last: what a kill costs, and what a signal waits for."""
FIRST_STEP = 32
"""Texts of the first step, when nobody knows how fast a model is."""


class Pace:
    """How many texts make a step: as many as a model reads in `STEP_SECONDS`."""

    def __init__(self, most: int, timer: Callable[[], float] = time.monotonic) -> None:
        self.size = min(FIRST_STEP, most)
        self._most = most
        self._timer = timer

    def timed(self, work: Callable[[int], int]) -> int:
        """Does a step of `size` texts; how many there were."""
        start = self._timer()
        done = work(self.size)
        seconds = max(self._timer() - start, 1e-6)
        if done == self.size:
            fits = int(done / seconds * STEP_SECONDS)
            self.size = max(1, min(fits, 4 * self.size, self._most))
        return done


class Reader:
    """Reads with one model what it has not read, from the oldest text on."""

    def __init__(self, sada: Sada, model: TextModel, model_id: int) -> None:
        self.model_id = model_id
        self._sada = sada
        self._model = model
        self._after = 0
        self._pace = Pace(sada.settings.nlp.batch_size)

    def step(self) -> int:
        """Reads and stores one batch; how many texts, 0 when nothing remained."""
        return self._pace.timed(self._read)

    def rewind(self) -> None:
        """Looks from the oldest text on again, for one that was passed by."""
        self._after = 0

    def _read(self, most: int) -> int:
        batch = pending_texts(self._sada.database, self.model_id, most, self._after)
        if not batch:
            return 0
        read = self._model.annotate([body for _, body in batch])
        rows = [(text_id, one) for (text_id, _), one in zip(batch, read, strict=True)]
        store_annotations(self._sada.database, self.model_id, rows)
        self._after = batch[-1][0]
        return len(batch)


def annotate_all(
    sada: Sada,
    model: TextModel,
    *,
    between: Callable[[], object] = lambda: None,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, waiting: None,
) -> int:
    """Annotates until nothing remains or told to stop; how many texts were read.

    A new model is shown only once it has read everything, so that figures never mix two.
    `between` is done after each step; `progress` is told how many texts are read, and how many
    were waiting at the start.
    """
    database = sada.database
    model_id = ensure_model(database, model.name, model.version, OFFENSIVE_THRESHOLD, sada.clock())
    reader = Reader(sada, model, model_id)
    waiting, done = count_pending(database, model_id), 0
    while not stop():
        step = reader.step()
        done += step
        if step:
            progress(done, max(waiting, done))
            between()
        elif show_when_whole(database, model_id):
            break
        else:
            reader.rewind()
    return done
