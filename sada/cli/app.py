"""Puts the commands together and turns every error into one line and an exit status."""

import os
import sys
from collections.abc import Sequence

import typer

from config.errors import SadaError
from sada.cli import collecting, figures, labels, serving, understanding, upkeep
from sada.cli.common import harmless
from sada.logs import configure_logging

app = typer.Typer(
    name="sada",
    help="Measures how a public-awareness campaign echoes through social media.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for room in (serving, collecting, understanding, figures, labels, upkeep):
    room.register(app)


def run(arguments: Sequence[str]) -> int:
    """Runs the command of `arguments`; the exit status."""
    configure_logging()
    try:
        result = app(args=list(arguments) or ["--help"], prog_name="sada", standalone_mode=False)
    except typer.TyperException as error:
        tell = getattr(error, "format_message", error.__str__)
        return _fail(f"{tell().rstrip('.')}. See sada --help.", getattr(error, "exit_code", 2))
    except SadaError as error:
        return _fail(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("interrupted; what was done is kept.", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _fail(message: str, status: int) -> int:
    line = " ".join(message.split())
    print(f"sada: {harmless(line)}", file=sys.stderr)
    return status
