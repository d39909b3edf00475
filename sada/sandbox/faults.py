"""Makes the simulators fail on purpose, so that tests can see what collecting does about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from threading import Lock
from typing import Literal, get_args

FaultKind = Literal[
    "429", "429-no-reset", "402", "403", "503", "slow", "reset", "truncated-gzip", "malformed"
]
KINDS = get_args(FaultKind)


@dataclass(frozen=True)
class Fault:
    """One rule. `calls` numbers the calls (from 1) to paths under `prefix` that go wrong; without
    them each call goes wrong with `probability`. `seconds`: how slow `slow` is."""

    prefix: str
    kind: FaultKind
    calls: Sequence[int] = ()
    probability: float = 0.0
    seconds: float = 2.0


class Faults:
    """Rules that may change while the server runs. Safe to use from several threads."""

    def __init__(self, rules: Sequence[Fault] = (), seed: int = 1) -> None:
        self._rng = Random(f"sada-faults-{seed}")
        self._lock = Lock()
        self.set(rules)

    def set(self, rules: Sequence[Fault]) -> None:
        """Replaces the rules and starts counting anew."""
        with self._lock:
            self._rules = [(rule, [0]) for rule in rules]

    def next(self, path: str) -> Fault | None:
        """The fault that befalls this call, if any. Every rule of the path counts the call."""
        with self._lock:
            struck = [rule for rule, calls in self._rules if self._strikes(rule, calls, path)]
        return struck[0] if struck else None

    def _strikes(self, rule: Fault, calls: list[int], path: str) -> bool:
        if not path.startswith(rule.prefix):
            return False
        calls[0] += 1
        if rule.calls:
            return calls[0] in rule.calls
        return self._rng.random() < rule.probability
