"""Keeps annotators' answers: who gets which text, what they say, what they take back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database, portions, upserting
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
_KEPT = (
    "post_id", "annotator", "sentiment", "offensive", "made_at", "text_digest", "origin",
)  # fmt: skip


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
        flag = offensive if sentiment else None
        answer = Answer(post_id, name, sentiment, flag, now, sample.text_digest)
        store_answers(session, campaign, [answer])
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


def store_answers(session: Session, campaign: int, answers: Sequence[Answer]) -> None:
    """Writes answers in place of their annotators' earlier ones, and lets go of the texts."""
    if not answers:
        return
    model = session.execute(
        select(t.models.c.name, t.models.c.version).where(t.models.c.shown)
    ).one_or_none()
    rows = [
        {name: getattr(one, name) for name in _KEPT}
        | {"campaign_id": campaign, "model": " ".join(model) if model else ""}
        for one in answers
    ]
    statement = upserting(session, t.labels)
    keys = ("campaign_id", "post_id", "annotator")
    changing = {name: statement.excluded[name] for name in (*_KEPT, "model") if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changing), rows)
    c = t.label_samples.c
    for annotator in {one.annotator for one in answers}:
        for some in portions([one.post_id for one in answers if one.annotator == annotator]):
            session.execute(
                update(t.label_samples)
                .where(c.campaign_id == campaign, c.post_id.in_(some), c.claimed_by == annotator)
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
