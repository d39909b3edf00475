"""Why a run failed gets a code, what the platform said, and how many queries had no answer

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, length in (("code", 40), ("said", 200)):
        column = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
        op.add_column("runs", column)
    failed = sa.Column("failed_queries", sa.Integer(), nullable=False, server_default="0")
    op.add_column("runs", failed)
