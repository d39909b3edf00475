"""Which text an annotator gets next: a pure decision over the sample and the answers so far."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from storage.labels_rows import Answer, Sample, settle

CLAIM: Final = timedelta(minutes=10)
"""How long a text that is on somebody's screen is kept from others."""


def next_of(
    samples: Sequence[Sample],
    answers: Mapping[int, Sequence[Answer]],
    annotator: str,
    now: datetime,
    *,
    disputed: bool = False,
) -> Sample | None:
    """The first of `samples` (in their order) that waits for `annotator`; `None` when none does.

    Texts that nobody, or too few, answered come first; then those on which answers are tied, which
    wait for one more person. With `disputed` only these. Nobody gets a text twice.
    """
    tied: Sample | None = None
    for sample in samples:
        given = answers.get(sample.post_id, ())
        if any(one.annotator == annotator and one.current for one in given):
            continue
        if _claimed(sample, annotator, now) and not _room(sample, given):
            continue
        if is_disputed(given):
            tied = tied or sample
        elif not disputed and _missing(sample, given) > 0:
            return sample
    return tied


def is_disputed(answers: Sequence[Answer]) -> bool:
    """Whether one more opinion is needed."""
    settled = settle(answers)
    return settled is not None and settled.disputed


def is_done(sample: Sample, answers: Sequence[Answer]) -> bool:
    """Whether as many people as should have answered, and a majority agrees."""
    return _missing(sample, answers) <= 0 and not is_disputed(answers)


def _missing(sample: Sample, answers: Sequence[Answer]) -> int:
    return (2 if sample.doubled else 1) - sum(one.counts for one in answers)


def _room(sample: Sample, answers: Sequence[Answer]) -> bool:
    """Whether another one may answer at the same time."""
    return _missing(sample, answers) > 1


def _claimed(sample: Sample, annotator: str, now: datetime) -> bool:
    return (
        sample.claimed_by not in (None, annotator)
        and sample.claimed_at is not None
        and now - sample.claimed_at < CLAIM
    )
