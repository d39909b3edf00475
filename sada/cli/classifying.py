"""`sada classify`: texts from lines, CSV or NDJSON become annotations, as a stream."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TextIO

from config.errors import ConfigurationError, SadaError
from config.settings import Settings
from nlp.annotation import Annotation, TextModel
from sada.cli.common import Progress
from sada.models import opener, recipe_of

BATCH = 512
HUB_BATCH = 64
"""Texts at once for models that read tens a second: enough to sort them by length."""
LONGEST_CELL = 10_000_000


def classify_stream(settings: Settings, path: Path | None, form: str, column: str) -> None:
    """Writes one NDJSON line a text to stdout, in input order, by the model of the settings.

    Raises `SadaError`.
    """
    recipe = recipe_of(settings.nlp)
    most = BATCH if recipe.is_embedded else HUB_BATCH
    with ExitStack() as stack:
        source = stack.enter_context(_open(path)) if path else _stdin()
        texts = _READERS[form](source, column, str(path or "stdin"))
        if not (batch := list(islice(texts, most))):
            return
        model = stack.enter_context(opener(settings)(recipe, lambda: False))
        progress, done = Progress(), 0
        while batch:
            _write(model, batch)
            done += len(batch)
            if not sys.stdout.isatty():
                progress.show(f"{done:,} texts read", done)
            batch = list(islice(texts, most))
        if not sys.stdout.isatty():
            progress.end()


def _write(model: TextModel, texts: list[str]) -> None:
    name = f"{model.name} {model.version}"
    for text, read in zip(texts, model.annotate(texts), strict=True):
        sys.stdout.write(json.dumps(_document(text, read, name), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _document(text: str, read: Annotation, model: str) -> dict[str, object]:
    shown = text.encode("utf-8", "replace").decode("utf-8")
    return {
        "text": shown,
        "language": read.language,
        "sentiment": {
            "neg": round(read.neg, 4), "neu": round(read.neu, 4), "pos": round(read.pos, 4),
        },
        "label": read.label,
        "offensive": round(read.offensive, 4),
        "model": model,
    }  # fmt: skip


def _open(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}).") from error


def _stdin() -> TextIO:
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")


def _utf8(lines: Iterator[str], name: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        try:
            line = next(lines, None)
        except UnicodeDecodeError as error:
            raise SadaError(f"{name}:{number}: not UTF-8 text. Save it as UTF-8.") from error
        if line is None:
            return
        yield line


def _lines(source: TextIO, column: str, name: str) -> Iterator[str]:
    for line in _utf8(iter(source), name):
        yield line.rstrip("\r\n")


def _ndjson(source: TextIO, column: str, name: str) -> Iterator[str]:
    for number, line in enumerate(_utf8(iter(source), name), 1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)[column]
        except json.JSONDecodeError as error:
            raise SadaError(f"{name}:{number}: not a JSON document ({error.msg}).") from error
        except (KeyError, TypeError) as error:
            raise ConfigurationError(
                f"{name}:{number}: has no field '{column}'. Name it with --text-column."
            ) from error
        yield "" if text is None else str(text)


def _csv(source: TextIO, column: str, name: str) -> Iterator[str]:
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.DictReader(_utf8(iter(source), name))
    try:
        columns = rows.fieldnames or []
        if column not in columns:
            known = ", ".join(columns) or "none"
            raise ConfigurationError(
                f"{name}: has no column '{column}'. Its columns: {known}. Name it with"
                " --text-column."
            )
        for row in rows:
            yield row[column] or ""
    except csv.Error as error:
        raise SadaError(f"{name}:{rows.line_num}: not a CSV row ({error}).") from error


_READERS = {"lines": _lines, "csv": _csv, "ndjson": _ndjson}
