"""The key figures of a stretch of days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from measures.rows import Authors, Day

Denominator = Literal["views", "originals"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds between which the true number lies; not a confidence interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Engagement:
    """Interactions on one platform; `counted` says which (`likes`, `reposts` …).

    `rate` is interactions a view where (nearly) all posts state their views, else interactions an
    original, as `denominator` says.
    """

    platform: str
    total: int
    counted: tuple[str, ...]
    rate: float | None
    denominator: Denominator | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the days `first` to `last`, both included. `None` is unknown, never 0.

    `days` is the number of calendar days and `missing` how many days' worth of collection is
    missing among them (0 to `days`, fractions of days added up). Sums are over what was
    collected; the counts of posts are `None` only where nothing was collected at all.
    Shares are among originals: `neg`, `neu`, `pos` are counts among `annotated` originals.
    """

    first: date
    last: date
    days: int
    missing: float
    posts: int | None
    originals: int | None
    reposts_made: int | None
    replies_made: int | None
    quotes_made: int | None
    authors: Mapping[str, int]
    """Distinct accounts by platform; not to be added up."""
    effective_authors: float | None
    engagement: int | None
    engagement_by_platform: Mapping[str, Engagement]
    engagement_rate: float | None
    engagement_denominator: Denominator | None
    views: int | None
    viewed: int
    """Posts that state their views; `views` is the sum over these."""
    potential_impressions: int | None
    potential_reach: Mapping[str, Interval]
    """By platform; a platform without a known follower count is absent."""
    annotated: int
    neg: int
    neu: int
    pos: int
    negative_share: float | None
    neutral_share: float | None
    positive_share: float | None
    net_sentiment: float | None
    """Positive minus negative share, −1 to 1."""
    offensive_share: float | None
    signposting_rate: float | None
    share_of_voice: float | None
    amplification: float | None
    """Reposts received per original."""
    conversation: float | None
    """Replies received per original."""
    applause: float | None
    """Likes received per original."""

    @property
    def missing_share(self) -> float:
        """Share of the collection that is missing, 0 to 1."""
        return self.missing / self.days if self.days else 0.0

    @property
    def few_authors(self) -> bool:
        """True under 30 effective authors: a few accounts may make the figures."""
        return self.effective_authors is not None and self.effective_authors < 30


def figures(
    days: Sequence[Day],
    authors: Sequence[Authors],
    *,
    first: date,
    last: date,
    missing: Mapping[date, float] | None = None,
    campaign_originals: int | None = None,
    offensive_excluded: frozenset[str] = frozenset(),
) -> Figures:
    """The figures of `first` to `last`; rows of other days are left out.

    `days` must be grouped by platform for engagement (and may be by language); `authors` are those
    of the same stretch. `missing` is the share of each day's collection that is missing.
    `campaign_originals` are the originals with scope `campaign` where `days` have scope `all`.
    The offensive share leaves out the platforms `offensive_excluded` by policy.
    """
    raise NotImplementedError
