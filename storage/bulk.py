"""Rows by the thousand: ids reserved beforehand, and plain tuples to and from the driver.

SQLAlchemy's own insertion of many rows makes a dictionary of parameters for each; ids that the
database gives have to be asked back; and a question about thousands of keys is spelled out anew
each time. Each costs more than what the database itself does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Date, Dialect, LargeBinary, Table, func, select
from sqlalchemy.orm import Session

from storage.database import portions
from storage.types import UtcDateTime

Row = Sequence[Any]
Fit = Callable[[Any], Any]
_AS_THEY_ARE: Final = (Boolean, LargeBinary)
"""Types whose values both drivers take without help."""
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
    """Inserts rows that hold the columns `names` in that order; other columns get no default.

    Values of JSON columns are tuples, so that equal ones are written out once.
    """
    statement, fitting = _insertion(session.get_bind().dialect, table, tuple(names))
    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    for place, fit, repeats in fitting:
        columns[place] = _fitted(columns[place], fit, repeats)
    session.connection().exec_driver_sql(statement, list(zip(*columns, strict=True)))


def rows_among(
    session: Session,
    table: Table,
    names: Sequence[str],
    key: str,
    values: Sequence[Any],
    **also: Any,
) -> Iterator[Row]:
    """The columns `names` of the rows whose `key` is among `values`, and whose other columns are
    as `also` says. Values of keys are text, bytes or numbers."""
    dialect = session.get_bind().dialect
    for some in portions(values):
        statement, reading = _question(dialect, table, tuple(names), (*also, key), len(some))
        found = session.connection().exec_driver_sql(statement, (*also.values(), *some)).fetchall()
        if not found:
            continue
        columns = list(zip(*found, strict=True))
        for place, fit in reading:
            columns[place] = tuple(map(fit, columns[place]))
        yield from zip(*columns, strict=True)


def _fitted(column: Sequence[Any], fit: Fit, repeats: bool) -> tuple[Any, ...]:
    if not repeats:
        return tuple(map(fit, column))
    known = {value: fit(value) for value in set(column)}
    return tuple(map(known.__getitem__, column))


@lru_cache(maxsize=64)
def _insertion(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, list[tuple[int, Fit, bool]]]:
    """The statement in the driver's own style, and what makes values fit for it, by place."""
    into = f"{table.name} ({', '.join(names)})"
    signs = ", ".join([_sign(dialect)] * len(names))
    fitting: list[tuple[int, Fit, bool]] = []
    for place, name in enumerate(names):
        kind = table.c[name].type
        fit = kind.dialect_impl(dialect).bind_processor(dialect)
        if fit is None or isinstance(kind, _AS_THEY_ARE):
            continue
        if dialect.name == "sqlite" and isinstance(kind, UtcDateTime):
            fit = sqlite_moment
        fitting.append((place, fit, isinstance(kind, _REPEATING)))
    return f"INSERT INTO {into} VALUES ({signs})", fitting  # noqa: S608 - our own names


@lru_cache(maxsize=64)
def _question(
    dialect: Dialect, table: Table, names: tuple[str, ...], keys: tuple[str, ...], count: int
) -> tuple[str, list[tuple[int, Fit]]]:
    """The statement for `count` values of the last of `keys`, and what reads answers, by place."""
    sign = _sign(dialect)
    *fixed, key = keys
    signs = ", ".join([sign] * count)
    where = " AND ".join((*(f"{name} = {sign}" for name in fixed), f"{key} IN ({signs})"))
    reading: list[tuple[int, Fit]] = []
    for place, name in enumerate(names):
        fit = table.c[name].type.dialect_impl(dialect).result_processor(dialect, None)
        if fit is not None:
            reading.append((place, fit))
    return f"SELECT {', '.join(names)} FROM {table.name} WHERE {where}", reading  # noqa: S608


def sqlite_moment(value: datetime | None) -> str | None:
    """What `UtcDateTime` stores in SQLite, a tenth of the way there. Raises `ValueError`."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _sign(dialect: Dialect) -> str:
    return "%s" if dialect.paramstyle in ("format", "pyformat") else "?"
