"""A Sada of its own for each test: one small campaign, a database in a temporary folder."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.load import load_settings
from sada.bootstrap import Sada, assemble

CAMPAIGN = """\
slug: small
title: {fr: Petite, ar: صغيرة, en: Small}
start: 2025-03-10
end: 2025-03-20
families:
  - concept: name
    hashtags: [Sghira]
    words: [sghira]
    exclusions: [publicité]
topic_query:
  - concept: cyberviolence
    words: [cyberviolence]
signposts:
  - {name: numéro vert, numbers: ["8350"]}
accounts:
  - {platform: x, handle: ong_officielle, standing: owned, name: ONG}
sources:
  - {name: x, every_minutes: 30, dollars_in_all: 1}
digest: {recipients: [equipe@ong.example], hour: "08:00"}
"""
NOW = datetime(2025, 3, 12, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that tests move by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def make_sada(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Sada]]:
    """Builds a Sada on `tmp_path`; called again, one that opens the same database."""
    made: list[Sada] = []
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "campaigns" / "small.yaml").write_text(CAMPAIGN, encoding="utf-8")

    def make(**environ: str) -> Sada:
        known = {
            "SADA_HOME": str(tmp_path / "home"),
            "SADA_CAMPAIGNS_DIR": str(tmp_path / "campaigns"),
        }
        sada = assemble(load_settings(known | environ, tmp_path), clock=clock)
        made.append(sada)
        return sada

    yield make
    for sada in made:
        sada.database.close()


@pytest.fixture
def sada(make_sada: Callable[..., Sada]) -> Sada:
    return make_sada()
