"""Leave corpora out: what the Darija side of the model scores on corpora that it has not seen.

Several are left out together, so that one training serves them all; that is a little harder than
leaving out one at a time.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from nlp.annotation import LABELS
from nlp.batch import TextBatch
from nlp.embedded import Opinions
from nlp.features import featurize
from nlp.network import Network
from nlp.numbers import softmax
from nlp.respell import Respeller
from nlp.sentiment import NETWORK_SHARE, OTHER_SCRIPT_SHARE
from nlp.text import normalize
from nlp.training.corpora import Reader
from nlp.training.learn import Head, Learner
from nlp.training.measure import MIN_SCRIPT_ROWS, Score
from nlp.training.recipes import DARIJA_SENTIMENT

Floats = NDArray[np.float32]

LEFT_OUT = (("nanaa", "elecmorocco"), ("myc", "wevote_mstd", "wevote_msda"))
CHUNK = 1000


def transfer_scores(read: Reader) -> Iterator[Score]:
    """Macro F1 on each left-out corpus, over the labels that it uses (ten minutes a group)."""
    from nlp.training.neural import darija_network

    learner = Learner(read)
    for group in LEFT_OUT:
        without = frozenset(group)
        head = learner.learn(DARIJA_SENTIMENT, without=without)
        arrays, counterparts, _ = darija_network(read, without=without)
        network, respeller = Network(arrays), Respeller(counterparts)
        for name in group:
            yield from _scores(read, name, head, network, respeller)


def _scores(
    read: Reader, name: str, head: Head, network: Network, respeller: Respeller
) -> Iterator[Score]:
    rows = read("sentiment", name, "train")
    used = [LABELS.index(label) for label in LABELS if any(r.label == label for r in rows)]
    texts = [normalize(row.text) for row in rows]
    linear, chances = _answers(texts, head, network, respeller)
    for script in sorted({row.script for row in rows}):
        kept = [i for i, row in enumerate(rows) if row.script == script]
        if len(kept) < MIN_SCRIPT_ROWS:
            continue
        truth = [rows[i].label for i in kept]
        for what, answers in (("linear head alone", linear), ("with the network", chances)):
            best = answers[kept][:, used].argmax(axis=1)
            said = [LABELS[used[place]] for place in best]
            value = 100 * float(f1_score(truth, said, average="macro"))
            measure = f"macro F1 of {len(used)} classes, {script}, {what}"
            yield Score(f"{name} (left out)", measure, value)


def _answers(
    texts: list[str], head: Head, network: Network, respeller: Respeller
) -> tuple[Floats, Floats]:
    """What the linear head says, and what the whole Darija side says, as it ships."""
    linear, whole = [], []
    for start in range(0, len(texts), CHUNK):
        own = TextBatch.split(texts[start : start + CHUNK])
        linear.append(softmax(featurize(own) @ head.weights + head.intercept))
        found = Opinions(linear[-1].copy(), np.zeros(own.count, np.float32))
        other = own.through(respeller.word)
        for read, share in ((own, NETWORK_SHARE), (other, OTHER_SCRIPT_SHARE)):
            found.mix(range(own.count), share, softmax(network.scores(read)["sentiment"]))
        whole.append(found.feelings)
    return np.concatenate(linear), np.concatenate(whole)
