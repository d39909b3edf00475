"""What several commands share: opening Sada, choosing campaigns, progress, JSON."""

from __future__ import annotations

import json
import sys
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:  # SQLAlchemy and pydantic are no part of `sada --help`
    from config.campaign import Campaign
    from sada.bootstrap import Sada

CampaignArgument = Annotated[str, typer.Argument(metavar="CAMPAIGN", help="Slug of the campaign.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def open_sada() -> Sada:
    """The configured Sada, with the logging level of its settings."""
    from sada.bootstrap import assemble
    from sada.logs import configure_logging

    sada = assemble()
    configure_logging(sada.settings.log_level)
    return sada


def chosen(sada: Sada, slug: str | None) -> list[Campaign]:
    """One campaign, or all. Raises `ConfigurationError` for an unknown one."""
    return [sada.campaign(slug)] if slug else list(sada.campaigns.values())


def harmless(line: str) -> str:
    """`line` without signs that drive a terminal or turn its text around; files hold such."""
    return "".join(sign for sign in line if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))


def print_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


class Progress:
    """Overwrites one line on a terminal; elsewhere prints a plain line now and then."""

    def __init__(self, every: int = 10_000) -> None:
        self.every = every
        self._terminal = sys.stderr.isatty()
        self._next = every

    def show(self, line: str, done: int) -> None:
        if self._terminal:
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
        elif done >= self._next:
            self._next = done + self.every
            print(line, file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._terminal:
            print(file=sys.stderr)
