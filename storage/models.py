"""The tables. Changing one means a migration beside it in `storage/migrations/versions`.

Times are UTC, days those of Africa/Casablanca. Texts are stored masked, authors under a keyed hash.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import UtcDateTime

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012


class CampaignRow(Base):
    """A campaign that posts belong to; everything else about it is in its file."""

    __tablename__ = "campaigns"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    changed_at: Mapped[datetime | None]
    """When posts last came, from a source or a file, or a source was found to have none."""


class AuthorRow(Base):
    """An author under a pseudonym; `handle` only for accounts that a campaign file lists.

    `handle_key` is the keyed hash of the handle, by which a person can ask to be forgotten.
    """

    __tablename__ = "authors"
    __table_args__ = (UniqueConstraint("platform", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column(String(30))
    key: Mapped[bytes] = mapped_column(LargeBinary(16))
    handle_key: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    followers: Mapped[int | None] = mapped_column(BigInteger)
    verified: Mapped[bool | None]
    handle: Mapped[str | None] = mapped_column(String(200))


class TextRow(Base):
    """A distinct masked text; annotations hang on it, so each is computed once."""

    __tablename__ = "texts"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    body: Mapped[str] = mapped_column(Text)


class PostRow(Base):
    """A post as last seen, with its latest metrics (`None`: the platform did not say).

    `from_file`: only import files have shown it so far; a live source knows better than a file.
    `date_invented`: `created_at` was made up for an archive without dates, and says nothing.
    `engagement` is the sum of the interactions that are known, kept because pages sort by it.
    """

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("platform", "platform_id"),
        Index("ix_posts_day", "day"),
        Index("ix_posts_text_id", "text_id"),
        Index("ix_posts_author_id", "author_id"),
        Index(
            "ix_posts_date_invented",
            "id",
            sqlite_where=text("date_invented"),
            postgresql_where=text("date_invented"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column(String(30))
    platform_id: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    day: Mapped[date]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("authors.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    kind: Mapped[str] = mapped_column(String(10))
    root_id: Mapped[str | None] = mapped_column(String(200))
    parent_id: Mapped[str | None] = mapped_column(String(200))
    language_hint: Mapped[str | None] = mapped_column(String(20))
    edited: Mapped[bool] = mapped_column(default=False)
    signposted: Mapped[bool] = mapped_column(default=False)
    from_file: Mapped[bool] = mapped_column(default=False)
    date_invented: Mapped[bool] = mapped_column(default=False, server_default=false())
    likes: Mapped[int | None] = mapped_column(BigInteger)
    reposts: Mapped[int | None] = mapped_column(BigInteger)
    replies: Mapped[int | None] = mapped_column(BigInteger)
    quotes: Mapped[int | None] = mapped_column(BigInteger)
    saves: Mapped[int | None] = mapped_column(BigInteger)
    views: Mapped[int | None] = mapped_column(BigInteger)
    engagement: Mapped[int | None] = mapped_column(BigInteger)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    looked_at: Mapped[datetime | None]
    """When its platform was last asked for it by its id, whatever the answer."""


class MembershipRow(Base):
    """A post belongs to a campaign, because of which terms, found by which source.

    `scope`: `campaign` when the campaign's own families match, `topic` when only the wider
    conversation (`topic_query`) does. `standing`: owned, partner, institution or earned.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        Index("ix_memberships_post_id", "post_id"),
        Index("ix_memberships_campaign_id_source", "campaign_id", "source"),
    )
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[str] = mapped_column(String(30))
    scope: Mapped[str] = mapped_column(String(10))
    standing: Mapped[str] = mapped_column(String(12))
    matched: Mapped[list[str]] = mapped_column(JSON)


class SnapshotRow(Base):
    """A post's metrics at one moment; a row only when something changed."""

    __tablename__ = "snapshots"
    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    taken_at: Mapped[datetime] = mapped_column(primary_key=True)
    likes: Mapped[int | None] = mapped_column(BigInteger)
    reposts: Mapped[int | None] = mapped_column(BigInteger)
    replies: Mapped[int | None] = mapped_column(BigInteger)
    quotes: Mapped[int | None] = mapped_column(BigInteger)
    saves: Mapped[int | None] = mapped_column(BigInteger)
    views: Mapped[int | None] = mapped_column(BigInteger)


