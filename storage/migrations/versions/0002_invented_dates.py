"""Posts whose date was made up for an archive without dates are marked

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "posts",
        sa.Column("date_invented", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_posts_date_invented",
        "posts",
        ["id"],
        sqlite_where=sa.text("date_invented"),
        postgresql_where=sa.text("date_invented"),
    )
