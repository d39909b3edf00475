"""Access tokens that outlive one pass: some platforms count log-ins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock


@dataclass
class Token:
    """A token and until when it is used. Shared by the passes of one process."""

    value: str = ""
    until: datetime | None = None

    def __post_init__(self) -> None:
        self._lock = Lock()

    def get(self, now: datetime, renew: Callable[[], tuple[str, datetime]]) -> str:
        """The token, renewed where it is missing or over; several threads renew it once."""
        with self._lock:
            if not self.value or self.until is None or now >= self.until:
                self.value, self.until = renew()
            return self.value

    def drop(self, value: str) -> None:
        """Forgets `value`, which the platform no longer takes."""
        with self._lock:
            if self.value == value:
                self.value, self.until = "", None
