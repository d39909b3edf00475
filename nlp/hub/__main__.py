"""The worker: one JSON line in, one JSON line out, until stdin ends.

First in: `{"recipe": …, "cache": …, "offline": …, "url": …}`; first out:
`{"name", "version", "facts"}`. Then `{"texts": […]}` gives `{"annotations": [[…], …]}`, the fields
of `nlp.annotation.Annotation` in order. Whatever fails is `{"error", "unfit"}` and ends it.
"""

import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any, TextIO

from config.errors import SadaError
from nlp.hub.composed import load_composed
from nlp.hub.errors import ModelUnfit
from nlp.hub.place import Place
from nlp.recipe import read_recipe

POLITENESS = 10
"""The dashboard goes first."""


def main() -> int:
    """Returns the exit status: 0, or 1 after an error was told."""
    for number in (signal.SIGTERM, signal.SIGINT):  # the parent ends this by closing stdin
        signal.signal(number, signal.SIG_IGN)
    os.nice(POLITENESS)
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    for noisy in ("httpx", "huggingface_hub"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    answers = _own_stdout()
    try:
        for answer in _answers(sys.stdin):
            _say(answers, answer)
    except SadaError as error:
        _say(answers, {"error": str(error), "unfit": isinstance(error, ModelUnfit)})
        return 1
    except BrokenPipeError:  # whoever asked is gone
        return 0
    except MemoryError:
        _say(answers, {"error": "the model does not fit in memory.", "unfit": False})
        return 1
    return 0


def _answers(lines: TextIO) -> Iterator[dict[str, Any]]:
    asked = json.loads(next(lines))
    place = Place(Path(asked["cache"]), bool(asked["offline"]), asked["url"])
    model = load_composed(read_recipe(asked["recipe"]), place)
    yield {"name": model.name, "version": model.version, "facts": model.facts()}
    for line in lines:
        found = model.annotate(json.loads(line)["texts"])
        yield {"annotations": [astuple(one) for one in found]}


def _own_stdout() -> int:
    """The pipe to the parent; what a library prints goes to stderr instead."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return kept


def _say(answers: int, document: dict[str, Any]) -> None:
    line = json.dumps(document).encode() + b"\n"
    while line:
        line = line[os.write(answers, line) :]


if __name__ == "__main__":
    raise SystemExit(main())
