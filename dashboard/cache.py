"""A small store of answers that cost something; bounded in number and age."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import TypeVar

Answer = TypeVar("Answer")


class Cache:
    """Keeps the newest `size` answers for `seconds`; safe to share between threads."""

    def __init__(
        self, size: int = 64, seconds: float = 60.0, clock: Callable[[], float] = monotonic
    ) -> None:
        self._size, self._seconds, self._clock = size, seconds, clock
        self._kept: OrderedDict[Hashable, tuple[float, object]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer kept under `key`, else a new one. Two threads may make the same one."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and self._clock() - kept[0] < self._seconds:
                return kept[1]  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._kept[key] = (self._clock(), made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made
