"""Rows by the thousand go to the driver and come back as SQLAlchemy itself would have them."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.dialects import sqlite
from storage_made import NOW, post, rows, store

from storage import database as databases
from storage import tables as t
from storage.bulk import insert_rows, reserve_ids, rows_among, sqlite_moment
from storage.database import Database
from storage.types import UtcDateTime

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1995, 1, 2), datetime(2099, 12, 30), timezones=ZONES)


@given(MOMENTS)
def test_moments_are_written_as_sqlalchemy_writes_them(moment: datetime) -> None:
    write = UtcDateTime().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())
    assert write is not None
    assert sqlite_moment(moment) == write(moment)


def test_a_moment_without_zone_is_refused() -> None:
    assert sqlite_moment(None) is None
    with pytest.raises(ValueError, match="no time zone"):
        sqlite_moment(datetime(2026, 1, 1))


def test_rows_come_back_as_sqlalchemy_reads_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(database, [post(number) for number in range(7)])
    monkeypatch.setattr(databases.portions, "__defaults__", (3,))  # so that there are several
    names = [column.name for column in t.posts.c]
    wanted = [str(number) for number in range(1, 9)]  # two that are not there
    with database.reading() as session:
        of = t.posts.c
        slow = session.execute(
            select(t.posts).where(of.platform == "x", of.platform_id.in_(wanted))
        ).all()
        quick = list(rows_among(session, t.posts, names, "platform_id", wanted, platform="x"))
        others = list(rows_among(session, t.posts, ["id"], "platform_id", wanted, platform="y"))
        nothing = list(rows_among(session, t.posts, ["id"], "platform_id", []))
    assert sorted(quick) == sorted(map(tuple, slow))
    assert len(quick) == 6
    assert others == nothing == []


def test_rows_are_stored_as_sqlalchemy_stores_them(database: Database) -> None:
    store(database, [post(1), post(2)])
    names = ("campaign_id", "post_id", "source", "scope", "standing", "matched")
    with database.writing() as session:
        session.execute(t.memberships.delete())
        values = (1, 1, "files", "topic", "earned", ["b", "été"])
        session.execute(insert(t.memberships).values(dict(zip(names, values, strict=True))))
        insert_rows(session, t.memberships, names, [(1, 2, *values[2:5], ("b", "été"))])
        insert_rows(session, t.memberships, names, [])
    first, second = rows(database, t.memberships, *names[2:])
    assert first == second


def test_reserved_ids_are_free(database: Database) -> None:
    store(database, [post(1), post(2)])
    with database.writing() as session:
        taken = set(session.scalars(select(t.texts.c.id)))
        ids = list(reserve_ids(session, t.texts, 3))
        insert_rows(
            session, t.texts, ("id", "digest", "body"), ((n, bytes([n] * 16), "") for n in ids)
        )
    assert taken.isdisjoint(ids)
    assert len(set(ids)) == 3
    store(database, [post(3)], taken_at=NOW)
    assert len(rows(database, t.texts)) == 6
