"""Hand labels: what was drawn for labelling, and each annotator's answers

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "label_plans",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("overlap", sa.Double(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_label_plans_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_label_plans")),
    )
    op.create_table(
        "label_samples",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=6), nullable=False),
        sa.Column("stratum", sa.String(length=12), nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("doubled", sa.Boolean(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_label_samples_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["posts.id"],
            name=op.f("fk_label_samples_post_id_posts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "post_id", name=op.f("pk_label_samples")),
    )
    op.create_index("ix_label_samples_post_id", "label_samples", ["post_id"])
    op.create_index(
        "ix_label_samples_position", "label_samples", ["campaign_id", "position"], unique=True
    )
    op.create_table(
        "labels",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("annotator", sa.String(length=40), nullable=False),
        sa.Column("text_digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sentiment", sa.String(length=3), nullable=True),
        sa.Column("offensive", sa.Boolean(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("model", sa.String(length=210), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id", "post_id"],
            ["label_samples.campaign_id", "label_samples.post_id"],
            name=op.f("fk_labels_campaign_id_label_samples"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "post_id", "annotator", name=op.f("pk_labels")),
    )


def downgrade() -> None:
    op.drop_table("labels")
    op.drop_table("label_samples")
    op.drop_table("label_plans")
