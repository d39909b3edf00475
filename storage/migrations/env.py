"""Run by Alembic, on the connection that `storage.migrate` hands over."""

from alembic import context

from storage import tables  # noqa: F401  # which makes every table known
from storage.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a column by copying its table
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
