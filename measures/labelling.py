"""How far the labelling of a campaign is, and what its labels say of annotators and classifier."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from config.campaign import Phase
from measures.agreement import Agreement, Confusion, agreement, confusion_by_language

MOODS: Final = ("neg", "neu", "pos")
FLAGS: Final = ("no", "yes")
PRECISION: Final = ((200, 8), (400, 6))
"""Labels a period, and about how many points the interval of a share then reaches to each side
(docs/explanation/change.md)."""


class Sample(Protocol):
    """A drawn original, and what the model reads in it (`None`: not read)."""

    @property
    def post_id(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def platform(self) -> str: ...
    @property
    def doubled(self) -> bool: ...
    @property
    def language(self) -> str | None: ...
    @property
    def label(self) -> str | None: ...
    @property
    def offensive(self) -> bool | None: ...


class Answer(Protocol):
    """One annotator's answer. `counts`: it is no skip, and the text is still the same."""

    @property
    def post_id(self) -> int: ...
    @property
    def annotator(self) -> str: ...
    @property
    def sentiment(self) -> str | None: ...
    @property
    def offensive(self) -> bool | None: ...
    @property
    def current(self) -> bool: ...
    @property
    def counts(self) -> bool: ...


class Settled(Protocol):
    """What annotators together say of a post; `sentiment` is `None` while they are tied."""

    @property
    def sentiment(self) -> str | None: ...
    @property
    def offensive(self) -> float | None: ...
    @property
    def answers(self) -> int: ...
    @property
    def disputed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """Texts of a phase: drawn, with a label, answered by two people, and tied."""

    drawn: int = 0
    labelled: int = 0
    twice: int = 0
    disputed: int = 0


@dataclass(frozen=True, slots=True)
class Labelling:
    """All that labels tell besides the corrected shares.

    `annotators` counts each one's answers that count, `skipped` the answers that say nothing,
    `outdated` those on texts that were edited since. The confusions are of texts on which people
    agree, under "" for all languages and then by language.
    """

    progress: Mapping[Phase, Progress]
    annotators: Mapping[str, int]
    skipped: int
    outdated: int
    sentiment: Agreement
    offensive: Agreement
    sentiment_confusion: Mapping[str, Confusion]
    offensive_confusion: Mapping[str, Confusion]


def labelling(
    samples: Sequence[Sample],
    answers: Sequence[Answer],
    settled: Mapping[int, Settled],
    phase_of: Callable[[date], Phase | None],
    *,
    offensive_excluded: frozenset[str] = frozenset(),
) -> Labelling:
    """The state of labelling. `settled` are the labels by post.

    Sentiment is taken as ordered (negative, neutral, positive), offensiveness as nominal. Platforms
    that policy excludes are left out of what concerns offensiveness.
    """
    said = [one for one in answers if one.counts]
    judged = {one.post_id for one in samples if one.platform not in offensive_excluded}
    return Labelling(
        progress=progress(samples, settled, phase_of),
        annotators=dict(sorted(Counter(one.annotator for one in said).items())),
        skipped=sum(one.current and not one.counts for one in answers),
        outdated=sum(not one.current for one in answers),
        sentiment=agreement(
            [(str(one.post_id), one.annotator, one.sentiment or "") for one in said],
            MOODS,
            "ordinal",
        ),
        offensive=agreement(
            [
                (str(one.post_id), one.annotator, FLAGS[bool(one.offensive)])
                for one in said
                if one.offensive is not None and one.post_id in judged
            ],
            FLAGS,
            "nominal",
        ),
        sentiment_confusion=confusion_by_language(
            [
                (one.language or "", people.sentiment, one.label)
                for one in samples
                if (people := settled.get(one.post_id)) and people.sentiment and one.label
            ],
            MOODS,
        ),
        offensive_confusion=confusion_by_language(
            [
                (one.language or "", FLAGS[people.offensive == 1], FLAGS[bool(one.offensive)])
                for one in samples
                if (people := settled.get(one.post_id))
                and people.offensive in (0, 1)
                and one.offensive is not None
                and one.post_id in judged
            ],
            FLAGS,
        ),
    )


def progress(
    samples: Sequence[Sample],
    settled: Mapping[int, Settled],
    phase_of: Callable[[date], Phase | None],
) -> dict[Phase, Progress]:
    """How far each phase is that texts were drawn of."""
    found: dict[Phase, list[Settled | None]] = {}
    for one in samples:
        phase = phase_of(one.day)
        if phase is not None:
            found.setdefault(phase, []).append(settled.get(one.post_id))
    return {
        phase: Progress(
            drawn=len(found[phase]),
            labelled=sum(one is not None for one in found[phase]),
            twice=sum(one is not None and one.answers > 1 for one in found[phase]),
            disputed=sum(one is not None and one.disputed for one in found[phase]),
        )
        for phase in Phase
        if phase in found
    }
