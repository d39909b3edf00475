"""What each day cost, what the mail warned of, when posts were looked at again, copied texts

Revision: 0003, after 0002.
"""

from collections import defaultdict
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CASABLANCA = ZoneInfo("Africa/Casablanca")


def upgrade() -> None:
    op.add_column("runs", sa.Column("resume_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("posts", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "ledger", sa.Column("lost", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    _money()
    _copies()
    _spent_before()


def _money() -> None:
    op.create_table(
        "spending",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("work", sa.String(length=10), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("billed", sa.Integer(), nullable=False),
        sa.Column("dollars", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_spending_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "source", "day", "work", name=op.f("pk_spending")),
    )
    op.create_table(
        "warnings",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_warnings_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "subject", name=op.f("pk_warnings")),
    )


def _copies() -> None:
    op.create_table(
        "fingerprints",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["texts.id"], name=op.f("fk_fingerprints_text_id_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_fingerprints")),
    )  # fmt: skip
    op.create_index("ix_fingerprints_leader_id", "fingerprints", ["leader_id"])
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["texts.id"], name=op.f("fk_bands_text_id_texts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", "text_id", name=op.f("pk_bands")),
    )
    op.create_index("ix_bands_text_id", "bands", ["text_id"])
    op.create_table(
        "copies",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("coordinated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_copies_post_id_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_copies")),
    )
    op.create_index("ix_copies_leader_id", "copies", ["leader_id", "created_at"])
    op.create_index("ix_copies_coordinated", "copies", ["coordinated"])


def _spent_before() -> None:
    """What earlier runs cost, on the day that each began: all that is known of it."""
    runs = sa.table(
        "runs",
        *(sa.column(name) for name in ("campaign_id", "source", "calls", "billed", "dollars")),
        sa.column("queries", sa.JSON(none_as_null=True)),
        sa.column("started_at", UtcDateTime()),
    )
    names = ("calls", "billed", "dollars")
    totals: defaultdict[tuple[object, ...], list[float]] = defaultdict(lambda: [0, 0, 0.0])
    found = op.get_bind().execute(sa.select(runs).where(runs.c.source != "files"))
    for row in found:
        day = row.started_at.astimezone(CASABLANCA).date()
        work = "look" if row.queries is None else "collect"
        total = totals[row.campaign_id, row.source, day, work]
        for place, name in enumerate(names):
            total[place] += getattr(row, name)
    spending = sa.table(
        "spending",
        *(sa.column(name) for name in ("campaign_id", "source", "work", *names)),
        sa.column("day", sa.Date()),
    )
    rows = [
        dict(zip(("campaign_id", "source", "day", "work", *names), (*key, *total), strict=True))
        for key, total in totals.items()
        if any(total)
    ]
    if rows:
        op.bulk_insert(spending, rows)
