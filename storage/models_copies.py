"""Tables of copied texts: made from posts and texts, they go with them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Base


class FingerprintRow(Base):
    """A text that was compared: with which text's it is the same, `None` where too short to say.

    `leader_id` is the id of the text that was the first of its kind to be compared; its own
    leader for a text unlike the others. `words` are the words of its own (no link, no mention, no
    hashtag), `linked` whether it has a link. `version`: of the rule that compared it.
    """

    __tablename__ = "fingerprints"
    text_id: Mapped[int] = mapped_column(
        ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(SmallInteger)
    leader_id: Mapped[int | None] = mapped_column(index=True)
    words: Mapped[int]
    linked: Mapped[bool]


class BandRow(Base):
    """One band of a leader's MinHash signature: texts that share one are worth comparing."""

    __tablename__ = "bands"
    __table_args__ = (Index("ix_bands_text_id", "text_id"),)
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    text_id: Mapped[int] = mapped_column(
        ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True
    )


class CopyRow(Base):
    """A post among those of the same text. No row: not compared yet.

    `leader_id` names the group (see `FingerprintRow`), `None` for a post that is never a copy: a
    repost, or a text too short to say. `first`: the earliest of its group. `coordinated`: one of
    many accounts' that posted the text within minutes.
    """

    __tablename__ = "copies"
    __table_args__ = (
        Index("ix_copies_leader_id", "leader_id", "created_at"),
        Index("ix_copies_coordinated", "coordinated"),
    )
    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    leader_id: Mapped[int | None]
    author_id: Mapped[int | None]
    created_at: Mapped[datetime]
    first: Mapped[bool]
    coordinated: Mapped[bool] = mapped_column(default=False, server_default=false())
