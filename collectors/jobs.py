"""What a platform checks in bulk and answers later: a job over many ids, begun once, asked after.

Nothing is billed for it and nothing is read: the answer names posts, not their texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from collectors.base import Collector, CollectorError, Refused

CREATED: Final = "created"
COMPLETE: Final = "complete"
ENDED: Final = ("failed", "expired")
"""States of a job: it waits for its ids, its answer is there, it will never have one. Any other
state is work in progress."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job as the platform tells it. The addresses let anybody in, so they are never shown."""

    id: str
    name: str
    status: str
    upload_url: str = field(default="", repr=False)
    download_url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer of a job; an id in neither part stands as it stood.

    `gone`: no longer shown to the public, for whatever reason. `changed`: edited, and since when,
    `None` where that is not told. `unknown`: lines of a kind that is not known.
    """

    gone: tuple[str, ...] = ()
    changed: Mapping[str, datetime | None] = field(default_factory=dict)
    unknown: int = 0


class Occupied(CollectorError):
    """The platform works on another job of this key; ask again later."""

    code = "occupied"


class Withheld(Refused):
    """This key may not have jobs, though it may have the rest."""

    code = "withheld"


class Lapsed(CollectorError):
    """A job or an address of it is no longer known; a new job is needed."""

    code = "lapsed"


class Jobs(Protocol):
    """The jobs of one key. Every method raises `CollectorError`."""

    @property
    def calls(self) -> int:
        """Requests so far."""
        ...

    def create(self, name: str) -> Job:
        """A new job that `find` knows by `name`. Raises `Occupied`, `Withheld`."""
        ...

    def find(self, name: str) -> Job | None:
        """The newest job of that name that is not over; `None` if there is none."""
        ...

    def job(self, identity: str) -> Job:
        """A job as it stands now. Raises `Lapsed`."""
        ...

    def upload(self, job: Job, ids: Sequence[str]) -> None:
        """Says which posts the job is about. Raises `Lapsed`."""
        ...

    def findings(self, job: Job) -> Findings:
        """What a complete job found, whole or not at all. Raises `Lapsed`."""
        ...


def jobs_of(collector: Collector) -> Jobs | None:
    """What a collector offers by an attribute `jobs`; `None`: its platform has none."""
    jobs: Jobs | None = getattr(collector, "jobs", None)
    return jobs
