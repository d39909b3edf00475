"""The key figures of a stretch of days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from measures import engagement, reach, shares
from measures.engagement import Denominator, Engagement
from measures.reach import FEW_AUTHORS, Interval
from measures.rows import Authors, Day

__all__ = ["Denominator", "Engagement", "Figures", "Interval", "figures", "missing_in"]


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
        return self.effective_authors is not None and self.effective_authors < FEW_AUTHORS


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
    rows = [row for row in days if first <= row.day <= last]
    length = max((last - first).days + 1, 0)
    absent = missing_in(missing or {}, first, last)
    known = bool(rows) or absent < length
    mood = shares.sentiment(rows)
    rate = engagement.engagement_rate(rows)

    def count(name: str) -> int | None:
        return sum(int(getattr(row, name)) for row in rows) if known else None

    return Figures(
        first=first,
        last=last,
        days=length,
        missing=absent,
        posts=count("posts"),
        originals=count("originals"),
        reposts_made=count("reposts_made"),
        replies_made=count("replies_made"),
        quotes_made=count("quotes_made"),
        authors=reach.unique_authors(authors),
        effective_authors=reach.effective_authors(authors),
        engagement=engagement.total_engagement(rows),
        engagement_by_platform=engagement.engagement_by_platform(rows),
        engagement_rate=rate.value,
        engagement_denominator=rate.denominator,
        views=engagement.views(rows),
        viewed=sum(row.viewed for row in rows),
        potential_impressions=reach.potential_impressions(authors),
        potential_reach=reach.potential_reach(authors),
        annotated=mood.annotated,
        neg=mood.neg,
        neu=mood.neu,
        pos=mood.pos,
        negative_share=mood.negative,
        neutral_share=mood.neutral,
        positive_share=mood.positive,
        net_sentiment=mood.net,
        offensive_share=shares.offensive_share(rows, offensive_excluded),
        signposting_rate=shares.signposting_rate(rows),
        share_of_voice=shares.share_of_voice(rows, campaign_originals),
        amplification=engagement.per_original(rows, "reposts"),
        conversation=engagement.per_original(rows, "replies"),
        applause=engagement.per_original(rows, "likes"),
    )


def missing_in(missing: Mapping[date, float], first: date, last: date) -> float:
    """Days' worth of collection that is missing between `first` and `last`, both included."""
    length = max((last - first).days + 1, 0)
    stretch = (first + timedelta(days=n) for n in range(length))
    return float(sum(min(max(missing.get(day, 0.0), 0.0), 1.0) for day in stretch))
