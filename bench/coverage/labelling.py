"""Posts, a classifier that errs (differently in each period) and hand labels for a campaign."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.coverage.generators import Array, Chance, Simulated
from measures.corrected import PeriodPosts

CAUGHT = (0.70, 0.55)
"""Posts of the kind that the classifier finds, before and during: its errors drift."""
SPARED = (0.85, 0.92)
"""Posts of the other kind that it leaves alone."""
STANCE = 0.2
"""Share of posts in which an author says what that author always says."""


@dataclass(frozen=True)
class Labelled:
    """The two periods and the true change between them, a trend included."""

    before: PeriodPosts
    period: PeriodPosts
    truth: float


def labelled(campaign: Simulated, labels: int, chance: Chance) -> Labelled:
    """Posts of `campaign` one by one, a third of the authors writing most of them."""
    sides = [
        _period(campaign, days, side, labels, chance)
        for side, days in enumerate((campaign.before, campaign.during))
    ]
    return Labelled(sides[0], sides[1], campaign.periods[1] - campaign.periods[0])


def _period(
    campaign: Simulated, days: NDArray[np.bool_], side: int, labels: int, chance: Chance
) -> PeriodPosts:
    counts = campaign.counts[days].astype(int)
    total = int(counts.sum())
    day = np.repeat(np.flatnonzero(days), counts)
    authors = (0.6 * total * chance.random(total) ** 1.7).astype(int)
    truth = _truth(campaign.moods[day], authors, campaign.periods[side], chance)
    caught = np.where(truth, CAUGHT[side], 1 - SPARED[side])
    drawn = chance.choice(total, min(labels, total), replace=False)
    return PeriodPosts(
        predictions=(chance.random(total) < caught).astype(float),
        authors=authors.tolist(),
        days=day.tolist(),
        labelled=drawn,
        labels=truth[drawn].astype(float),
    )


def _truth(moods: Array, authors: NDArray[np.intp], share: float, chance: Chance) -> Array:
    """Which posts are of the kind: their author's stance, or the mood of their day."""
    stances = chance.random(int(authors.max(initial=0)) + 1) < share
    own = chance.random(len(moods)) < STANCE
    return np.where(own, stances[authors], chance.random(len(moods)) < moods).astype(bool)
