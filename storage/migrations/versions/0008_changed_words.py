"""A topic run keeps the words whose use changed; empty for runs of before

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("topic_runs", sa.Column("changed_words", sa.JSON(), nullable=True))
