"""Starts the simulators on loopback: for `sada demo`, `sada sandbox` and the tests."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shlex import quote
from threading import Thread
from types import TracebackType
from typing import Self

from config.errors import SadaError
from sada.sandbox.campaign import sandbox_campaign, write_campaign
from sada.sandbox.faults import Faults
from sada.sandbox.platforms import PLATFORMS
from sada.sandbox.web import Server, Service
from sada.sandbox.world import World, make_world


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _say(line: str) -> None:
    print(line, flush=True)


@dataclass(frozen=True)
class Sandbox:
    """Running simulators; also a context manager that stops them."""

    world: World
    faults: Faults
    server: Server

    def url(self, platform: str) -> str:
        """The base address of one platform."""
        return f"{self.server.url}/{platform}"

    @property
    def settings(self) -> dict[str, str]:
        """The environment that points Sada here; its keys open nothing else."""
        return {
            name: value
            for one in PLATFORMS.values()
            for name, value in one.settings(self.url(one.name)).items()
        }

    def stop(self) -> None:
        """Stops serving and frees the port."""
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start_sandbox(
    world: World,
    *,
    port: int = 0,
    now: Callable[[], datetime] = _utc_now,
    faults: Faults | None = None,
    latency: float = 0.0,
    sleep: Callable[[float], None] = time.sleep,
    most: int = 1000,
) -> Sandbox:
    """Serves `world` on 127.0.0.1 in a thread; port 0 takes a free one.

    `now` decides what was posted already; `latency` is in seconds a call, `most` rows a page.
    Raises `SadaError` where the port is taken.
    """
    faults = faults or Faults()
    simulators = {one.name: one.simulator(world.of(one.name), now) for one in PLATFORMS.values()}
    services = [Service(name, one.answer, one.refuse) for name, one in simulators.items()]
    try:
        server = Server(port, services, faults, latency, sleep, most)
    except OSError as error:
        raise SadaError(
            f"sandbox: port {port} cannot be used ({error.strerror}). Choose another with --port."
        ) from error
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return Sandbox(world, faults, server)


def serve_sandbox(
    today: date,
    seed: int,
    port: int,
    campaigns_dir: Path | None,
    *,
    say: Callable[[str], None] = _say,
    wait: Callable[[], None] | None = None,
) -> None:
    """Serves until interrupted; tells through `say` what to export. Writes the campaign file into
    `campaigns_dir` where one is given."""
    world = make_world(today, seed)
    with start_sandbox(world, port=port) as sandbox:
        settings = dict(sandbox.settings)
        if campaigns_dir is not None:
            path = write_campaign(sandbox_campaign(world.design), campaigns_dir)
            settings["SADA_CAMPAIGNS_DIR"] = str(path.parent.resolve())
        say(f"# Sandbox of {today} (seed {seed}) at {sandbox.server.url}; stop it with Ctrl+C.")
        for name, value in settings.items():
            say(f"export {name}={quote(value)}")
        try:
            (wait or _forever)()
        except KeyboardInterrupt:
            say("# Stopped.")


def _forever() -> None:
    while True:
        time.sleep(3600)
