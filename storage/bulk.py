"""Rows by the thousand: ids reserved beforehand, and plain tuples to the driver.

SQLAlchemy's own insertion of many rows makes a dictionary of parameters for each; and ids that the
database gives have to be asked back. Both cost more than the insertion.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Table, func, select
from sqlalchemy.orm import Session

Row = Sequence[Any]


def reserve_ids(session: Session, table: Table, count: int) -> range | list[int]:
    """`count` ids for new rows of `table`, whose key is `id`.

    Only inside a writing transaction, which no other writer can disturb.
    """
    if session.get_bind().dialect.name == "postgresql":
        following = func.nextval(f"{table.name}_id_seq")
        return list(session.scalars(select(following).select_from(func.generate_series(1, count))))
    last = session.execute(select(func.max(table.c.id))).scalar_one() or 0
    return range(last + 1, last + 1 + count)


def insert_rows(session: Session, table: Table, names: Sequence[str], rows: Iterable[Row]) -> None:
    """Inserts rows that hold the columns `names` in that order; other columns get no default."""
    dialect = session.get_bind().dialect
    statement, processors = _plan(dialect, table, tuple(names))
    values = [
        tuple(
            value if bind is None else bind(value)
            for bind, value in zip(processors, row, strict=True)
        )
        for row in rows
    ]
    if values:
        session.connection().exec_driver_sql(statement, values)


@lru_cache(maxsize=64)
def _plan(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, Sequence[Callable[[Any], Any] | None]]:
    """The statement in the driver's own style, and what makes each column's values fit for it."""
    sign = "%s" if dialect.paramstyle in ("format", "pyformat") else "?"
    signs = ", ".join([sign] * len(names))
    processors: list[Callable[[Any], Any] | None] = [
        table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names
    ]
    into = f"{table.name} ({', '.join(names)})"
    return f"INSERT INTO {into} VALUES ({signs})", processors  # noqa: S608 - our own names
