"""Annotations of texts by models, one of which is shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database, portions, upserting
from storage.rollups import remake, shifting


class Understood(Protocol):
    """One text's annotation, as `nlp` answers it."""

    @property
    def language(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def neg(self) -> float: ...
    @property
    def neu(self) -> float: ...
    @property
    def pos(self) -> float: ...
    @property
    def offensive(self) -> float: ...


FIELDS = ("language", "label", "neg", "neu", "pos", "offensive")


def ensure_model(db: Database, name: str, version: str, threshold: float, now: datetime) -> int:
    """The id of a model, stored when it is new; the very first model is shown at once.

    `threshold`: from this probability on a text counts as offensive.
    """
    c = t.models.c
    with db.writing() as session:
        found = session.execute(
            select(c.id, c.offensive_threshold, c.shown).where(c.name == name, c.version == version)
        ).one_or_none()
        if found is None:
            return _new_model(session, name, version, threshold, now)
        if found.offensive_threshold != threshold:
            session.execute(
                update(t.models).where(c.id == found.id).values(offensive_threshold=threshold)
            )
            if found.shown:
                remake(session)
        return int(found.id)


def _new_model(session: Session, name: str, version: str, threshold: float, now: datetime) -> int:
    first = session.scalar(select(func.count()).select_from(t.models)) == 0
    values = {
        "name": name, "version": version, "offensive_threshold": threshold, "added_at": now,
        "shown": first,
    }  # fmt: skip
    return int(
        session.execute(insert(t.models).values(values).returning(t.models.c.id)).scalar_one()
    )


def shown_model(db: Database) -> tuple[int, str, str] | None:
    """Id, name and version of the model whose annotations the figures use."""
    c = t.models.c
    with db.reading() as session:
        found = session.execute(select(c.id, c.name, c.version).where(c.shown)).one_or_none()
    return None if found is None else (found.id, found.name, found.version)


def show_model(db: Database, model_id: int) -> None:
    """Lets the figures use another model's annotations, all at once."""
    with db.writing() as session:
        session.execute(update(t.models).values(shown=t.models.c.id == model_id))
        remake(session)


def pending_texts(db: Database, model_id: int, limit: int, after: int = 0) -> list[tuple[int, str]]:
    """At most `limit` texts (id, body) that the model has not annotated, by id from `after` on."""
    mine = and_(t.annotations.c.text_id == t.texts.c.id, t.annotations.c.model_id == model_id)
    wanted = (
        select(t.texts.c.id, t.texts.c.body)
        .select_from(t.texts.outerjoin(t.annotations, mine))
        .where(t.annotations.c.text_id.is_(None), t.texts.c.id > after)
        .order_by(t.texts.c.id)
        .limit(limit)
    )
    with db.reading() as session:
        return [(number, body) for number, body in session.execute(wanted)]


def texts_stored(db: Database) -> int:
    """How many distinct texts there are."""
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(t.texts)) or 0


def count_pending(db: Database, model_id: int) -> int:
    """How many texts the model has not annotated."""
    texts = select(func.count()).select_from(t.texts).scalar_subquery()
    done = select(func.count()).where(t.annotations.c.model_id == model_id).scalar_subquery()
    with db.reading() as session:
        return int(session.execute(select(texts - done)).scalar_one())


def store_annotations(db: Database, model_id: int, rows: Sequence[tuple[int, Understood]]) -> None:
    """Stores what a model understood of texts (by id), and the figures that it changes.

    Texts that were erased meanwhile are left out.
    """
    with db.writing() as session:
        present = _present(session, [text_id for text_id, _ in rows])
        values: list[dict[str, Any]] = [
            {"text_id": text_id, "model_id": model_id, **{f: getattr(one, f) for f in FIELDS}}
            for text_id, one in dict(rows).items()
            if text_id in present
        ]
        if not values:
            return
        shown = session.scalar(select(t.models.c.shown).where(t.models.c.id == model_id))
        with shifting(session, _posts_of(session, list(present)) if shown else []):
            _write(session, values)


def _write(session: Session, values: list[dict[str, Any]]) -> None:
    insertion = upserting(session, t.annotations)
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=["text_id", "model_id"],
            set_={name: insertion.excluded[name] for name in FIELDS},
        ),
        values,
    )


def _present(session: Session, text_ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some in portions(text_ids):
        found.update(session.scalars(select(t.texts.c.id).where(t.texts.c.id.in_(some))))
    return found


def _posts_of(session: Session, text_ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for some in portions(text_ids):
        found.extend(session.scalars(select(t.posts.c.id).where(t.posts.c.text_id.in_(some))))
    return found


def remake_rollups(db: Database, campaign: str | None = None) -> None:
    """Makes the daily sums of a campaign, or of all, again from the posts.

    Every write keeps them exact already: this is for repair.
    """
    with db.writing() as session:
        number = None if campaign is None else campaign_id(session, campaign)
        if campaign is None or number is not None:
            remake(session, number)
