"""The long-running parts: the scheduler and the dashboard, and how they end."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType

from config.errors import ConfigurationError
from sada.bootstrap import Sada
from sada.lock import only_one
from sada.policy import offensive_excluded

log = logging.getLogger(__name__)


class Ended(BaseException):
    """SIGTERM: unwinds the main thread through its `finally` blocks."""


@contextmanager
def start_scheduler(sada: Sada) -> Iterator[None]:
    """Runs the scheduler in the background while the block runs; ends it cleanly after."""
    from nlp.embedded import load_embedded
    from sada.scheduler import Conductor

    with only_one(sada.settings.home, "schedule"):
        conductor = Conductor(sada, load_embedded)
        conductor.start()
        try:
            with ending_on_signal():
                yield
        finally:
            log.info("stopping: every job finishes the page in hand")
            conductor.stop()


@contextmanager
def ending_on_signal() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does, without an error."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Ended

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except (Ended, KeyboardInterrupt):
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def wait_for_end() -> None:
    """Returns only by a signal."""
    threading.Event().wait()


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
    )
    where = settings.dashboard.host, port or settings.dashboard.port
    with ending_on_signal():
        serve(app, *where, ready=lambda: log.info("dashboard: http://%s:%d", *where))


def parse_day(text: str | None) -> date | None:
    """Raises `ConfigurationError` that shows the form expected."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(f"'{text}' is no day. Write it as 2026-03-31.") from error
