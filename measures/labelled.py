"""Shares of tone corrected by hand labels, phase by phase, beside the model's own."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from config.campaign import Phase
from measures.change import Change, Period
from measures.changes import doubled
from measures.corrected import (
    LEAST_LABELS,
    Corrected,
    PeriodPosts,
    corrected_period,
    corrected_share,
)

__all__ = ["LEAST_LABELS", "TONES", "Corrected", "LabelledShares", "correct"]

TONES = ("negative_share", "neutral_share", "positive_share", "net_sentiment", "offensive_share")
"""What can be corrected, by key in the dictionary."""


class Settled(Protocol):
    """What annotators together say of a post: 0 or 1, or between where they are tied."""

    @property
    def negative(self) -> float: ...
    @property
    def neutral(self) -> float: ...
    @property
    def positive(self) -> float: ...
    @property
    def offensive(self) -> float | None: ...


class Frame(Protocol):
    """All annotated originals of a phase along its sequences; `settled` by place in them."""

    @property
    def authors(self) -> Sequence[int]: ...
    @property
    def days(self) -> Sequence[date]: ...
    @property
    def platforms(self) -> Sequence[str]: ...
    @property
    def strata(self) -> Sequence[Hashable]: ...
    @property
    def labels(self) -> Sequence[str]: ...
    @property
    def offensive(self) -> Sequence[bool]: ...
    @property
    def settled(self) -> Mapping[int, Settled]: ...


@dataclass(frozen=True, slots=True)
class LabelledShares:
    """What hand labels make of the model's shares.

    `labels` counts the labelled originals of each phase. `shares` has, by metric and phase, the
    corrected share with its 95 % interval (net sentiment: −1 to 1) wherever that phase holds
    labels; `changes` the change against the baseline, where it holds some too, whose verdict is
    `not_enough_data` under 30 labels in either.
    """

    labels: Mapping[Phase, int] = field(default_factory=dict)
    shares: Mapping[str, Mapping[Phase, Corrected]] = field(default_factory=dict)
    changes: Mapping[str, Mapping[Period, Change]] = field(default_factory=dict)

    def share(self, key: str, phase: Phase) -> Corrected | None:
        """The corrected share that may be shown: there is one, made of `LEAST_LABELS` or more."""
        found = self.shares.get(key, {}).get(phase)
        if found is None or found.share is None or found.labels < LEAST_LABELS:
            return None
        return found


@dataclass(frozen=True, slots=True)
class _Tone:
    """How a metric is read from the model's answer (label, offensive) and from the annotators'."""

    model: Callable[[str, bool], float]
    people: Callable[[Settled], float | None]


def _of(label: str, people: Callable[[Settled], float | None]) -> _Tone:
    return _Tone(lambda said, _flag: float(said == label), people)


_READ: Mapping[str, _Tone] = {
    "negative_share": _of("neg", lambda one: one.negative),
    "neutral_share": _of("neu", lambda one: one.neutral),
    "positive_share": _of("pos", lambda one: one.positive),
    # A score of 1, ½ and 0, which is (net + 1) / 2.
    "net_sentiment": _Tone(
        lambda said, _flag: {"pos": 1.0, "neg": 0.0}.get(said, 0.5),
        lambda one: one.positive + one.neutral / 2,
    ),
    "offensive_share": _Tone(lambda _said, flag: float(flag), lambda one: one.offensive),
}


def correct(
    frames: Mapping[Phase, Frame], *, offensive_excluded: frozenset[str] = frozenset()
) -> LabelledShares:
    """The shares of `frames` (one a phase that has begun) corrected by their hand labels.

    `before` is the counterpart of `during` and `after`; a phase whose counterpart has no labels, or
    that has none yet, stands by its own labels. Platforms that policy excludes are no part of the
    offensive share. Without labels nothing is corrected, and nothing is computed.
    """
    labels = {phase: len(frame.settled) for phase, frame in frames.items()}
    shares: dict[str, dict[Phase, Corrected]] = {}
    changes: dict[str, dict[Period, Change]] = {}
    frames_of = {
        (phase, offensive): _without(frame, offensive_excluded if offensive else frozenset())
        for phase, frame in frames.items()
        if labels[phase]
        for offensive in (False, True)
    }
    for key, tone in _READ.items():
        parts = {
            phase: _posts(frames_of[phase, key == "offensive_share"], tone)
            for phase in labels
            if labels[phase]
        }
        if parts:
            shares[key], changes[key] = _tone_of(parts, net=key == "net_sentiment")
    changes = {key: by_period for key, by_period in changes.items() if by_period}
    return LabelledShares(labels, shares, changes)


def _tone_of(
    parts: Mapping[Phase, PeriodPosts], *, net: bool
) -> tuple[dict[Phase, Corrected], dict[Period, Change]]:
    """One metric's shares and changes; `net` where its score is (net + 1) / 2."""
    shares: dict[Phase, Corrected] = {}
    changes: dict[Period, Change] = {}
    periods: tuple[tuple[Phase, Period], ...] = ((Phase.DURING, "during"), (Phase.AFTER, "after"))
    for phase, period in periods:
        if Phase.BEFORE in parts and phase in parts:
            found = corrected_share(parts[Phase.BEFORE], parts[phase])
            shares.setdefault(Phase.BEFORE, found.before)
            shares[phase] = found.period
            changes[period] = doubled(found.change) if net else found.change
    for phase in parts.keys() - shares.keys():
        shares[phase] = corrected_period(parts[phase])
    if net:
        shares = {phase: _net(share) for phase, share in shares.items()}
    return {phase: shares[phase] for phase in Phase if phase in shares}, changes


@dataclass(frozen=True, slots=True)
class _Part:
    """What a frame holds of the platforms that a metric is about, and its labels by place."""

    authors: Sequence[int]
    days: Sequence[date]
    strata: Sequence[Hashable]
    labels: Sequence[str]
    offensive: Sequence[bool]
    settled: Mapping[int, Settled]


def _without(frame: Frame, excluded: frozenset[str]) -> _Part:
    if not excluded.intersection(frame.platforms):
        return _Part(frame.authors, frame.days, frame.strata, frame.labels, frame.offensive,
                     frame.settled)  # fmt: skip
    kept = [n for n, platform in enumerate(frame.platforms) if platform not in excluded]
    places = {n: place for place, n in enumerate(kept)}
    return _Part(
        authors=[frame.authors[n] for n in kept],
        days=[frame.days[n] for n in kept],
        strata=[frame.strata[n] for n in kept],
        labels=[frame.labels[n] for n in kept],
        offensive=[frame.offensive[n] for n in kept],
        settled={places[n]: one for n, one in frame.settled.items() if n in places},
    )


def _posts(part: _Part, tone: _Tone) -> PeriodPosts:
    said = {
        n: value
        for n, one in sorted(part.settled.items())
        if (value := tone.people(one)) is not None
    }
    return PeriodPosts(
        predictions=list(map(tone.model, part.labels, part.offensive)),
        authors=part.authors,
        days=part.days,
        labelled=list(said),
        labels=list(said.values()),
        strata=part.strata or None,
    )


def _net(score: Corrected) -> Corrected:
    def net(value: float | None) -> float | None:
        return None if value is None else 2 * value - 1

    return replace(
        score,
        share=net(score.share),
        low=net(score.low),
        high=net(score.high),
        uncorrected=net(score.uncorrected),
    )
