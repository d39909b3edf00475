"""Tiny models on disk, made once."""

from pathlib import Path

import pytest

from nlp.hub.place import Place
from tests.nlp.hub.hub_made import OFFENCES, make_model


@pytest.fixture(scope="session")
def feelings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sentiment model."""
    return make_model(tmp_path_factory.mktemp("models") / "feelings")


@pytest.fixture(scope="session")
def offences(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an offensive-language model."""
    folder = tmp_path_factory.mktemp("models") / "offences"
    return make_model(folder, labels=("normal", "hateful"), says=OFFENCES)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Offline, with an empty cache."""
    return Place(tmp_path / "cache", offline=True)
