"""Topic models of campaigns: what goes in and what came out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import ensure_campaign
from storage.database import Database, portions
from storage.privacy import clean

KEPT_RUNS = 2


def texts_for_topics(db: Database, campaign: str, limit: int) -> list[tuple[int, str, date]]:
    """Distinct texts of a campaign's originals (id, body, first day), by day.

    Of more than `limit` texts the newest are taken.
    """
    first = func.min(t.posts.c.day).label("day")
    wanted = (
        select(t.texts.c.id, t.texts.c.body, first)
        .select_from(t.campaigns)
        .join(t.memberships, t.memberships.c.campaign_id == t.campaigns.c.id)
        .join(t.posts, t.posts.c.id == t.memberships.c.post_id)
        .join(t.texts, t.texts.c.id == t.posts.c.text_id)
        .where(t.campaigns.c.slug == campaign, t.posts.c.kind == "original", t.texts.c.body != "")
        .group_by(t.texts.c.id, t.texts.c.body)
        .order_by(first.desc(), t.texts.c.id.desc())
        .limit(limit)
    )
    with db.reading() as session:
        return [(number, body, day) for number, body, day in session.execute(wanted)][::-1]


def store_topics(
    db: Database,
    campaign: str,
    made_at: datetime,
    model: str,
    topics: Sequence[tuple[int, str, Sequence[str], int]],
    assignments: Sequence[tuple[int, int]],
    changed_words: Mapping[str, Any] | None = None,
) -> int:
    """Stores a finished topic model and shows it from now on; its run's id.

    `topics` are (number, label, words by weight, size), `assignments` (text id, number). Texts
    that were erased meanwhile are left out. The run before is kept, older ones go. `changed_words`
    is a document of plain values that is kept with the run.
    """
    with db.writing() as session:
        number = ensure_campaign(session, campaign)
        values = {
            "campaign_id": number, "made_at": made_at, "model": model[:100],
            "posts": len(assignments), "changed_words": changed_words,
        }  # fmt: skip
        statement = insert(t.topic_runs).values(values).returning(t.topic_runs.c.id)
        run = int(session.execute(statement).scalar_one())
        _store_topics(session, run, topics)
        _store_assignments(session, run, assignments)
        _drop_old_runs(session, number)
        return run


def changed_words(db: Database, campaign: str) -> tuple[datetime, Mapping[str, Any]] | None:
    """When the newest topics were made, and the words that had changed by then; `None` without."""
    c = t.topic_runs.c
    wanted = (
        select(c.made_at, c.changed_words)
        .join_from(t.topic_runs, t.campaigns)
        .where(t.campaigns.c.slug == campaign)
        .order_by(c.id.desc())
        .limit(1)
    )
    with db.reading() as session:
        row = session.execute(wanted).first()
    return None if row is None or row[1] is None else (row[0], row[1])


def topics_made_at(db: Database, campaign: str) -> datetime | None:
    """When the newest topics of a campaign were made."""
    made_at = func.max(t.topic_runs.c.made_at)
    wanted = (
        select(made_at).join_from(t.topic_runs, t.campaigns).where(t.campaigns.c.slug == campaign)
    )
    with db.reading() as session:
        found: datetime | None = session.scalar(wanted)
        return found


def _store_topics(
    session: Session, run: int, topics: Sequence[tuple[int, str, Sequence[str], int]]
) -> None:
    rows = [
        {
            "run_id": run, "number": number, "label": clean(label)[:200],
            "words": [clean(word) for word in words], "size": size,
        }
        for number, label, words, size in topics
    ]  # fmt: skip
    if rows:
        session.execute(insert(t.topics), rows)


def _store_assignments(session: Session, run: int, assignments: Sequence[tuple[int, int]]) -> None:
    for some in portions(list(dict(assignments).items())):
        ids = [text_id for text_id, _ in some]
        present = set(session.scalars(select(t.texts.c.id).where(t.texts.c.id.in_(ids))))
        rows = [
            {"run_id": run, "text_id": text_id, "number": number}
            for text_id, number in some
            if text_id in present
        ]
        if rows:
            session.execute(insert(t.text_topics), rows)


def _drop_old_runs(session: Session, campaign: int) -> None:
    c = t.topic_runs.c
    kept = (
        select(c.id).where(c.campaign_id == campaign).order_by(c.id.desc()).limit(KEPT_RUNS)
    ).subquery()
    session.execute(
        delete(t.topic_runs).where(c.campaign_id == campaign, c.id.not_in(select(kept.c.id)))
    )
