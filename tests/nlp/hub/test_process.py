"""The model in a process of its own: same answers, clear ends."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from nlp.hub.composed import load_composed
from nlp.hub.errors import ModelError, ModelUnfit
from nlp.hub.place import Place
from nlp.hub.process import ProcessModel, Stopped, _environment
from nlp.recipe import Part, Recipe
from tests.nlp.hub.test_composed import HARD


def recipe(folder: Path) -> Recipe:
    return Recipe((Part("sentiment", str(folder)),), 64)


def test_it_answers_as_the_model_in_this_process(feelings: Path, place: Place) -> None:
    here = load_composed(recipe(feelings), place)
    with ProcessModel(recipe(feelings), place) as there:
        assert (there.name, there.version) == (here.name, here.version)
        assert there.facts == here.facts()
        for texts in (["bravo", "honte"], HARD, []):
            assert there.annotate(texts) == here.annotate(texts)
        process = there._process
    assert process.poll() is not None


def test_what_the_model_lacks_is_told_by_the_process(tmp_path: Path, place: Place) -> None:
    with pytest.raises(ModelUnfit, match="there is no folder"):
        ProcessModel(recipe(tmp_path / "nothing"), place)


def test_a_killed_process_is_told_and_leaves_nothing(feelings: Path, place: Place) -> None:
    with ProcessModel(recipe(feelings), place) as model:
        os.kill(model._process.pid, signal.SIGKILL)
        with pytest.raises(ModelError, match="was killed, most likely for want of memory"):
            model.annotate(["bravo"])


def test_a_process_that_ends_by_itself_is_told(feelings: Path, place: Place) -> None:
    command = [sys.executable, "-c", "raise SystemExit(7)"]
    with pytest.raises(ModelError, match="its process ended with 7"):
        ProcessModel(recipe(feelings), place, command=command)


def test_a_signal_meanwhile_stops_the_wait(feelings: Path, place: Place) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    started = time.monotonic()
    with pytest.raises(Stopped):
        ProcessModel(recipe(feelings), place, stop=lambda: True, command=command)
    assert time.monotonic() - started < 30


def test_signals_to_the_group_do_not_end_it(feelings: Path, place: Place) -> None:
    with ProcessModel(recipe(feelings), place) as model:
        for number in (signal.SIGTERM, signal.SIGINT):
            os.kill(model._process.pid, number)
        assert model.annotate(["bravo"])[0].label == "pos"


def test_it_knows_none_of_sadas_secrets(place: Place) -> None:
    known = {"PATH": "/bin", "SADA_X__BEARER_TOKEN": "secret", "HF_TOKEN": "own"}
    told = _environment(known, place)
    assert told["PATH"] == "/bin"
    assert told["HF_TOKEN"] == "own"
    assert told["HF_HUB_OFFLINE"] == "1"
    assert not any(name.startswith("SADA_") for name in told)
