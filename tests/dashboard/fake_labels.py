"""A book of labels in memory, with as many texts as its test wants."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from storage.labels_draw import Wish
from storage.labels_files import Imported
from storage.labels_queue import next_of
from storage.labels_rows import Answer, Drawn, Frame, Item, Sample, annotator_name, by_post
from storage.rows import Cut
from tests.dashboard.fakes import TEXTS

DIGEST = b"d" * 16
DAYS = (date(2025, 9, 10), date(2025, 10, 5))


@dataclass
class FakeLabels:
    """Keeps samples and answers as storage does; `frames` answers what is labelled."""

    count: int = 0
    samples: list[Sample] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    frames: dict[date, Frame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._add(self.count)

    def _add(self, count: int) -> None:
        first = len(self.samples)
        for n in range(first, first + count):
            phase = ("before", "during")[n % 2]
            one = Sample(
                n, "x" if n % 4 else "reddit", f"p{n}", DAYS[n % 2], phase, "fr", 0.1, n,
                n % 5 == 0, DIGEST, None, None, "fr", ("neg", "neu", "pos")[n % 3], n % 6 == 0,
            )  # fmt: skip
            self.samples.append(one)

    def sample(self, slug: str) -> tuple[list[Sample], list[Answer]]:
        return list(self.samples), list(self.answers)

    def stamp(self, slug: str) -> tuple[int, datetime | None]:
        return len(self.answers), max((one.made_at for one in self.answers), default=None)

    def frame(self, slug: str, cut: Cut) -> Frame:
        return self.frames.get(cut.first or DAYS[0], Frame((), (), (), (), (), ()))

    def next_text(self, slug: str, annotator: str, now: datetime, *, disputed: bool) -> Item | None:
        name = annotator_name(annotator)
        found = next_of(self.samples, by_post(self.answers), name, now, disputed=disputed)
        return None if found is None else self._item(found)

    def _item(self, sample: Sample, given: Answer | None = None) -> Item:
        text = f"{TEXTS[sample.post_id % len(TEXTS)]} ({sample.post_id})"
        return Item(sample.post_id, DIGEST.hex(), text, sample.platform, given)

    def keep(
        self, slug: str, annotator: str, post_id: int, text_key: str, sentiment: str | None,
        offensive: bool | None, now: datetime,
    ) -> bool:  # fmt: skip
        if text_key != DIGEST.hex() or post_id >= len(self.samples):
            return False
        name = annotator_name(annotator)
        self._forget(name, post_id)
        self.answers.append(Answer(post_id, name, sentiment, offensive, now, DIGEST))
        return True

    def _forget(self, name: str, post_id: int) -> None:
        self.answers = [
            one for one in self.answers if (one.annotator, one.post_id) != (name, post_id)
        ]

    def take_back(self, slug: str, annotator: str, now: datetime) -> Item | None:
        mine = [one for one in self.answers if one.annotator == annotator]
        if not mine:
            return None
        self._forget(annotator, mine[-1].post_id)
        return self._item(self.samples[mine[-1].post_id], mine[-1])

    def draw(self, slug: str, spans: object, wish: Wish, now: datetime) -> list[Drawn]:
        self._add(2 * (wish.per_period or wish.more))
        half = len(self.samples) // 2
        return [Drawn(phase, 900, half, wish.per_period or wish.more) for phase in
                ("before", "during")]  # fmt: skip

    def answers_file(self, slug: str) -> tuple[str, int]:
        return "post,annotator\r\n", len(self.answers)

    def sheet(self, slug: str, annotator: str) -> tuple[str, int]:
        return f"post,annotator\r\np1,{annotator}\r\n", 1

    def take_in(self, slug: str, content: bytes, now: datetime) -> Imported:
        return Imported(1, 0, 0, 0, ())


def answered(book: FakeLabels, who: str, sentiments: str, now: datetime) -> FakeLabels:
    """`book` with answers of `who`: one letter (n, u, p, - for none) for each of its texts."""
    words = {"n": "neg", "u": "neu", "p": "pos"}
    said = [
        Answer(n, who, words[letter], n % 7 == 0, now, DIGEST)
        for n, letter in enumerate(sentiments)
        if letter in words
    ]
    return replace(book, count=0, answers=[*book.answers, *said])
