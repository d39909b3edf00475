"""Rows by the thousand: ids reserved beforehand, and plain tuples to the driver.

SQLAlchemy's own insertion of many rows makes a dictionary of parameters for each; and ids that the
database gives have to be asked back. Both cost more than the insertion.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Date, Dialect, Table, func, select
from sqlalchemy.orm import Session

from storage.types import UtcDateTime

Row = Sequence[Any]
Fit = Callable[[Any], Any]
_REPEATING: Final = (UtcDateTime, Date, JSON)
"""Types of which the same few values come over and over: moments of collection, no terms."""


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
    statement, fitting = _plan(session.get_bind().dialect, table, tuple(names))
    values = [list(row) for row in rows]
    for place, fit in fitting:
        for row in values:
            row[place] = fit(row[place])
    if values:
        session.connection().exec_driver_sql(statement, [tuple(row) for row in values])


@lru_cache(maxsize=64)
def _plan(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, list[tuple[int, Fit]]]:
    """The statement in the driver's own style, and what makes values fit for it, by place."""
    sign = "%s" if dialect.paramstyle in ("format", "pyformat") else "?"
    into = f"{table.name} ({', '.join(names)})"
    signs = ", ".join([sign] * len(names))
    fitting = []
    for place, name in enumerate(names):
        kind = table.c[name].type
        fit = kind.dialect_impl(dialect).bind_processor(dialect)
        if fit is not None and not isinstance(kind, Boolean):  # both drivers take true and false
            fitting.append((place, _remembered(fit) if isinstance(kind, _REPEATING) else fit))
    return f"INSERT INTO {into} VALUES ({signs})", fitting  # noqa: S608 - our own names


def _remembered(fit: Fit) -> Fit:
    known = lru_cache(maxsize=1024)(fit)
    empty = json.dumps([])

    def remembered(value: Any) -> Any:
        if isinstance(value, list):
            return fit(value) if value else empty
        return known(value)

    return remembered
