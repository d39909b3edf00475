"""Bounded second attempts with growing, jittered pauses and a deadline."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from collectors.base import Unreachable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a client waits for a platform and how often it asks again. Times in seconds.

    The pause before attempt n+1 is drawn from [½, 1] of min(longest, first · 2ⁿ⁻¹): full
    doubling keeps pressure off a platform in trouble, the jitter keeps several Sadas apart.
    `connect` and `read` bound each silence of one request, `deadline` all attempts together.
    """

    attempts: int = 4
    first: float = 1.0
    longest: float = 30.0
    deadline: float = 90.0
    connect: float = 10.0
    read: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    chance: random.Random = field(default_factory=random.Random)
    elapsed: Callable[[], float] = time.monotonic

    @property
    def timeout(self) -> tuple[float, float]:
        """As requests takes it."""
        return self.connect, self.read

    def pause(self, attempt: int) -> float:
        """Seconds to wait after failed attempt number `attempt` (from 1)."""
        whole = min(self.longest, self.first * 2.0 ** (attempt - 1))
        return whole * self.chance.uniform(0.5, 1.0)

    def persist(self, call: Callable[[], T]) -> T:
        """The result of `call`, tried again while it raises `Unreachable`.

        Raises the last `Unreachable`; every other error at once.
        """
        began = self.elapsed()
        for attempt in range(1, self.attempts):
            try:
                return call()
            except Unreachable:
                pause = self.pause(attempt)
                if self.elapsed() - began + pause > self.deadline:
                    raise
                self.sleep(pause)
        return call()
