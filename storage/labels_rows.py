"""What is asked and answered about hand labels: plain rows, and how several answers become one."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, TypeVar

from storage.errors import StorageError

Sentiment = Literal["neg", "neu", "pos"]
SENTIMENTS: Final[tuple[Sentiment, ...]] = ("neg", "neu", "pos")
LONGEST_NAME: Final = 40
Value = TypeVar("Value", bound=Hashable)


class LabelError(StorageError):
    """A label, a name or a draw that cannot be."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw did in one phase: its originals, those drawn by now, and those that are new."""

    phase: str
    population: int
    drawn: int
    added: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawn original with what the shown model read in its present text.

    `label` and `offensive` are `None` while the model has not read it. `text_digest` is that of the
    present text, `text` only filled where asked for.
    """

    post_id: int
    platform: str
    platform_id: str
    day: date
    phase: str
    stratum: str
    chance: float
    position: int
    doubled: bool
    text_digest: bytes
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    language: str | None = None
    label: str | None = None
    offensive: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One annotator's answer; `sentiment` is `None` where the text was skipped.

    `text_digest` is that of the text that was answered on; `current`: it is still the post's.
    """

    post_id: int
    annotator: str
    sentiment: str | None
    offensive: bool | None
    made_at: datetime
    text_digest: bytes
    current: bool = True
    origin: str = "page"

    @property
    def counts(self) -> bool:
        return self.current and self.sentiment is not None


@dataclass(frozen=True, slots=True)
class Item:
    """A text to label: what an annotator sees, and nothing that a model said of it.

    `text_key` names the text, so that an answer is only kept on what was seen. `platform` is not
    for showing but for its rules. `given` is the annotator's own answer that was taken back.
    """

    post_id: int
    text_key: str
    text: str
    platform: str
    given: Answer | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What the annotators together say of a post.

    `negative`, `neutral`, `positive` and `offensive` are 0 or 1 where a majority agrees, and the
    share of the answers where they are tied (`disputed`); `offensive` is `None` where nobody was
    asked.
    """

    sentiment: str | None
    negative: float
    neutral: float
    positive: float
    offensive: float | None
    answers: int
    disputed: bool


def settle(answers: Sequence[Answer]) -> Settled | None:
    """One label from the answers on a post that count; `None` where there is none."""
    said = [one for one in answers if one.counts]
    if not said:
        return None
    mood = _shares(one.sentiment for one in said)
    flags = _shares(one.offensive for one in said if one.offensive is not None)
    return Settled(
        sentiment=next((str(name) for name, share in mood.items() if share == 1), None),
        negative=mood.get("neg", 0.0),
        neutral=mood.get("neu", 0.0),
        positive=mood.get("pos", 0.0),
        offensive=flags.get(True, 0.0) if flags else None,
        answers=len(said),
        disputed=len(mood) > 1 or len(flags) > 1,
    )


def _shares(values: Iterable[Value]) -> Mapping[Value, float]:
    """1 for what more people say than anything else, else the shares of all that was said."""
    counts = Counter(values)
    most = counts.most_common(2)
    if len(most) == 2 and most[0][1] == most[1][1]:
        return {value: count / counts.total() for value, count in counts.items()}
    return {most[0][0]: 1.0} if most else {}


def annotator_name(text: str) -> str:
    """A name or initials as they are kept. Raises `LabelError` for none or too long a one."""
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not name or len(name) > LONGEST_NAME:
        raise LabelError(
            f"annotator {name[:LONGEST_NAME]!r}: give a name or initials of 1 to {LONGEST_NAME}"
            " letters."
        )
    return name


def by_post(answers: Iterable[Answer]) -> dict[int, list[Answer]]:
    """The answers of each post."""
    found: dict[int, list[Answer]] = {}
    for one in answers:
        found.setdefault(one.post_id, []).append(one)
    return found


def settle_all(answers: Iterable[Answer]) -> dict[int, Settled]:
    """The label of each post that has one."""
    settled = {post_id: settle(given) for post_id, given in by_post(answers).items()}
    return {post_id: one for post_id, one in settled.items() if one is not None}


@dataclass(frozen=True, slots=True)
class Frame:
    """All annotated originals of a stretch of days, and the hand labels of some of them.

    Sequences run along the originals; `settled` has the labelled ones by their place in them.
    `strata`: language and, where posts came between draws, which draws they were there for.
    """

    authors: Sequence[int]
    days: Sequence[date]
    platforms: Sequence[str]
    strata: Sequence[Hashable]
    labels: Sequence[str]
    offensive: Sequence[bool]
    settled: Mapping[int, Settled] = field(default_factory=dict)
