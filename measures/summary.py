"""All of a campaign's figures: before, during and after, with the changes between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.campaign import Campaign, Phase, State
from measures.change import Change, Period
from measures.figures import Engagement, Figures, Interval, figures
from measures.rows import Authors, Day

__all__ = [
    "CHANGES",
    "Authors",
    "Change",
    "Day",
    "Engagement",
    "Figures",
    "Interval",
    "Summary",
    "figures",
    "summarise",
]

CHANGES = (
    "originals",
    "share_of_voice",
    "negative_share",
    "positive_share",
    "net_sentiment",
    "offensive_share",
    "signposting_rate",
)
"""The metrics whose change is measured, by their key in the dictionary."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What Sada can say of a campaign on `today`.

    `phases` always has the three keys; `None` where the phase has not begun, has no days or is
    never to come (open end). `changes` has the keys of `CHANGES` that apply (share of voice and
    offensive share may be absent); each holds `during`, and `after` where that phase has begun.
    """

    campaign: str
    today: date
    state: State
    phases: Mapping[Phase, Figures | None]
    changes: Mapping[str, Mapping[Period, Change]]


def summarise(
    campaign: Campaign,
    days: Sequence[Day],
    authors: Mapping[Phase, Sequence[Authors]],
    missing_days: Mapping[date, float],
    today: date,
    *,
    campaign_days: Sequence[Day] | None = None,
    offensive_excluded: frozenset[str] = frozenset(),
    seen: tuple[date, date] | None = None,
) -> Summary:
    """The summary of `campaign`.

    `days` are grouped by platform, from the baseline's first day to `today`; `campaign_days` are
    the same for scope `campaign`, for share of voice. `missing_days` gives the share of each day's
    collection that is missing. `seen` (first and last day with posts) is given for campaigns that
    live from imports alone: other days are then unknown. `today` itself is in the figures but,
    being unfinished, not in the changes.
    """
    raise NotImplementedError
