"""`demo`, `run`, `schedule`, `dashboard`, `sandbox`."""

from pathlib import Path
from typing import Annotated

import typer

from sada.cli.common import open_sada

PortOption = Annotated[int | None, typer.Option(help="Port of the dashboard.")]


def register(app: typer.Typer) -> None:
    app.command()(demo)
    app.command("run")(run_all)
    app.command()(schedule)
    app.command()(dashboard)
    app.command()(sandbox)


def demo(
    once: Annotated[bool, typer.Option("--once", help="Exit when everything is ready.")] = False,
    port: Annotated[int, typer.Option(help="Port of the dashboard.")] = 8050,
    today: Annotated[str | None, typer.Option(help="The day to play, YYYY-MM-DD.")] = None,
) -> None:
    """The whole way of a post on a synthetic campaign, with no key and no configuration."""
    from sada.demo import run_demo
    from sada.services import parse_day

    run_demo(once=once, port=port, today=parse_day(today))


def run_all(port: PortOption = None) -> None:
    """Scheduler and dashboard for the configured campaigns."""
    from sada.services import serve_dashboard, with_scheduler

    sada = open_sada()
    with_scheduler(sada, lambda: serve_dashboard(sada, port))


def schedule() -> None:
    """Only the scheduler."""
    from sada.services import wait_for_end, with_scheduler

    with_scheduler(open_sada(), wait_for_end)


def dashboard(port: PortOption = None) -> None:
    """Only the dashboard."""
    from sada.services import run_dashboard

    run_dashboard(open_sada(), port)


def sandbox(
    port: Annotated[int, typer.Option(help="Port of the simulators; 0 takes a free one.")] = 8077,
    today: Annotated[str | None, typer.Option(help="The day to play, YYYY-MM-DD.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed gives another campaign.")] = 1,
    campaigns: Annotated[
        Path | None, typer.Option(help="Folder to write the campaign file to.")
    ] = None,
) -> None:
    """Simulators of the platforms on loopback, fed by a synthetic campaign with known truth."""
    from sada.bootstrap import utc_now
    from sada.sandbox.server import serve_sandbox
    from sada.services import parse_day

    serve_sandbox(parse_day(today) or utc_now().date(), seed, port, campaigns)
