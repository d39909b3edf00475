"""Which model the settings ask for, and what each model is made of

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("models", sa.Column("recipe", sa.JSON(), nullable=True))
    op.create_table(
        "wanted_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("told", sa.String(length=500), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["models.id"], name=op.f("fk_wanted_model_model_id_models")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wanted_model")),
    )
