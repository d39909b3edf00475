"""Hours of the ledger know from when on they were collected, so that a pass may come from behind

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ledger", sa.Column("covered_from", sa.DateTime(timezone=True), nullable=True))
