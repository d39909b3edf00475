"""Makes the simulators fail on purpose, so that tests can see what collecting does about it.

Every kind works on every platform. Statuses are answered in the platform's own words; broken
answers are broken on the wire; twists bend the pages that a platform gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from threading import Lock
from typing import Final, Literal, get_args

StatusKind = Literal[
    "401", "402", "403", "429", "429-no-reset", "429-capped", "500", "503", "200-errors"
]
"""`429-capped`: the month's or the day's quota, however the platform says it. `200-errors`: a
success that holds only an error."""
WireKind = Literal["slow", "reset", "truncated-gzip", "malformed"]
"""`slow` waits before it answers: longer than a client's patience, it is silence."""
TwistKind = Literal["endless", "repeated-token", "overlap", "reordered", "forgotten-token", "empty"]
"""`endless`: behind the last page comes the first again, under new tokens. `repeated-token`: the
next page has the token of this one. `overlap`: a page brings the end of the one before once more.
`reordered`: in no order. `forgotten-token`: page tokens are not known. `empty`: nothing there."""
FaultKind = StatusKind | WireKind | TwistKind

STATUSES: Final[tuple[str, ...]] = get_args(StatusKind)
WIRE: Final[tuple[str, ...]] = get_args(WireKind)
TWISTS: Final[tuple[str, ...]] = get_args(TwistKind)
KINDS: Final[tuple[str, ...]] = (*STATUSES, *WIRE, *TWISTS)


@dataclass(frozen=True)
class Fault:
    """One rule. `calls` numbers the calls (from 1) to paths under `prefix` that go wrong; without
    them each call goes wrong with `probability`. `seconds`: how slow `slow` is.

    Paths begin with the platform's name: `/x/` is all of X, `/x/2/tweets/search` its searches.
    """

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
            self._struck = self._asked = 0

    @property
    def asked(self) -> int:
        """Calls since the rules were set, gone wrong or not."""
        with self._lock:
            return self._asked

    @property
    def struck(self) -> int:
        """Calls that went wrong since the rules were set."""
        with self._lock:
            return self._struck

    def next(self, path: str) -> Fault | None:
        """The fault that befalls this call, if any. Every rule of the path counts the call."""
        with self._lock:
            struck = [rule for rule, calls in self._rules if self._strikes(rule, calls, path)]
            self._struck += bool(struck)
            self._asked += 1
        return struck[0] if struck else None

    def _strikes(self, rule: Fault, calls: list[int], path: str) -> bool:
        if not path.startswith(rule.prefix):
            return False
        calls[0] += 1
        if rule.calls:
            return calls[0] in rule.calls
        return self._rng.random() < rule.probability
