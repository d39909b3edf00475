"""Throughput, load time and memory of a text model on this machine."""

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nlp.annotation import TextModel


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds to load, posts a second, peak resident memory of this process in MB."""

    load_seconds: float
    posts: int
    posts_per_second: float
    peak_mb: float


def measure_speed(load: Callable[[], TextModel], texts: Sequence[str]) -> Speed:
    """Load a model and annotate distinct texts once."""
    distinct = list(dict.fromkeys(texts))
    started = time.perf_counter()
    model = load()
    loaded = time.perf_counter()
    model.annotate(distinct)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Speed(loaded - started, len(distinct), len(distinct) / (done - loaded), peak)
