"""Leave one corpus out: what the Darija head scores on a corpus that it has not seen."""

from collections.abc import Iterator

import numpy as np
from sklearn.metrics import f1_score

from nlp.annotation import LABELS
from nlp.training.assemble import scores_of
from nlp.training.corpora import Reader
from nlp.training.learn import Learner
from nlp.training.measure import Score
from nlp.training.recipes import DARIJA_SENTIMENT

LEFT_OUT = ("nanaa", "myc", "elecmorocco", "arsarcasm_v2")


def transfer_scores(read: Reader) -> Iterator[Score]:
    """Macro F1 on each left-out corpus, over the labels that it uses (minutes a corpus)."""
    learner = Learner(read)
    for name in LEFT_OUT:
        head = learner.learn(DARIJA_SENTIMENT, without=frozenset({name}))
        rows = read("sentiment", name, "train")
        used = [LABELS.index(label) for label in LABELS if any(r.label == label for r in rows)]
        scores = scores_of(head, [row.text for row in rows])[:, used]
        answers = [LABELS[used[best]] for best in np.argmax(scores, axis=1)]
        truth = [row.label for row in rows]
        value = 100 * float(f1_score(truth, answers, average="macro"))
        yield Score(f"{name} (left out)", f"macro F1 of {len(used)} classes", value)
