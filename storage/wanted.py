"""Which model the settings ask for, how far it has read, and what is kept of others.

The figures go on with the shown model until the wanted one has read every text; then they switch
in one transaction. Old annotations stay, so that going back is quick, until they are pruned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.database import Database
from storage.privacy import clipped
from storage.rollups import remake

Recipe = Mapping[str, Any]
THE_ROW: Final = 1
PRUNED_AT_ONCE: Final = 20_000
"""Texts whose annotations are deleted in one transaction, so that other writers get their turn."""


@dataclass(frozen=True, slots=True)
class Model:
    """A stored model: `recipe` is `None` where nobody wrote down what it is made of."""

    id: int
    name: str
    version: str
    recipe: Recipe | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the settings ask for: `told` in words; no `model_id` until it was opened once."""

    recipe: Recipe
    told: str
    model_id: int | None
    error: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A model that is to replace the shown one, and how far it is.

    `shown` and `wanted` are names with versions; `wanted` is what the settings say while the model
    could not be opened yet.
    """

    shown: str | None
    wanted: str
    read: int
    texts: int
    error: str

    @property
    def share(self) -> float:
        """Of the texts, 0 to 1."""
        return self.read / self.texts if self.texts else 0.0


def want_model(db: Database, recipe: Recipe, told: str, now: datetime) -> None:
    """Notes what the settings ask for, and which model that was when it was opened last."""
    c = t.wanted_model.c
    told = clipped(told, 500)
    with db.writing() as session:
        found = session.execute(select(c.recipe)).one_or_none()
        if found is not None and found.recipe == recipe:
            return
        values = {
            "recipe": dict(recipe), "told": told, "model_id": _made_of(session, recipe),
            "error": "", "changed_at": now,
        }  # fmt: skip
        if found is None:
            session.execute(insert(t.wanted_model).values(id=THE_ROW, **values))
        else:
            session.execute(update(t.wanted_model).values(values))


def _made_of(session: Session, recipe: Recipe) -> int | None:
    """The newest model of this recipe; whether it still is the same shows when it is opened."""
    c = t.models.c
    known = session.execute(select(c.id, c.recipe).order_by(c.id.desc())).all()
    return next((int(row.id) for row in known if row.recipe == recipe), None)


def wanted_model(db: Database) -> Wanted | None:
    """What the settings asked for last; `None` where nobody read texts yet."""
    c = t.wanted_model.c
    with db.reading() as session:
        found = session.execute(select(c.recipe, c.told, c.model_id, c.error)).one_or_none()
    return None if found is None else Wanted(*found)


def wanted_opened(db: Database, recipe: Recipe, model_id: int, now: datetime) -> None:
    """Notes which model `recipe` turned out to be, on both; nothing where another is wanted."""
    c = t.wanted_model.c
    with db.writing() as session:
        session.execute(
            update(t.models).where(t.models.c.id == model_id).values(recipe=dict(recipe))
        )
        found = session.execute(select(c.recipe, c.model_id, c.error)).one_or_none()
        if found is None or found.recipe != recipe:
            return
        if (found.model_id, found.error) != (model_id, ""):
            values = {"model_id": model_id, "error": "", "changed_at": now}
            session.execute(update(t.wanted_model).values(values))


def wanted_failed(db: Database, recipe: Recipe, error: str, now: datetime) -> None:
    """Notes why the wanted model cannot be used, for the status and the dashboard."""
    c, error = t.wanted_model.c, clipped(error, 500)
    with db.writing() as session:
        found = session.execute(select(c.recipe, c.error)).one_or_none()
        if found is not None and found.recipe == recipe and found.error != error:
            session.execute(update(t.wanted_model).values(error=error, changed_at=now))


def shown(db: Database) -> Model | None:
    """The model whose annotations the figures use."""
    c = t.models.c
    with db.reading() as session:
        found = session.execute(select(c.id, c.name, c.version, c.recipe).where(c.shown))
        row = found.one_or_none()
    return None if row is None else Model(*row)


def show_when_whole(db: Database, model_id: int) -> bool:
    """Lets the figures use a model once it has read every text, all at once; whether they do.

    Texts that came since its last batch make it wait for one batch more.
    """
    with db.writing() as session:
        if _unread(session, model_id):
            return False
        c = t.models.c
        if not session.scalar(select(c.shown).where(c.id == model_id)):
            session.execute(update(t.models).values(shown=c.id == model_id))
            remake(session)
        return True


def _unread(session: Session, model_id: int) -> bool:
    mine = and_(t.annotations.c.text_id == t.texts.c.id, t.annotations.c.model_id == model_id)
    unread = select(t.texts.c.id).where(~exists().where(mine)).limit(1)
    return session.scalar(unread) is not None


def reading_progress(db: Database) -> Progress | None:
    """The change of model that is under way; `None` when the wanted model is shown."""
    wanted, current = wanted_model(db), shown(db)
    if wanted is None or (
        current is not None and wanted.model_id == current.id and not wanted.error
    ):
        return None
    with db.reading() as session:
        texts = session.scalar(select(func.count()).select_from(t.texts)) or 0
        read = session.scalar(
            select(func.count()).where(t.annotations.c.model_id == wanted.model_id)
        )
        c = t.models.c
        named = session.execute(
            select(c.name, c.version).where(c.id == wanted.model_id)
        ).one_or_none()
    return Progress(
        shown=f"{current.name} {current.version}" if current else None,
        wanted=f"{named.name} {named.version}" if named else wanted.told,
        read=read or 0,
        texts=texts,
        error=wanted.error,
    )


def prune_models(db: Database) -> list[tuple[str, int]]:
    """Deletes what models that are neither shown nor wanted understood, and the models.

    Returns each with its number of annotations. In portions: what a kill leaves, the next call
    deletes.
    """
    with db.reading() as session:
        kept = select(t.wanted_model.c.model_id).where(t.wanted_model.c.model_id.is_not(None))
        c = t.models.c
        old = session.execute(
            select(c.id, c.name, c.version).where(~c.shown, c.id.not_in(kept)).order_by(c.id)
        ).all()
    return [(f"{row.name} {row.version}", _prune(db, row.id)) for row in old]


def _prune(db: Database, model_id: int) -> int:
    a, done = t.annotations.c, 0
    while True:
        with db.writing() as session:
            if _is_needed(session, model_id):  # another process asked for it meanwhile
                return done
            some = select(a.text_id).where(a.model_id == model_id).limit(PRUNED_AT_ONCE)
            gone = session.execute(
                delete(t.annotations).where(a.model_id == model_id, a.text_id.in_(some))
            )
            count = int(gone.rowcount)  # type: ignore[attr-defined]
            if not count:
                session.execute(delete(t.models).where(t.models.c.id == model_id))
                return done
            done += count


def _is_needed(session: Session, model_id: int) -> bool:
    c = t.models.c
    shown_now = select(c.id).where(c.id == model_id, c.shown)
    wanted_now = select(t.wanted_model.c.id).where(t.wanted_model.c.model_id == model_id)
    return session.scalar(shown_now.union(wanted_now).limit(1)) is not None
