"""What a model scores on the official tests: rows of (test, measure, value, floor, goal).

Works for any `TextModel` and knows nothing of how it was trained. No test's rows were trained on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.metrics import confusion_matrix, f1_score

from nlp.annotation import LABELS, LANGUAGES, Annotation, TextModel
from nlp.text import strip_emoji
from nlp.training.calibrate import calibration_error
from nlp.training.corpora import OWN, OWN_LANGUAGES, Reader, Row

SENTIMENT_TESTS: Final = (
    "afrisenti_ary",
    "afrisenti_arq",
    "umsab_fr",
    "umsab_ar",
    "umsab_en",
    "umsab_es",
)
COUNTER_SPEECH: Final = ("counter_quote_nh", "counter_ref_nh", "negate_neg_nh")
"""Functions of HateCheck that quote, refer to or negate abuse without being it."""
MIN_SCRIPT_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Score:
    """One measured figure, in percent unless the measure's name says otherwise."""

    test: str
    measure: str
    value: float
    floor: float | None = None
    """What a linear baseline reached that was told the corpus."""
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts: rows are the truth, columns the answers."""

    test: str
    truth: tuple[str, ...]
    answers: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


_KNOWN: Final = {
    ("afrisenti_ary", "weighted F1"): (62.3, 63.0),
    ("afrisenti_ary", "macro F1, Arabic script"): (73.7, 74.0),
    ("afrisenti_ary", "macro F1, Latin script"): (50.5, 53.0),
    ("umsab_fr", "macro F1"): (61.9, 65.0),
    ("umsab_ar", "macro F1"): (59.3, 61.0),
    ("omcd", "macro F1"): (81.4, 83.0),
    ("multilingual_hatecheck_fr", "counter-speech called not offensive"): (None, 60.0),
    ("multilingual_hatecheck_ar", "counter-speech called not offensive"): (None, 60.0),
    ("sib200", "language macro F1"): (None, 97.0),
    ("qadi", "MA called Darija"): (81.0, 85.0),
    ("qadi", "MSA called Darija (at most)"): (2.0, 2.0),
    ("doda_ary-Latn", "recall"): (None, 97.0),
    ("doda_ary-Arab", "recall"): (None, 90.0),
    ("doda_pairs", "same sentiment label in both scripts"): (None, 75.0),
}


def score(test: str, measure: str, value: float) -> Score:
    """A score with the floor and goal that are known for it."""
    floor, goal = _KNOWN.get((test, measure), (None, None))
    return Score(test, measure, value, floor, goal)


def sentiment_scores(model: TextModel, read: Reader) -> Iterator[Score]:
    for test in SENTIMENT_TESTS:
        rows = read("sentiment", test, "test")
        found = model.annotate([row.text for row in rows])
        yield from _sentiment(test, rows, found)
        bare = model.annotate([strip_emoji(row.text) for row in rows])
        lost = _f1(rows, found) - _f1(rows, bare)
        yield score(test, "points of macro F1 lost without emoji", lost)


def _sentiment(test: str, rows: Sequence[Row], found: Sequence[Annotation]) -> Iterator[Score]:
    if test.startswith("afrisenti"):
        yield score(test, "weighted F1", _f1(rows, found, average="weighted"))
    yield score(test, "macro F1", _f1(rows, found))
    for script, name in (("arab", "Arabic"), ("latn", "Latin")):
        kept = [i for i, row in enumerate(rows) if row.script == script]
        if MIN_SCRIPT_ROWS <= len(kept) < 0.9 * len(rows):
            part = _f1([rows[i] for i in kept], [found[i] for i in kept])
            yield score(test, f"macro F1, {name} script", part)
    fresh = [i for i, row in enumerate(rows) if row.extra != "1"]
    if len(fresh) < len(rows):
        part = _f1([rows[i] for i in fresh], [found[i] for i in fresh], average="weighted")
        yield score(test, "weighted F1 without rows of older corpora", part)
    chances = np.array([max(a.neg, a.neu, a.pos) for a in found])
    right = np.array([a.label == row.label for a, row in zip(found, rows, strict=True)])
    yield score(test, "calibration error", 100 * calibration_error(chances, right))


def _f1(rows: Sequence[Row], found: Sequence[Annotation], average: str = "macro") -> float:
    truth, answers = [row.label for row in rows], [a.label for a in found]
    return 100 * float(f1_score(truth, answers, average=average, labels=list(LABELS)))


def offensive_scores(model: TextModel, read: Reader) -> Iterator[Score]:
    rows = [row for row in read("offensive", "omcd", "test") if row.extra != "1"]
    found = model.annotate([row.text for row in rows])
    yield score("omcd", "macro F1", _offence_f1(rows, found))
    bare = model.annotate([strip_emoji(row.text) for row in rows])
    lost = _offence_f1(rows, found) - _offence_f1(rows, bare)
    yield score("omcd", "points of macro F1 lost without emoji", lost)
    chances = np.array([max(a.offensive, 1 - a.offensive) for a in found])
    right = np.array(
        [a.is_offensive == (r.label == "off") for a, r in zip(found, rows, strict=True)]
    )
    yield score("omcd", "calibration error", 100 * calibration_error(chances, right))
    for language in ("fr", "ar"):
        yield from _hatecheck(model, read, f"multilingual_hatecheck_{language}")


def _offence_f1(rows: Sequence[Row], found: Sequence[Annotation]) -> float:
    truth = [row.label == "off" for row in rows]
    return 100 * float(f1_score(truth, [a.is_offensive for a in found], average="macro"))


def _hatecheck(model: TextModel, read: Reader, test: str) -> Iterator[Score]:
    rows = read("offensive", test, "test")
    calm = [not a.is_offensive for a in model.annotate([row.text for row in rows])]

    def share(keep: Callable[[Row], bool]) -> float:
        return 100 * float(np.mean([c for c, row in zip(calm, rows, strict=True) if keep(row)]))

    counter = share(lambda row: row.extra in COUNTER_SPEECH)
    yield score(test, "counter-speech called not offensive", counter)
    yield score(test, "all non-hateful called not offensive", share(_harmless))
    yield score(test, "hateful called offensive", 100 - share(lambda row: not _harmless(row)))


def _harmless(row: Row) -> bool:
    return row.label == "non-hateful"


def own_scores(model: TextModel, read: Reader) -> Iterator[Score]:
    """The project's own posts about campaigns that were kept from the training."""
    for language in OWN_LANGUAGES:
        name = f"{OWN}{language}"
        rows = read("sentiment", name, "test")
        found = model.annotate([row.text for row in rows])
        yield score(name, f"macro F1 ({len(rows)} posts)", _f1(rows, found))
        truth = np.mean([row.label == "neg" for row in rows])
        read_so = np.mean([answer.label == "neg" for answer in found])
        yield score(name, "points called neg too often", 100 * float(read_so - truth))
        offences = read("offensive", name, "test")
        yield score(name, "offensive macro F1", _offence_f1(offences, found))


