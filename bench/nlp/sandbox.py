"""Out of domain: posts about a campaign against digital violence, written for the sandbox, with
the label that their writer meant. No head learns from them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Final

from sklearn.metrics import f1_score

from nlp.annotation import LABELS, Annotation, TextModel
from nlp.training.measure import Confusion, Score
from sada.sandbox.truth import labelled
from sada.sandbox.world import make_world

DAY: Final = date(2026, 11, 21)
"""Of the sandbox; another day makes other posts of the same sentences."""

Truth = dict[str, str]


def sandbox_scores(model: TextModel) -> tuple[list[Score], list[Confusion]]:
    """Figures over each distinct text on the campaign's subject, and confusions by language."""
    truths = campaign_texts()
    found = model.annotate([truth["text"] for truth in truths])
    scores = list(_scores(truths, found))
    languages = sorted({truth["language"] for truth in truths})
    confusions = []
    for language in languages:
        kept = [i for i, truth in enumerate(truths) if truth["language"] == language]
        of_language = [truths[i] for i in kept], [found[i] for i in kept]
        confusions.append(_confusion(f"sandbox, {language}", *of_language))
    return scores, confusions


def campaign_texts() -> list[Truth]:
    """Distinct texts of the sandbox that are about its subject, with language and label."""
    world = make_world(DAY)
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    rows = [row for row in labelled(world, noon) if row["scope"] != "none"]
    return list({row["text"]: row for row in rows}.values())


def _scores(truths: Sequence[Truth], found: Sequence[Annotation]) -> Iterator[Score]:
    meant, said = [t["label"] for t in truths], [a.label for a in found]
    macro = f1_score(meant, said, average="macro", labels=list(LABELS))
    yield Score("sandbox", f"macro F1 ({len(truths)} texts)", 100 * float(macro))
    for label in LABELS:
        share, truth = said.count(label) / len(said), meant.count(label) / len(meant)
        yield Score("sandbox", f"called {label} (truth {100 * truth:.0f})", 100 * share)
    off = [bool(t["offensive"]) for t in truths]
    macro = f1_score(off, [a.is_offensive for a in found], average="macro")
    yield Score("sandbox", "offensive macro F1", 100 * float(macro))


def _confusion(test: str, truths: Sequence[Truth], found: Sequence[Annotation]) -> Confusion:
    cells = Counter((t["label"], a.label) for t, a in zip(truths, found, strict=True))
    counts = tuple(tuple(cells[meant, said] for said in LABELS) for meant in LABELS)
    return Confusion(test, LABELS, LABELS, counts)
