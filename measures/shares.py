"""Shares among originals: sentiment, offensive posts, signposting, share of voice."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.rows import Day


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Label counts among annotated originals."""

    annotated: int
    neg: int
    neu: int
    pos: int

    @property
    def negative(self) -> float | None:
        return share(self.neg, self.annotated)

    @property
    def neutral(self) -> float | None:
        return share(self.neu, self.annotated)

    @property
    def positive(self) -> float | None:
        return share(self.pos, self.annotated)

    @property
    def net(self) -> float | None:
        """Positive minus negative share, −1 to 1."""
        return share(self.pos - self.neg, self.annotated)


def share(part: float | None, whole: float | None) -> float | None:
    """`part / whole`, `None` where either is unknown or there is no whole."""
    return None if part is None or not whole else part / whole


def sentiment(days: Sequence[Day]) -> Sentiment:
    """The label counts of `days` added up."""
    return Sentiment(
        annotated=sum(row.annotated for row in days),
        neg=sum(row.neg for row in days),
        neu=sum(row.neu for row in days),
        pos=sum(row.pos for row in days),
    )


def judged(days: Sequence[Day], excluded: frozenset[str]) -> list[Day]:
    """The rows of platforms whose policy allows the offensive share to be derived."""
    return [row for row in days if row.platform not in excluded]


def offensive_share(days: Sequence[Day], excluded: frozenset[str] = frozenset()) -> float | None:
    """Annotated originals above the model's threshold, without the `excluded` platforms.

    `None` where no platform is left: not available, which is not 0.
    """
    rows = judged(days, excluded)
    return share(sum(row.offensive for row in rows), sum(row.annotated for row in rows))


def signposting_rate(days: Sequence[Day]) -> float | None:
    """Originals that name at least one listed help line or reporting channel / originals."""
    return share(sum(row.signposted for row in days), sum(row.originals for row in days))


def share_of_voice(days: Sequence[Day], campaign_originals: int | None) -> float | None:
    """Campaign originals / originals of the whole conversation, by the same fixed query."""
    return share(campaign_originals, sum(row.originals for row in days))
