"""What `sada annotate` does and shows."""

import time
from collections.abc import Callable

from sada.bootstrap import Sada
from sada.cli.common import Progress
from sada.pipeline.copies import link_copies
from sada.reading import Reading
from storage.wanted import prune_models, reading_progress, shown

LINES = 20
"""How many lines a whole reading prints where there is no terminal."""


def annotate_now(sada: Sada) -> None:
    """Reads all that waits, with the model of the settings. Raises `SadaError`."""
    reading = Reading(sada)
    reading.want()
    meter = Meter(time.monotonic)
    try:
        done = reading.round(progress=meter.show)
    finally:
        meter.end()
    model = shown(sada.database)
    print(f"{done} texts read; shown: {model.name} {model.version}" if model else "no texts")
    print(f"{link_copies(sada)} posts compared with those before them")


def prune_now(sada: Sada) -> None:
    """Deletes what models understood that nobody needs any more."""
    gone = prune_models(sada.database)
    for name, annotations in gone:
        print(f"{name}: {annotations} annotations deleted")
    if not gone:
        print("nothing to delete: only what is shown or wanted is kept")
    if progress := reading_progress(sada.database):
        print(f"kept for the change that is under way: {progress.shown} and {progress.wanted}")


class Meter:
    """One line of how far a reading is, how fast, and how long it will take."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._timer = timer
        self._start = timer()
        self._progress: Progress | None = None

    def show(self, done: int, waiting: int) -> None:
        if self._progress is None:
            self._progress = Progress(every=max(1, waiting // LINES))
        self._progress.show(line(done, waiting, self._timer() - self._start), done)

    def end(self) -> None:
        if self._progress is not None:
            self._progress.end()


def line(done: int, waiting: int, seconds: float) -> str:
    """`1,200 of 48,000 texts read (2 %), 18 a second, about 43 min left`."""
    rate = done / seconds if seconds > 0 else 0.0
    told = f"{done:,} of {waiting:,} texts read ({done / waiting:.0%}), {rate:,.0f} a second"
    left = (waiting - done) / rate if rate else 0.0
    return f"{told}, about {duration(left)} left" if left >= 1 else told


def duration(seconds: float) -> str:
    """`40 s`, `43 min`, `5 h 20 min`."""
    minutes = round(seconds / 60)
    if minutes < 2:
        return f"{seconds:.0f} s"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"
