"""Tables of what sources cost and of what the mail has warned of."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Base


class SpendingRow(Base):
    """What one source of a campaign cost on one Casablanca day.

    `work`: `collect` for new posts, `look` for second looks at stored ones.
    """

    __tablename__ = "spending"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(30), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    work: Mapped[str] = mapped_column(String(10), primary_key=True)
    calls: Mapped[int]
    billed: Mapped[int]
    dollars: Mapped[float]


class WarningRow(Base):
    """A warning that one day's mail told, so that the next days' mails do not repeat it.

    `subject` says of what: the source, the limit, the threshold.
    """

    __tablename__ = "warnings"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    day: Mapped[date]
    told_at: Mapped[datetime]
