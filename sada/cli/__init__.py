"""The command line. Heavy imports happen inside the commands, so that `sada --help` is quick."""

import sys


def main() -> None:
    """Runs one command; errors are one line on stderr, exit 2 for wrong use, 1 for a failure."""
    from sada.cli.app import run

    sys.exit(run(sys.argv[1:]))
