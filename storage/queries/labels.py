"""The sample drawn for labelling, the answers on it, and the originals that it stands for."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.labels_rows import Answer, Frame, Sample, settle_all
from storage.queries.cuts import member_posts, on_posts
from storage.rollups import shown_annotation
from storage.rows import Cut


def label_sample(db: Database, slug: str) -> tuple[list[Sample], list[Answer]]:
    """What was drawn, in the order of showing, and every single answer, oldest first."""
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        if campaign is None:
            return [], []
        return samples_of(session, campaign), answers_of(session, campaign)


def last_answer(db: Database, slug: str) -> tuple[int, datetime | None]:
    """How many answers there are and when the newest was made: changes when labels do."""
    c = t.labels.c
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        wanted = select(func.count(), func.max(c.made_at)).where(c.campaign_id == campaign)
        count, newest = session.execute(wanted).one()
    return int(count), newest


def labelled_frame(
    db: Database, slug: str, cut: Cut, held_apart: Callable[[str], bool] | None = None
) -> Frame:
    """The annotated originals of `cut` with the labels of those that were drawn and answered.

    Texts that are held apart could not be drawn, so they are no part of it.
    """
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        if campaign is None:
            return Frame((), (), (), (), (), ())
        settled = settle_all(answers_of(session, campaign))
        rows = session.execute(
            _originals(session, campaign, cut, with_texts=held_apart is not None)
        ).all()
    if held_apart is not None:
        rows = [row for row in rows if not held_apart(row.body)]
    strata: list[Hashable] = [(row.language, row.era) for row in rows]
    return Frame(
        # An author who is not known is a person of their own.
        authors=[-row.id if row.author_id is None else row.author_id for row in rows],
        days=[row.day for row in rows],
        platforms=[row.platform for row in rows],
        strata=strata,
        labels=[row.label for row in rows],
        offensive=[bool(row.offensive) for row in rows],
        settled={n: settled[row.id] for n, row in enumerate(rows) if row.id in settled},
    )


def samples_of(session: Session, campaign: int) -> list[Sample]:
    """What was drawn, in the order of showing."""
    return [
        Sample(**row._mapping)
        for row in session.execute(_samples(campaign).order_by(t.label_samples.c.position))
    ]


def sample_of(session: Session, campaign: int, post_id: int) -> Sample | None:
    """One drawn post."""
    found = session.execute(_samples(campaign).where(t.label_samples.c.post_id == post_id))
    row = found.one_or_none()
    return None if row is None else Sample(**row._mapping)


def answers_of(session: Session, campaign: int) -> list[Answer]:
    """Every answer, oldest first."""
    c = t.labels.c
    wanted = (
        select(
            c.post_id, c.annotator, c.sentiment, c.offensive, c.made_at, c.text_digest,
            (t.texts.c.digest == c.text_digest).label("current"), c.origin,
        )
        .join_from(t.labels, t.posts, t.posts.c.id == c.post_id)
        .join(t.texts, t.texts.c.id == t.posts.c.text_id)
        .where(c.campaign_id == campaign)
        .order_by(c.made_at, c.post_id, c.annotator)
    )  # fmt: skip
    return [
        Answer(**{**row._mapping, "current": bool(row.current)}) for row in session.execute(wanted)
    ]


def _samples(campaign: int) -> Select[Any]:
    s, p, a = t.label_samples.c, t.posts.c, t.annotations.c
    return (
        select(
            s.post_id, p.platform, p.platform_id, p.day, s.phase, s.stratum, s.chance, s.position,
            s.doubled, t.texts.c.digest.label("text_digest"), s.claimed_by, s.claimed_at,
            a.language, a.label, _flag().label("offensive"),
        )
        .join_from(t.label_samples, t.posts, p.id == s.post_id)
        .join(t.texts, t.texts.c.id == p.text_id)
        .outerjoin(t.annotations, shown_annotation())
        .where(s.campaign_id == campaign)
    )  # fmt: skip


def _flag() -> ColumnElement[Any]:
    threshold = select(t.models.c.offensive_threshold).where(t.models.c.shown).scalar_subquery()
    return t.annotations.c.offensive >= threshold


def _originals(session: Session, campaign: int, cut: Cut, *, with_texts: bool) -> Select[Any]:
    p, a = t.posts.c, t.annotations.c
    source = member_posts(annotated=True)
    body: ColumnElement[Any] = literal("")
    if with_texts:
        source, body = source.join(t.texts, t.texts.c.id == p.text_id), t.texts.c.body
    return (
        select(
            p.id, p.author_id, p.day, p.platform, a.language, a.label,
            _flag().label("offensive"), _era(session, campaign).label("era"), body.label("body"),
        )
        .select_from(source)
        .where(t.memberships.c.campaign_id == campaign, p.kind == "original")
        .where(a.text_id.is_not(None), *on_posts(cut))
        .order_by(p.id)
    )  # fmt: skip


def _era(session: Session, campaign: int) -> ColumnElement[Any]:
    """How many draws a post was too late for: only posts that met the same draws had one chance."""
    c = t.label_samples.c
    draws = session.scalars(select(c.drawn_at).where(c.campaign_id == campaign).distinct()).all()
    missed = [case((t.posts.c.first_seen_at > moment, 1), else_=0) for moment in draws]
    return sum(missed, start=literal(0))
