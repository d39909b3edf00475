"""Trains `nlp.network` with torch on several tasks at once.

Corpora disagree about what is neutral and how bad is bad, so each has an intercept of its own
in training; a corpus of two classes teaches only those two against each other. One face of the
words is dropped at random, so that skeletons alone carry the meaning too: they are what both
scripts of Darija share.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import sparse
from torch import Tensor, nn
from torch.nn import functional as fn

from nlp.network import MAX_WORDS
from nlp.training.learn import Example, balanced
from nlp.words import BONE_ROWS, LETTER_ROWS, bone_features, letter_features

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

EMOJI_FROM: Final = "\u231a"
"""Tokens that start from here on are emoji (letters of all our scripts come before)."""


@dataclass(frozen=True, slots=True)
class Task:
    """One head and what teaches it."""

    name: str
    classes: tuple[str, ...]
    examples: Sequence[Example]
    speaks: str
    """The corpus whose intercept is shipped."""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes and habits of the training."""

    width: int = 96
    hidden: int = 160
    epochs: int = 4
    batch: int = 96
    rate: float = 2.5e-3
    only_bones: float = 0.25
    """Share of texts read by their skeletons alone."""
    without_words: float = 0.15
    without_emoji: float = 0.3
    respelt: float = 0.3
    """Share of texts read in their other script."""
    seed: int = 0


