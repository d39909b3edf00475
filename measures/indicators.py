"""Outside figures (calls to a help line, complaints, surveys) through the same change method.

They stand beside the social figures on AMEC's ladder, as outcomes beside outputs and out-takes: a
help line's calls are judged by the same rule as the posts, so that neither is read more kindly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from config.campaign import Campaign, Indicator
from measures.change import Change, Period, volume_change


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator and how it changed; `changes` has the periods that have begun.

    `values` counts the figures between `first` and `last`, the stretch that the change looks at.
    An indicator that is not daily has too few of them, and its verdict says so.
    """

    name: Mapping[str, str]
    unit: str
    source: str
    values: int
    first: date
    last: date
    changes: Mapping[Period, Change]


def indicator_changes(campaign: Campaign, last: date) -> tuple[IndicatorChange, ...]:
    """Every indicator of the campaign file, in its order; `last` is the last whole day."""
    until = last if campaign.last_day is None else min(last, campaign.last_day)
    return tuple(_one(campaign, indicator, until) for indicator in campaign.indicators)


def _one(campaign: Campaign, indicator: Indicator, last: date) -> IndicatorChange:
    length = max((last - campaign.first_day).days + 1, 0)
    dates = [campaign.first_day + timedelta(days=n) for n in range(length)]
    series = [indicator.values.get(day) for day in dates]
    changes: dict[Period, Change] = {}
    for period in _periods(campaign, last):
        changes[period] = volume_change(series, dates, campaign.start, campaign.end, period)
    return IndicatorChange(
        indicator.name.model_dump(),
        indicator.unit,
        indicator.source,
        sum(value is not None for value in series),
        campaign.first_day,
        last,
        changes,
    )


def _periods(campaign: Campaign, last: date) -> list[Period]:
    periods: list[Period] = []
    if last >= campaign.start:
        periods.append("during")
    if campaign.end is not None and last > campaign.end:
        periods.append("after")
    return periods
