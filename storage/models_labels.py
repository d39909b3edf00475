"""Tables of hand labels: which posts were drawn for labelling, and what each annotator answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Base


class LabelPlanRow(Base):
    """How a campaign's posts are drawn for labelling: fixed at the first draw.

    `seed` makes the order of the draw, `overlap` is the share of texts that two people label, and
    `key` makes the pseudonyms of posts in files of labels.
    """

    __tablename__ = "label_plans"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    seed: Mapped[int]
    overlap: Mapped[float]
    key: Mapped[bytes] = mapped_column(LargeBinary(16))
    made_at: Mapped[datetime]


class LabelSampleRow(Base):
    """An original that was drawn for labelling.

    `phase` and `stratum` (the language that the model read) are those of the draw, and `chance` is
    the probability with which its like were drawn. Texts are shown by `position`; `doubled` ones to
    two people. `claimed_by` has it on the screen since `claimed_at`.
    """

    __tablename__ = "label_samples"
    __table_args__ = (
        Index("ix_label_samples_post_id", "post_id"),
        Index("ix_label_samples_position", "campaign_id", "position", unique=True),
    )
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    phase: Mapped[str] = mapped_column(String(6))
    stratum: Mapped[str] = mapped_column(String(12))
    chance: Mapped[float]
    position: Mapped[int]
    doubled: Mapped[bool]
    drawn_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    claimed_at: Mapped[datetime | None]


class LabelRow(Base):
    """One annotator's answer on one text; `sentiment` is `None` where it was skipped.

    It counts as long as the post's text is the one that was answered on (`text_digest`).
    `origin`: page or file. `model` is the classifier that was shown then, which annotators did not
    see.
    """

    __tablename__ = "labels"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "post_id"],
            ["label_samples.campaign_id", "label_samples.post_id"],
            ondelete="CASCADE",
        ),
    )
    campaign_id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(primary_key=True)
    annotator: Mapped[str] = mapped_column(String(40), primary_key=True)
    text_digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    sentiment: Mapped[str | None] = mapped_column(String(3))
    offensive: Mapped[bool | None]
    made_at: Mapped[datetime]
    origin: Mapped[str] = mapped_column(String(10))
    model: Mapped[str] = mapped_column(String(210), default="")
