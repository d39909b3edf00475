"""Brings annotations up to date: what the current model has not read yet, in batches."""

from collections.abc import Callable

from nlp.annotation import OFFENSIVE_THRESHOLD, TextModel
from sada.bootstrap import Sada
from storage.annotating import (
    ensure_model,
    pending_texts,
    show_model,
    shown_model,
    store_annotations,
)


def annotate_step(sada: Sada, model: TextModel, model_id: int, after: int) -> tuple[int, int]:
    """Annotates one batch of texts with ids over `after`: (how many, the highest id).

    (0, `after`) when nothing remained.
    """
    batch = pending_texts(sada.database, model_id, sada.settings.nlp.batch_size, after)
    if not batch:
        return 0, after
    read = model.annotate([body for _, body in batch])
    rows = [(text_id, one) for (text_id, _), one in zip(batch, read, strict=True)]
    store_annotations(sada.database, model_id, rows)
    return len(batch), batch[-1][0]


def annotate_all(
    sada: Sada,
    model: TextModel,
    *,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Annotates until nothing remains or told to stop; how many texts were read.

    A new model is shown only once it has read everything, so that figures never mix two.
    """
    database = sada.database
    model_id = ensure_model(database, model.name, model.version, OFFENSIVE_THRESHOLD, sada.clock())
    done, after = 0, 0
    while not stop():
        step, after = annotate_step(sada, model, model_id, after)
        if not step:
            _show(sada, model_id)
            break
        done += step
        progress(done)
    return done


def _show(sada: Sada, model_id: int) -> None:
    shown = shown_model(sada.database)
    if shown is None or shown[0] != model_id:
        show_model(sada.database, model_id)
