"""The long-running parts: the scheduler and the dashboard, and how they end."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import date
from types import FrameType

from config.errors import ConfigurationError
from sada.bootstrap import Sada
from sada.lock import only_one
from sada.policy import held_apart, offensive_excluded

log = logging.getLogger(__name__)


class _Ended(BaseException):
    """Unwinds the work that a signal interrupts."""


class Ending:
    """SIGTERM and Ctrl-C as one request to end, which interrupts `run` and nothing else.

    So threads are started and joined undisturbed, whenever the signal comes.
    """

    def __init__(self) -> None:
        self._asked = False
        self._interruptible = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = True
        if self._interruptible:
            self._interruptible = False
            raise _Ended

    def run(self, work: Callable[[], None]) -> None:
        """Does `work` until it ends or a signal comes; not at all when one came before."""
        try:
            self._interruptible = True
            if not self._asked:
                work()
            self._interruptible = False
        except _Ended:
            pass


def with_scheduler(sada: Sada, work: Callable[[], None]) -> None:
    """Does `work` while the scheduler runs in the background; both end cleanly by a signal.

    Raises `SadaError` when another scheduler runs on this home.
    """
    from sada.scheduler import Conductor

    with only_one(sada.settings.home, "schedule"):
        ending = Ending()
        conductor = Conductor(sada)
        try:
            conductor.start()
            ending.run(work)
        finally:
            log.info("stopping: every job finishes the page in hand")
            conductor.stop()


def wait_for_end() -> None:
    """Returns only by a signal."""
    threading.Event().wait()


def run_dashboard(sada: Sada, port: int | None = None) -> None:
    """Serves the dashboard alone until a signal. Raises `SadaError`."""
    Ending().run(lambda: serve_dashboard(sada, port))


def serve_dashboard(sada: Sada, port: int | None = None) -> None:
    """Serves the dashboard until a signal. Raises `SadaError` when it may not or cannot."""
    from dashboard.app import create_app
    from dashboard.serve import serve

    settings = sada.settings
    app = create_app(
        sada.database,
        sada.campaigns,
        clock=sada.clock,
        language=settings.dashboard.language,
        offensive_excluded=offensive_excluded(sada),
        held_apart=held_apart(sada),
    )
    where = settings.dashboard.host, port or settings.dashboard.port
    serve(app, *where, ready=lambda: log.info("dashboard: http://%s:%d", *where))


def parse_day(text: str | None) -> date | None:
    """Raises `ConfigurationError` that shows the form expected."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"'{text}' is no day. Write it as 2026-03-31.") from error
