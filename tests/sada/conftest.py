"""A Sada of its own for each test: one small campaign, a database in a temporary folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.load import load_settings
from sada.bootstrap import Sada, assemble
from tests.sada.support import CAMPAIGN, NOW, Clock


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