def language_scores(model: TextModel, read: Reader) -> Iterator[Score]:
    rows = read("language", "sib200", "test")
    named = _languages(model, rows)
    names = sorted({row.label for row in rows})
    truth = [row.label for row in rows]
    macro = f1_score(truth, named, average="macro", labels=names, zero_division=0)
    yield score("sib200", "language macro F1", 100 * float(macro))
    rows = read("language", "qadi", "test")
    darija = [name == "ary-Arab" for name in _languages(model, rows)]
    for country, name in (
        ("MA", "MA called Darija"),
        ("MSA", "MSA called Darija (at most)"),
        ("DZ", "DZ called Darija"),
        ("EG", "EG called Darija"),
        ("SA", "SA called Darija"),
    ):
        kept = [d for d, row in zip(darija, rows, strict=True) if row.label == country]
        yield score("qadi", name, 100 * float(np.mean(kept)))
    for test in ("doda_ary-Latn", "doda_ary-Arab"):
        rows = read("language", test, "test")
        hits = [n == row.label for n, row in zip(_languages(model, rows), rows, strict=True)]
        yield score(test, "recall", 100 * float(np.mean(hits)))


def _languages(model: TextModel, rows: Iterable[Row]) -> list[str]:
    return [a.language for a in model.annotate([row.text for row in rows])]


def pair_scores(model: TextModel, pairs: Sequence[tuple[str, str]]) -> Iterator[Score]:
    """DODa: does a sentence mean the same to the model in either script?"""
    latin = model.annotate([pair[0] for pair in pairs])
    arabic = model.annotate([pair[1] for pair in pairs])
    same = np.mean([a.label == b.label for a, b in zip(latin, arabic, strict=True)])
    yield score("doda_pairs", "same sentiment label in both scripts", 100 * float(same))
    same = np.mean([a.is_offensive == b.is_offensive for a, b in zip(latin, arabic, strict=True)])
    yield score("doda_pairs", "same offensive verdict in both scripts", 100 * float(same))


def confusions(model: TextModel, read: Reader) -> Iterator[Confusion]:
    """Sentiment per test and script, offensive, and language."""
    for test in SENTIMENT_TESTS:
        rows = read("sentiment", test, "test")
        found = [a.label for a in model.annotate([row.text for row in rows])]
        for script in sorted({row.script for row in rows}):
            kept = [i for i, row in enumerate(rows) if row.script == script]
            if len(kept) >= MIN_SCRIPT_ROWS:
                truth = [rows[i].label for i in kept]
                yield _confusion(f"{test}, {script}", truth, [found[i] for i in kept], LABELS)
    fresh = [row for row in read("offensive", "omcd", "test") if row.extra != "1"]
    judged = model.annotate([row.text for row in fresh])
    verdicts = ["off" if a.is_offensive else "not" for a in judged]
    yield _confusion("omcd", [row.label for row in fresh], verdicts, ("not", "off"))
    rows = read("language", "sib200", "test")
    yield _confusion("sib200", [r.label for r in rows], _languages(model, rows), LANGUAGES)


def _confusion(
    test: str, truth: Sequence[str], answers: Sequence[str], names: Sequence[str]
) -> Confusion:
    used = tuple(name for name in names if name in truth)
    columns = tuple(name for name in names if name in truth or name in answers)
    table = confusion_matrix(truth, answers, labels=list(columns))
    counts = tuple(tuple(int(n) for n in table[columns.index(name)]) for name in used)
    return Confusion(test, used, columns, counts)


def all_scores(model: TextModel, read: Reader, pairs: Sequence[tuple[str, str]]) -> list[Score]:
    """Every figure of the model card, in its order."""
    return [
        *sentiment_scores(model, read),
        *offensive_scores(model, read),
        *own_scores(model, read),
        *language_scores(model, read),
        *pair_scores(model, pairs),
    ]