class CursorRow(Base):
    """Where a source was left for one query of a campaign."""

    __tablename__ = "cursors"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(30), primary_key=True)
    query: Mapped[str] = mapped_column(String(100), primary_key=True)
    position: Mapped[dict[str, str]] = mapped_column(JSON)
    covered_to: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class LedgerRow(Base):
    """Whether one hour of a campaign's source was collected: complete, partial, failed, budget.

    No row: never asked. `covered_to`: collected from the hour's start up to this moment,
    `covered_from`: from this moment to its end. `lost`: the platform no longer gives what is
    missing; `missing` is the state of such an hour that was never asked for. `why` tells in English
    what `code` stands for, `said` what the platform itself said of it.
    """

    __tablename__ = "ledger"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(30), primary_key=True)
    query: Mapped[str] = mapped_column(String(100), primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    covered_to: Mapped[datetime | None]
    covered_from: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(String(300), default="")
    lost: Mapped[bool] = mapped_column(default=False, server_default=false())
    code: Mapped[str] = mapped_column(String(40), default="", server_default="")
    said: Mapped[str] = mapped_column(String(200), default="", server_default="")


class RunRow(Base):
    """One pass of one source, with what it brought, what it cost and how it ended.

    `error` tells in English what `code` stands for, `said` what the platform itself said of it;
    `failed_queries` had no answer while others had.
    """

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_campaign_id_source", "campaign_id", "source"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    source: Mapped[str] = mapped_column(String(30))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10))  # running, ok, failed, budget, stopped
    calls: Mapped[int] = mapped_column(default=0)
    seen: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    billed: Mapped[int] = mapped_column(default=0)
    dollars: Mapped[float] = mapped_column(default=0.0)
    error: Mapped[str] = mapped_column(String(500), default="")
    queries: Mapped[list[str] | None] = mapped_column(JSON)
    """Keys of the queries that the pass was to ask; `None` for imports and second looks."""
    resume_at: Mapped[datetime | None]
    """Before then the source is not to be asked again: a limit, a spent budget or quota."""
    code: Mapped[str] = mapped_column(String(40), default="", server_default="")
    said: Mapped[str] = mapped_column(String(200), default="", server_default="")
    failed_queries: Mapped[int] = mapped_column(default=0, server_default="0")


class TopicRunRow(Base):
    """One topic model of a campaign; the newest finished one is shown."""

    __tablename__ = "topic_runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    made_at: Mapped[datetime]
    model: Mapped[str] = mapped_column(String(100))
    posts: Mapped[int]
    changed_words: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Words whose use changed, as `sada measure --json` shows them; null before schema 0008."""


class TopicRow(Base):
    """One topic: its number in the run (−1 holds what fits none), its words by weight."""

    __tablename__ = "topics"
    run_id: Mapped[int] = mapped_column(
        ForeignKey("topic_runs.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    words: Mapped[list[str]] = mapped_column(JSON)
    size: Mapped[int]


class TextTopicRow(Base):
    """The topic of one text in one run."""

    __tablename__ = "text_topics"
    __table_args__ = (Index("ix_text_topics_text_id", "text_id"),)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("topic_runs.id", ondelete="CASCADE"), primary_key=True
    )
    text_id: Mapped[int] = mapped_column(
        ForeignKey("texts.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int]


class RollupRow(Base):
    """Sums of one day, by every way that figures are cut (docs/decisions on how they are kept).

    `language` is that of the shown model's annotation, empty while there is none.

    Interaction sums are over posts that state them; `viewed` counts the posts that state views.
    Labels (`neg` … `offensive`) count annotated originals (`annotated`); `signposted` counts
    originals.
    """

    __tablename__ = "rollups"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column(String(30), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    scope: Mapped[str] = mapped_column(String(10), primary_key=True)
    standing: Mapped[str] = mapped_column(String(12), primary_key=True)
    posts: Mapped[int]
    originals: Mapped[int]
    reposts_made: Mapped[int]
    replies_made: Mapped[int]
    quotes_made: Mapped[int]
    likes: Mapped[int] = mapped_column(BigInteger)
    reposts: Mapped[int] = mapped_column(BigInteger)
    replies: Mapped[int] = mapped_column(BigInteger)
    quotes: Mapped[int] = mapped_column(BigInteger)
    saves: Mapped[int] = mapped_column(BigInteger)
    views: Mapped[int] = mapped_column(BigInteger)
    viewed: Mapped[int]
    annotated: Mapped[int]
    neg: Mapped[int]
    neu: Mapped[int]
    pos: Mapped[int]
    offensive: Mapped[int]
    signposted: Mapped[int]


class DeliveryRow(Base):
    """One digest to one recipient, claimed before it is sent so that it goes out once."""

    __tablename__ = "deliveries"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(320), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))  # claimed, sent, failed
    tries: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    error: Mapped[str] = mapped_column(String(500), default="")


class TombstoneRow(Base):
    """A keyed hash of what was erased, so that no import brings it back.

    `kind`: post, author or handle.
    """

    __tablename__ = "tombstones"
    kind: Mapped[str] = mapped_column(String(6), primary_key=True)
    platform: Mapped[str] = mapped_column(String(30), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    erased_at: Mapped[datetime]