class TorchNetwork(nn.Module):
    """The same computation as `nlp.network.Network`, to be trained."""

    def __init__(self, plan: Plan, tasks: Sequence[Task], corpora: Mapping[str, int]) -> None:
        super().__init__()
        self.letters = nn.EmbeddingBag(LETTER_ROWS, plan.width, mode="sum", sparse=True)
        self.bones = nn.EmbeddingBag(BONE_ROWS, plan.width, mode="sum", sparse=True)
        for table in (self.letters, self.bones):
            nn.init.normal_(table.weight, std=0.5)
        self.near = nn.Conv1d(plan.width, plan.hidden, 3, padding=1)
        self.wide = nn.Conv1d(plan.hidden, plan.hidden, 3, padding=1)
        self.attention = nn.Linear(plan.hidden, 1)
        size = 2 * plan.width + 3 * plan.hidden
        self.head = nn.ModuleDict({t.name: nn.Linear(size, len(t.classes)) for t in tasks})
        self.habits = nn.ModuleDict(
            {t.name: nn.Embedding(corpora[t.name], len(t.classes)) for t in tasks}
        )
        for table in self.habits.values():
            nn.init.zeros_(table.weight)

    def faces(self, letters: tuple[Tensor, ...], bones: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        """Both halves of the words' vectors; each argument is (columns, offsets, weights)."""
        half = [
            table(columns, offsets, per_sample_weights=weights)
            for table, (columns, offsets, weights) in (
                (self.letters, letters),
                (self.bones, bones),
            )
        ]
        return tuple(half)

    def forward(self, vectors: Tensor, there: Tensor) -> Tensor:
        """Summary of texts: vectors (texts, words, width), there (texts, words)."""
        mask = there.unsqueeze(-1).float()
        vectors = vectors * mask
        near = fn.relu(self.near(vectors.transpose(1, 2))).transpose(1, 2) * mask
        inner = fn.dropout(near, 0.2, self.training)
        wide = (fn.relu(self.wide(inner.transpose(1, 2))).transpose(1, 2) + near) * mask
        count = mask.sum(1).clamp(min=1)
        attention = self.attention(wide).squeeze(-1).masked_fill(~there, -1e4)
        shares = torch.softmax(attention, 1).unsqueeze(-1)
        seen = [
            vectors.sum(1) / count,
            vectors.masked_fill(~there.unsqueeze(-1), -1e4).amax(1),
            wide.sum(1) / count,
            wide.masked_fill(~there.unsqueeze(-1), -1e4).amax(1),
            (wide * shares).sum(1),
        ]
        return fn.dropout(torch.cat(seen, 1), 0.5, self.training)


class Words:
    """All words of the training, numbered from 1, with their features."""

    def __init__(self, texts: Sequence[str]) -> None:
        split = [text.split()[:MAX_WORDS] for text in texts]
        words = sorted({word for text in split for word in text})
        number = {word: i + 1 for i, word in enumerate(words)}
        self.texts = [np.array([number[word] for word in text], np.int64) for text in split]
        self.is_emoji = np.array([False, *(word[0] >= EMOJI_FROM for word in words)])
        self._letters = letter_features(words)
        self._bones = bone_features(words)

    def bags(self, numbers: Ints) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        return _bag(self._letters[numbers - 1]), _bag(self._bones[numbers - 1])


def _bag(features: sparse.csr_matrix) -> tuple[Tensor, ...]:
    return (
        torch.from_numpy(features.indices.astype(np.int64)),
        torch.from_numpy(features.indptr[:-1].astype(np.int64)),
        torch.from_numpy(features.data),
    )


class Teacher:
    """Holds the rows of all tasks as arrays and gives the loss of a batch."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks
        self.texts: list[str] = [e.text for t in tasks for e in t.examples]
        self.task = np.repeat(np.arange(len(tasks)), [len(t.examples) for t in tasks])
        self.corpora: list[list[str]] = []
        self.allowed: list[NDArray[np.bool_]] = []
        labels, owners, weights = [], [], []
        for task in tasks:
            names = sorted({e.corpus for e in task.examples})
            label = np.array([task.classes.index(e.label) for e in task.examples])
            owner = np.array([names.index(e.corpus) for e in task.examples])
            allowed = np.zeros((len(names), len(task.classes)), dtype=bool)
            allowed[owner, label] = True
            weight = np.array([e.weight for e in task.examples])
            weights.append(task.weight * balanced(weight, label, owner, allowed))
            self.corpora.append(names)
            self.allowed.append(allowed)
            labels.append(label)
            owners.append(owner)
        self.labels, self.owners = np.concatenate(labels), np.concatenate(owners)
        self.weights = np.concatenate(weights).astype(np.float32)

    def counts(self) -> dict[str, int]:
        return {t.name: len(names) for t, names in zip(self.tasks, self.corpora, strict=True)}

    def loss(self, net: TorchNetwork, summary: Tensor, rows: Ints) -> Tensor:
        total = summary.new_zeros(())
        for number, task in enumerate(self.tasks):
            here = np.flatnonzero(self.task[rows] == number)
            if not len(here):
                continue
            own = rows[here]
            owner = torch.from_numpy(self.owners[own])
            scores = net.head[task.name](summary[here]) + net.habits[task.name](owner)
            closed = ~torch.from_numpy(self.allowed[number][self.owners[own]])
            scores = scores.masked_fill(closed, -1e4)
            wrong = fn.cross_entropy(scores, torch.from_numpy(self.labels[own]), reduction="none")
            total = total + (wrong * torch.from_numpy(self.weights[own])).sum()
        return total / len(rows)


def train(
    tasks: Sequence[Task],
    plan: Plan,
    respell: Callable[[str], str],
    after_epoch: Callable[[int, dict[str, Floats]], Any] = lambda epoch, arrays: None,
) -> dict[str, Floats]:
    """The arrays of a `Network`. Deterministic on one machine (one thread, fixed seed).

    `respell`: a normalised text in its other script.
    """
    torch.manual_seed(plan.seed)
    rng = np.random.default_rng(plan.seed)
    teacher = Teacher(tasks)
    words = Words([*teacher.texts, *map(respell, teacher.texts)])
    net = TorchNetwork(plan, tasks, teacher.counts())
    tables = [net.letters.weight, net.bones.weight]
    rest = [p for n, p in net.named_parameters() if not n.startswith(("letters.", "bones."))]
    optimizers = (
        torch.optim.SparseAdam(tables, lr=plan.rate * 2),
        torch.optim.AdamW(rest, lr=plan.rate, weight_decay=1e-3),
    )
    steps = plan.epochs * (len(teacher.texts) // plan.batch + 1)
    done = 0
    for epoch in range(plan.epochs):
        net.train()
        for rows in _batches(words, len(teacher.texts), plan, rng):
            share = max(0.03, 1 - done / steps)
            for optimizer, factor in zip(optimizers, (2.0, 1.0), strict=True):
                for group in optimizer.param_groups:
                    group["lr"] = plan.rate * factor * share
                optimizer.zero_grad()
            loss = teacher.loss(net, _read(net, words, rows, plan, rng), rows)
            loss.backward()
            for optimizer in optimizers:
                optimizer.step()
            done += 1
        after_epoch(epoch, arrays_of(net, teacher))
    return arrays_of(net, teacher)


def _batches(words: Words, rows: int, plan: Plan, rng: np.random.Generator) -> Iterator[Ints]:
    """Rows of like length together, in random order; each row once."""
    lengths = np.array([len(text) for text in words.texts[:rows]])
    order = rng.permutation(np.flatnonzero(lengths))
    for start in range(0, len(order), 50 * plan.batch):
        pool = order[start : start + 50 * plan.batch]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        parts = [pool[i : i + plan.batch] for i in range(0, len(pool), plan.batch)]
        for number in rng.permutation(len(parts)):
            yield parts[number]


def _read(
    net: TorchNetwork, words: Words, rows: Ints, plan: Plan, rng: np.random.Generator
) -> Tensor:
    half = len(words.texts) // 2  # the second half holds the same texts in their other script
    texts = [words.texts[row + half * (rng.random() < plan.respelt)] for row in rows]
    table = np.zeros((len(rows), max(map(len, texts))), np.int64)
    for i, text in enumerate(texts):
        table[i, : len(text)] = text
    dropped = rng.random(table.shape) < plan.without_words
    dropped |= words.is_emoji[table] & (rng.random(len(rows)) < plan.without_emoji)[:, None]
    kept = np.where(dropped, 0, table)
    table = np.where(kept.any(axis=1, keepdims=True), kept, table)
    distinct, inverse = np.unique(table, return_inverse=True)
    inverse = inverse.reshape(table.shape)
    real = distinct[distinct > 0]
    letters, bones = net.faces(*words.bags(real))
    pad = letters.new_zeros((int(len(real) < len(distinct)), letters.shape[1]))
    places = torch.from_numpy(inverse)
    bare = torch.from_numpy(rng.random(len(rows)) < plan.only_bones)[:, None, None].float()
    seen_letters = fn.embedding(places, torch.cat([pad, letters])) * (1 - bare)
    seen_bones = fn.embedding(places, torch.cat([pad, bones])) * (1 + bare)
    summary: Tensor = net(seen_letters + seen_bones, torch.from_numpy(table > 0))
    return summary


def arrays_of(net: TorchNetwork, teacher: Teacher) -> dict[str, Floats]:
    """The weights under the names of `nlp.network`; heads with the intercept that speaks."""
    arrays: dict[str, Any] = {"letters": net.letters.weight, "bones": net.bones.weight}
    for name in ("near", "wide", "attention"):
        layer = getattr(net, name)
        arrays[f"{name}.weight"], arrays[f"{name}.bias"] = layer.weight, layer.bias
    for task, names in zip(teacher.tasks, teacher.corpora, strict=True):
        heard = [i for i, name in enumerate(names) if name == task.speaks] or range(len(names))
        head, habits = net.head[task.name], net.habits[task.name].weight[list(heard)].mean(0)
        arrays[f"head.{task.name}.weight"] = head.weight
        arrays[f"head.{task.name}.bias"] = head.bias + habits
    return {name: value.detach().numpy().copy() for name, value in arrays.items()}
