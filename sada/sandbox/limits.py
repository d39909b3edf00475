"""Rate limits in fixed windows, as both platforms count them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock


@dataclass(frozen=True, slots=True)
class Standing:
    """After a call: `allowed`, how many calls are left and when (epoch seconds) the next window
    starts; `wait` is the time until then in whole seconds, at least 1."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    wait: int


class Limits:
    """Counts calls by name in windows of `seconds` of the given clock. The first window began
    `head_start` seconds before its first call."""

    def __init__(self, seconds: int, now: Callable[[], datetime], head_start: int = 0) -> None:
        self._seconds, self._now, self._head_start = seconds, now, head_start
        self._lock = Lock()
        self._used: dict[str, tuple[int, int]] = {}

    def take(self, name: str, limit: int) -> Standing:
        """One call of `name`; a refused call is not counted."""
        moment = int(self._now().timestamp())
        with self._lock:
            began, used = self._used.get(name, (moment - self._head_start, 0))
            if moment - began >= self._seconds:
                began, used = moment, 0
            allowed = used < limit
            used += allowed
            self._used[name] = (began, used)
        reset = began + self._seconds
        return Standing(allowed, limit, limit - used, reset, max(1, reset - moment))
