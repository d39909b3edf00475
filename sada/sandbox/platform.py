"""What a simulated platform is: posts of its own, a simulator that shows them, its settings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sada.sandbox.faults import Fault
from sada.sandbox.item import Item
from sada.sandbox.maker import Maker
from sada.sandbox.web import Request, Response

Now = Callable[[], datetime]


class Simulator(Protocol):
    """Answers as one platform does. Shows what was posted until now."""

    def answer(self, request: Request) -> Response:
        """The answer to one call; pages are bent as `request.twist` says."""
        ...

    def refuse(self, fault: Fault) -> Response:
        """The answer where `fault` is a status, a 200 that holds an error among them."""
        ...


@dataclass(frozen=True)
class Platform:
    """One folder of the sandbox. `settings` names what points Sada to its base address."""

    name: str
    maker: type[Maker]
    simulator: Callable[[Sequence[Item], Now], Simulator]
    settings: Callable[[str], Mapping[str, str]]
