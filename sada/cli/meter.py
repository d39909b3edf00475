"""How far a file is read: a bar on a terminal, a plain line now and then elsewhere."""

import time

from sada.cli.common import Progress, harmless

WIDTH = 24
EVERY_ROWS = 50_000


class Meter:
    """Told the bytes read and the rows done, shows both."""

    def __init__(self, name: str) -> None:
        self._name = harmless(name)[-40:]
        self._progress = Progress(every=EVERY_ROWS)
        self._share: float | None = 0.0
        self._started = time.monotonic()

    def bytes_read(self, done: int, size: int) -> None:
        """`size` 0: nobody knows how much there is."""
        self._share = min(done / size, 1.0) if size else None

    def show(self, rows: int) -> None:
        speed = rows / max(time.monotonic() - self._started, 0.001)
        self._progress.show(f"{self._name} {bar(self._share)}{rows:,} rows, {speed:,.0f}/s", rows)

    def end(self) -> None:
        self._progress.end()


def bar(share: float | None) -> str:
    """`[#####...] 63 % `, nothing where the share is not known."""
    if share is None:
        return ""
    full = round(share * WIDTH)
    return f"[{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%} "
