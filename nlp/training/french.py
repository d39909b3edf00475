"""Trains `nlp.french`: a small network over word vectors that stay as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as fn

from nlp.annotation import LABELS
from nlp.batch import TextBatch
from nlp.french import WordVectors, known_words
from nlp.network import padded_from
from nlp.training.learn import Example

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

HIDDEN: Final = 100
EPOCHS: Final = 15
BATCH: Final = 32
RATE: Final = 1e-3
SEEDS: Final = (0, 1, 2)


class TorchFrench(nn.Module):
    """The same computation as `nlp.french.French`, to be trained."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.inner = nn.Linear(size, HIDDEN)
        self.around = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1)
        self.out = nn.Linear(2 * size + 3 * HIDDEN, len(LABELS))

    def forward(self, vectors: Tensor, there: Tensor) -> Tensor:
        mask = there.unsqueeze(-1).float()
        count = mask.sum(1).clamp(min=1)
        gone = ~there.unsqueeze(-1)
        hidden = torch.tanh(self.inner(fn.dropout(vectors, 0.2, self.training))) * mask
        around = fn.relu(self.around(hidden.transpose(1, 2))).transpose(1, 2) * mask
        seen = [
            vectors.sum(1) / count,
            vectors.masked_fill(gone, -1e4).amax(1),
            hidden.masked_fill(gone, -1e4).amax(1),
            around.amax(1),
            around.sum(1) / count,
        ]
        scores: Tensor = self.out(fn.dropout(torch.cat(seen, 1), 0.5, self.training))
        return scores


@dataclass(frozen=True)
class Lesson:
    """Texts as rows of the vectors' table, with labels; texts without a known word are out."""

    table: Tensor
    numbers: Ints
    """Rows of the table, text after text."""
    starts: Ints
    lengths: Ints
    labels: Ints
    weights: Floats

    def batch(self, chosen: Ints) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        padded = padded_from(self.numbers, self.starts[chosen], self.lengths[chosen])
        places = torch.from_numpy(padded)
        taught = torch.from_numpy(self.labels[chosen]), torch.from_numpy(self.weights[chosen])
        return self.table[places], places > 0, *taught


def lesson(vectors: WordVectors, examples: Sequence[Example]) -> Lesson:
    """Examples of the three labels as a lesson."""
    batch = TextBatch.split([example.text for example in examples])
    rows, numbers, lengths = known_words(vectors, batch)
    nothing = np.zeros((1, vectors.size), np.float32)
    table = torch.from_numpy(np.concatenate([nothing, vectors.take(rows)]))
    kept = np.flatnonzero(lengths)
    starts = np.cumsum(lengths) - lengths
    labels = np.array([LABELS.index(examples[i].label) for i in kept.tolist()], np.int64)
    weights = np.array([examples[i].weight for i in kept.tolist()], np.float32)
    return Lesson(table, numbers, starts[kept], lengths[kept], labels, weights)


def train_french(vectors: WordVectors, examples: Sequence[Example]) -> list[dict[str, Floats]]:
    """One net a seed. Deterministic on one machine (one thread)."""
    taught = lesson(vectors, examples)
    return [_train(taught, vectors.size, seed) for seed in SEEDS]


def _train(taught: Lesson, size: int, seed: int) -> dict[str, Floats]:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = TorchFrench(size)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    for _ in range(EPOCHS):
        order = rng.permutation(len(taught.labels))
        for start in range(0, len(order), BATCH):
            vectors, there, labels, weights = taught.batch(order[start : start + BATCH])
            wrong = fn.cross_entropy(net(vectors, there), labels, reduction="none")
            loss = (wrong * weights).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return {name: value.detach().numpy().copy() for name, value in net.state_dict().items()}
