"""Turns a `Cut` into conditions, on the daily sums and on the posts themselves."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, FromClause, func

from storage import tables as t
from storage.rollups import shown_annotation
from storage.rows import Cut

Condition = ColumnElement[bool]


def on_rollups(cut: Cut) -> list[Condition]:
    """Conditions on `rollups`."""
    c = t.rollups.c
    return list(_conditions(cut, c.scope, c.standing, c.platform, c.language, c.day))


def on_posts(cut: Cut) -> list[Condition]:
    """Conditions on `memberships`, `posts` and, for languages, the shown `annotations`."""
    m, p = t.memberships.c, t.posts.c
    language = func.coalesce(t.annotations.c.language, "")
    return list(_conditions(cut, m.scope, m.standing, p.platform, language, p.day))


def member_posts(*, annotated: bool) -> FromClause:
    """`memberships` with their `posts` and, where asked for, the shown `annotations`."""
    joined = t.memberships.join(t.posts, t.posts.c.id == t.memberships.c.post_id)
    return joined.outerjoin(t.annotations, shown_annotation()) if annotated else joined


def _conditions(
    cut: Cut,
    scope: ColumnElement[Any],
    standing: ColumnElement[Any],
    platform: ColumnElement[Any],
    language: ColumnElement[Any],
    day: ColumnElement[Any],
) -> Iterator[Condition]:
    if cut.scope != "all":
        yield scope == cut.scope
    if cut.standings:
        yield standing.in_(cut.standings)
    if cut.platforms:
        yield platform.in_(cut.platforms)
    if cut.languages:
        yield language.in_(cut.languages)
    if cut.first is not None:
        yield day >= cut.first
    if cut.last is not None:
        yield day <= cut.last
