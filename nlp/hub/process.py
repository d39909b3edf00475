"""A text model that lives in a process of its own.

Its memory is free again when it is closed, and when the system kills it for want of memory, the
scheduler and the dashboard go on.
"""

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, Self

from config.errors import SadaError
from nlp.annotation import Annotation
from nlp.hub.errors import ModelError, ModelUnfit
from nlp.hub.place import Place
from nlp.recipe import Recipe

COMMAND: Final = (sys.executable, "-m", "nlp.hub")
LOOK_SECONDS: Final = 0.5
"""How often a wait looks whether it is told to stop."""
_QUIET: Final = {
    "TRANSFORMERS_VERBOSITY": "error",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "true",
    "PYTHONIOENCODING": "utf-8",
}


class Stopped(SadaError):
    """Somebody asked to stop while a model was being loaded; nothing is lost."""


class ProcessModel:
    """Implements `annotation.TextModel` by asking `python -m nlp.hub`."""

    def __init__(
        self,
        recipe: Recipe,
        place: Place,
        *,
        stop: Callable[[], bool] = lambda: False,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Starts the process and waits until its model is loaded.

        Raises:
            ModelUnfit: Sada cannot use the model as it is.
            ModelError: the model cannot be fetched or loaded now.
            Stopped: `stop` answered true meanwhile.
        """
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(os.environ, place),
        )
        self._told = recipe.told()
        try:
            hello = self._ask(_request(recipe, place), stop)
        except BaseException:
            self.close()
            raise
        self._name, self._version = str(hello["name"]), str(hello["version"])
        self.facts: list[str] = list(hello["facts"])

    @property
    def name(self) -> str:
        return self._name

    @property
    def version(self) -> str:
        return self._version

    def annotate(self, texts: Sequence[str]) -> list[Annotation]:
        """Annotate each text, in input order. Raises `ModelError` when the process is gone."""
        if not texts:
            return []
        found = self._ask({"texts": list(texts)})["annotations"]
        return [Annotation(*fields) for fields in found]

    def close(self) -> None:
        """Ends the process; its memory is free when this returns."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                with suppress(BrokenPipeError):
                    pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(
        self, request: Mapping[str, Any], stop: Callable[[], bool] = lambda: False
    ) -> dict[str, Any]:
        assert self._process.stdin is not None  # noqa: S101
        with suppress(BrokenPipeError):  # its last words may still say why
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        line = self._line(stop)
        if not line:
            raise ModelError(self._death())
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise (ModelUnfit if answer["unfit"] else ModelError)(str(answer["error"]))
        return answer

    def _line(self, stop: Callable[[], bool]) -> bytes:
        """The next line of the process, empty when it has ended."""
        assert self._process.stdout is not None  # noqa: S101
        with selectors.DefaultSelector() as ready:
            ready.register(self._process.stdout, selectors.EVENT_READ)
            while not ready.select(LOOK_SECONDS):
                if stop():
                    raise Stopped(f"{self._told}: stopped while it was being loaded.")
        return self._process.stdout.readline()

    def _death(self) -> str:
        status = self._process.wait()
        if status == -9:
            return (
                f"{self._told}: its process was killed, most likely for want of memory. Give the"
                " machine more, choose a smaller or quantised model, or lower"
                " SADA_NLP__MAX_TOKENS."
            )
        return f"{self._told}: its process ended with {status}. Its last words are on stderr."


def _request(recipe: Recipe, place: Place) -> dict[str, Any]:
    return {
        "recipe": recipe.document(),
        "cache": str(place.cache),
        "offline": place.offline,
        "url": place.url,
    }


def _environment(known: Mapping[str, str], place: Place) -> dict[str, str]:
    """What the process is told: none of Sada's secrets, no telemetry, no chatter."""
    kept = {name: value for name, value in known.items() if not name.startswith("SADA_")}
    offline = {"HF_HUB_OFFLINE": "1"} if place.offline else {}
    bars = {} if sys.stderr.isatty() else {"HF_HUB_DISABLE_PROGRESS_BARS": "1"}
    return {**kept, **_QUIET, **offline, **bars}
