"""Keeps annotators' answers: who gets which text, what they say, what they take back."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database, upserting
from storage.labels_queue import next_of
from storage.labels_rows import (
    SENTIMENTS,
    Answer,
    Item,
    LabelError,
    annotator_name,
    by_post,
)
from storage.queries.labels import answers_of, sample_of, samples_of

HeldApart = Callable[[str], bool]
"""Whether a text tells of a victim, so that annotators are not shown it by default."""


def next_text(
    db: Database,
    slug: str,
    annotator: str,
    now: datetime,
    *,
    disputed: bool = False,
    held_apart: HeldApart | None = None,
) -> Item | None:
    """The next text for `annotator`, kept from others for some minutes; `None` when all are done.

    With `disputed` only texts on which answers are tied. Raises `LabelError`.
    """
    name = annotator_name(annotator)
    with db.writing() as session:
        campaign = campaign_id(session, slug)
        if campaign is None:
            return None
        waiting = samples_of(session, campaign)
        given = by_post(answers_of(session, campaign))
        while (sample := next_of(waiting, given, name, now, disputed=disputed)) is not None:
            text = _text(session, sample.post_id)
            if held_apart is None or not held_apart(text):
                _claim(session, campaign, sample.post_id, name, now)
                return Item(sample.post_id, sample.text_digest.hex(), text, sample.platform)
            waiting.remove(sample)
        return None


def keep_answer(
    db: Database,
    slug: str,
    annotator: str,
    post_id: int,
    text_key: str,
    sentiment: str | None,
    offensive: bool | None,
    now: datetime,
) -> bool:
    """Keeps an answer on a drawn post, in place of the annotator's earlier one.

    `sentiment` `None` skips the text. False, and nothing kept, when the post is gone or its text is
    no longer the one of `text_key`. Raises `LabelError` for an answer or a name that cannot be.
    """
    name = annotator_name(annotator)
    if sentiment is not None and sentiment not in SENTIMENTS:
        raise LabelError(f"sentiment {sentiment!r}: give {', '.join(SENTIMENTS)}.")
    with db.writing() as session:
        campaign = campaign_id(session, slug)
        sample = None if campaign is None else sample_of(session, campaign, post_id)
        if campaign is None or sample is None or sample.text_digest.hex() != text_key:
            return False
        store_answer(
            session,
            campaign,
            Answer(
                post_id, name, sentiment, offensive if sentiment else None, now, sample.text_digest
            ),
        )
        return True


def take_back(db: Database, slug: str, annotator: str, now: datetime) -> Item | None:
    """Removes the annotator's last answer of the page and shows its text again.

    `None` where there is nothing to take back. Raises `LabelError`.
    """
    name = annotator_name(annotator)
    c = t.labels.c
    with db.writing() as session:
        campaign = campaign_id(session, slug)
        mine = [
            one
            for one in (answers_of(session, campaign) if campaign is not None else ())
            if one.annotator == name and one.current and one.origin == "page"
        ]
        last = max(mine, key=lambda one: (one.made_at, one.post_id), default=None)
        sample = (
            None if campaign is None or last is None else sample_of(session, campaign, last.post_id)
        )
        if campaign is None or last is None or sample is None:
            return None
        session.execute(
            delete(t.labels).where(
                c.campaign_id == campaign, c.post_id == last.post_id, c.annotator == name
            )
        )
        _claim(session, campaign, last.post_id, name, now)
        text = _text(session, last.post_id)
        return Item(last.post_id, sample.text_digest.hex(), text, sample.platform, given=last)


def store_answer(session: Session, campaign: int, answer: Answer) -> None:
    """Writes an answer in place of the annotator's earlier one, and lets go of the text."""
    model = session.execute(
        select(t.models.c.name, t.models.c.version).where(t.models.c.shown)
    ).one_or_none()
    row = {
        "campaign_id": campaign,
        "post_id": answer.post_id,
        "annotator": answer.annotator,
        "text_digest": answer.text_digest,
        "sentiment": answer.sentiment,
        "offensive": answer.offensive,
        "made_at": answer.made_at,
        "origin": answer.origin,
        "model": " ".join(model) if model else "",
    }
    statement = upserting(session, t.labels).values(row)
    keys = ("campaign_id", "post_id", "annotator")
    session.execute(
        statement.on_conflict_do_update(
            index_elements=keys, set_={name: row[name] for name in row if name not in keys}
        )
    )
    c = t.label_samples.c
    session.execute(
        update(t.label_samples)
        .where(
            c.campaign_id == campaign,
            c.post_id == answer.post_id,
            c.claimed_by == answer.annotator,
        )
        .values(claimed_by=None, claimed_at=None)
    )


def _claim(session: Session, campaign: int, post_id: int, annotator: str, now: datetime) -> None:
    c = t.label_samples.c
    session.execute(
        update(t.label_samples)
        .where(c.campaign_id == campaign, c.post_id == post_id)
        .values(claimed_by=annotator, claimed_at=now)
    )


def _text(session: Session, post_id: int) -> str:
    found: str | None = session.scalar(
        select(t.texts.c.body)
        .join_from(t.posts, t.texts, t.texts.c.id == t.posts.c.text_id)
        .where(t.posts.c.id == post_id)
    )
    return found or ""
