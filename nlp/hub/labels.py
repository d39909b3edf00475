"""What a model's own names for its classes mean to Sada, by tables; nothing is guessed.

A name that says nothing (`LABEL_0`) or is not known needs the setting
`SADA_NLP__<TASK>_LABELS`, written as `LABEL_0=neg,LABEL_1=neu,LABEL_2=pos`; `*=other` stands for
all that is not named.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from nlp.annotation import LABELS, LANGUAGES
from nlp.hub.errors import ModelUnfit
from nlp.recipe import Task

OFFENSIVE: Final = "offensive"
HARMLESS: Final = "harmless"
DARIJA: Final = "ary"
"""Darija in whichever script the text is in."""

MEANINGS: Final[Mapping[Task, tuple[str, ...]]] = {
    "sentiment": LABELS,
    "offensive": (OFFENSIVE, HARMLESS),
    "language": (*LANGUAGES, DARIJA),
}
"""What a label of each task can mean."""

_NAMES: Final[Mapping[Task, Mapping[str, str]]] = {
    "sentiment": {
        "neg": "neg negative négatif negatif negativo verynegative très_négatif 1star 2stars",
        "neu": "neu neutral neutre neutro 3stars",
        "pos": "pos positive positif positivo verypositive très_positif 4stars 5stars",
    },
    "offensive": {
        OFFENSIVE: "offensive off offense offensif toxic toxicity severetoxic severetoxicity hate"
        " hateful hatespeech abusive abuse insult obscene threat identityhate identityattack"
        " profanity cyberbullying",
        HARMLESS: "notoffensive nonoffensive not normal neutral none clean safe ok acceptable"
        " nothate nonhate nothateful nonhateful nohate nothatespeech nonhatespeech nottoxic"
        " nontoxic notabusive nonabusive",
    },
    "language": {
        "fr": "fr fra fre frlatn fralatn french français",
        "en": "en eng enlatn englatn english",
        "es": "es spa eslatn spalatn spanish español",
        "arb": "arb arbarab msa modernstandardarabic",
        "ary-Arab": "aryarab",
        "ary-Latn": "arylatn arabizi",
        DARIJA: "ary darija moroccanarabic",
        "ber-Latn": "kab kablatn rif riflatn shilatn tzmlatn berlatn",
        "ber-Tfng": "zgh zghtfng shitfng tzmtfng bertfng",
        "mixed": "mixed codemixed codeswitched",
        "other": "other und unknown",
    },
}
_SEPARATORS = re.compile(r"[\s_\-.,:/()]+")


def meanings(task: Task, names: Sequence[str], told: Mapping[str, str]) -> tuple[str, ...]:
    """What each label of a model means, in the model's order: members of `MEANINGS[task]`.

    `told` is the operator's own word and wins over the tables.

    Raises:
        ModelUnfit: a name is not known, or no label has a meaning that the task needs.
    """
    _check_told(task, names, told)
    own = {_plain(name): meaning for name, meaning in told.items()}
    found = [own.get(_plain(name), _known(task, name) or own.get("*")) for name in names]
    unknown = [name for name, meaning in zip(names, found, strict=True) if meaning is None]
    if unknown:
        raise ModelUnfit(
            f"{_setting(task)}: the model's labels are {_listed(names)}, and Sada does not know"
            f" what {_listed(unknown)} mean. Set {_example(task, names, told)} (each one of"
            f" {_listed(MEANINGS[task])}; the model's card says which is which)."
        )
    meant = tuple(meaning for meaning in found if meaning is not None)
    _check_whole(task, names, meant)
    return meant


def _check_told(task: Task, names: Sequence[str], told: Mapping[str, str]) -> None:
    for name, meaning in told.items():
        if meaning not in MEANINGS[task]:
            raise ModelUnfit(
                f"{_setting(task)}: '{meaning}' is no meaning of a {task} label. Write one of"
                f" {_listed(MEANINGS[task])}."
            )
        if name != "*" and _plain(name) not in map(_plain, names):
            raise ModelUnfit(
                f"{_setting(task)}: the model has no label '{name}'. Its labels: {_listed(names)}."
            )


def _check_whole(task: Task, names: Sequence[str], meant: Sequence[str]) -> None:
    needed = {"sentiment": LABELS, "offensive": (OFFENSIVE,), "language": ()}[task]
    if missing := [one for one in needed if one not in meant]:
        raise ModelUnfit(
            f"SADA_NLP__{task.upper()}_MODEL: none of the model's labels ({_listed(names)}) means"
            f" {_listed(missing)}, which Sada's figures need. Choose another model, or say what"
            f" the labels mean with {_setting(task)}."
        )


def _known(task: Task, name: str) -> str | None:
    return _TABLE[task].get(_plain(name))


def _plain(name: str) -> str:
    return name if name == "*" else _SEPARATORS.sub("", name.casefold())


_TABLE: Final[Mapping[Task, Mapping[str, str]]] = {
    task: {_plain(name): meaning for meaning, listed in names.items() for name in listed.split()}
    for task, names in _NAMES.items()
}


def _setting(task: Task) -> str:
    return f"SADA_NLP__{task.upper()}_LABELS"


def _example(task: Task, names: Sequence[str], told: Mapping[str, str]) -> str:
    """The setting with what is known filled in and a gap for each of the rest."""
    pairs = [f"{name}={told.get(name) or _known(task, name) or '…'}" for name in names[:12]]
    return f"{_setting(task)}={','.join(pairs)}"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:30])
    return f"{shown}, …" if len(names) > 30 else shown
