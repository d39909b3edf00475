"""Bounded second attempts with growing, jittered pauses and a deadline."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from collectors.base import Unreachable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Retry:
    """How stubborn to be. Times in seconds.

    The pause before attempt n+1 is drawn from [½, 1] of min(longest, first · 2ⁿ⁻¹): full
    doubling keeps pressure off a platform in trouble, the jitter keeps several Sadas apart.
    """

    attempts: int = 4
    first: float = 1.0
    longest: float = 30.0
    deadline: float = 90.0

    def pause(self, attempt: int, chance: random.Random) -> float:
        """Seconds to wait after failed attempt number `attempt` (from 1)."""
        whole = min(self.longest, self.first * 2.0 ** (attempt - 1))
        return whole * chance.uniform(0.5, 1.0)


def persist(
    call: Callable[[], T],
    *,
    plan: Retry,
    sleep: Callable[[float], None],
    chance: random.Random,
    elapsed: Callable[[], float] = time.monotonic,
) -> T:
    """The result of `call`, tried again while it raises `Unreachable` and `plan` allows.

    Raises the last `Unreachable`; every other error at once.
    """
    began = elapsed()
    for attempt in range(1, plan.attempts):
        try:
            return call()
        except Unreachable:
            pause = plan.pause(attempt, chance)
            if elapsed() - began + pause > plan.deadline:
                raise
            sleep(pause)
    return call()
