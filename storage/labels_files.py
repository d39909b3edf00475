"""Labels to and from files: posts stand under a pseudonym that only this database can resolve."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.labels import HeldApart, store_answers
from storage.labels_csv import ANSWERS, SHEET, Given, Reject, read, written
from storage.labels_queue import is_done
from storage.labels_rows import Answer, LabelError, Sample, annotator_name, by_post
from storage.queries.labels import answers_of, samples_of


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: rows added, changed, stored already, left empty, not taken."""

    added: int
    changed: int
    same: int
    empty: int
    rejects: tuple[Reject, ...]


def export_answers(db: Database, slug: str, *, with_ids: bool = False) -> tuple[str, int]:
    """Every single answer as a CSV text, and how many there are.

    Texts are as stored (masked). `with_ids` adds the platforms' own ids.
    """
    columns = (*ANSWERS, "platform", "platform_id") if with_ids else ANSWERS
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        key = _key(session, campaign)
        if campaign is None or key is None:
            return written(columns, ()), 0
        samples = {one.post_id: one for one in samples_of(session, campaign)}
        texts = _texts(session, campaign)
        models = _models(session, campaign)
        rows = [
            _answered(samples[one.post_id], one, texts, models, key)
            for one in answers_of(session, campaign)
        ]
    return written(columns, rows), len(rows)


def export_sheet(
    db: Database, slug: str, annotator: str, *, held_apart: HeldApart | None = None
) -> tuple[str, int]:
    """The texts that wait for `annotator`, as a CSV text to fill in, and how many there are.

    Raises `LabelError` for a name that cannot be.
    """
    name = annotator_name(annotator)
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        key = _key(session, campaign)
        if campaign is None or key is None:
            return written(SHEET, ()), 0
        given = by_post(answers_of(session, campaign))
        texts = _texts(session, campaign)
        rows = []
        for sample in samples_of(session, campaign):
            said = given.get(sample.post_id, [])
            mine = any(one.annotator == name and one.current for one in said)
            text = texts[sample.post_id]
            if not (mine or is_done(sample, said) or (held_apart and held_apart(text))):
                rows.append(
                    {
                        "post": pseudonym(key, sample),
                        "text_key": text_key(sample.text_digest),
                        "annotator": name,
                        "text": text,
                    }
                )
    return written(SHEET, rows), len(rows)


def import_labels(db: Database, slug: str, content: bytes, now: datetime) -> Imported:
    """Takes in a filled-in file; the same file again changes nothing.

    Rows without `made_at` count as answered `now`. Raises `LabelError` for what is no such file.
    """
    rows, empty, rejects = read(content)
    done = {"added": 0, "changed": 0, "same": 0}
    with db.writing() as session:
        campaign = campaign_id(session, slug)
        key = _key(session, campaign)
        if campaign is None or key is None:
            raise LabelError(
                f"labels: nothing was drawn for {slug} yet. Draw a sample with `sada labels draw`."
            )
        taken = _Taker(session, campaign, key, now)
        for row in rows:
            outcome = taken.take(row)
            if isinstance(outcome, Reject):
                rejects.append(outcome)
            else:
                done[outcome] += 1
        store_answers(session, campaign, taken.answers)
    ordered = tuple(sorted(rejects, key=lambda one: one.line))
    return Imported(**done, empty=empty, rejects=ordered)


class _Taker:
    """Checks rows against the sample and the answers stored; `answers` are those to be written."""

    def __init__(self, session: Session, campaign: int, key: bytes, now: datetime) -> None:
        self._now = now
        self.answers: list[Answer] = []
        samples = samples_of(session, campaign)
        self._samples = {pseudonym(key, one): one for one in samples}
        self._stored = {(one.post_id, one.annotator): one for one in answers_of(session, campaign)}
        self._seen: set[tuple[int, str]] = set()

    def take(self, row: Given) -> str | Reject:
        """`added`, `changed` or `same`, else why not."""
        sample = self._samples.get(row.post)
        if sample is None:
            return Reject(row.line, "post", row.post[:80])
        if row.text_key != text_key(sample.text_digest):
            return Reject(row.line, "edited", row.post[:80])
        try:
            name = annotator_name(row.annotator)
        except LabelError:
            return Reject(row.line, "annotator", row.annotator[:80])
        who = (sample.post_id, name)
        if who in self._seen:
            return Reject(row.line, "twice", name)
        self._seen.add(who)
        return self._compare(row, sample, name)

    def _compare(self, row: Given, sample: Sample, name: str) -> str | Reject:
        # An hour still to come would hold every later answer for the older one.
        made_at = min(row.made_at or self._now, self._now)
        stored = self._stored.get((sample.post_id, name))
        if stored is not None and stored.current:
            if (stored.sentiment, stored.offensive) == (row.sentiment, row.offensive):
                return "same"
            if row.made_at is not None and made_at < stored.made_at:
                return Reject(row.line, "newer", name)
        answer = Answer(
            sample.post_id, name, row.sentiment, row.offensive, made_at,
            sample.text_digest, origin="file",
        )  # fmt: skip
        self.answers.append(answer)
        return "added" if stored is None else "changed"


def pseudonym(key: bytes, sample: Sample) -> str:
    """What a post is called in files; a letter first, or a spreadsheet may take it for a number."""
    name = f"{sample.platform}\0{sample.platform_id}".encode("utf-8", "replace")
    return "p" + blake2b(name, key=key, digest_size=8).hexdigest()


def text_key(digest: bytes) -> str:
    """What a text is called in files."""
    return f"t{digest.hex()}"


def _answered(
    sample: Sample,
    answer: Answer,
    texts: Mapping[int, str],
    models: Mapping[tuple[int, str], str],
    key: bytes,
) -> dict[str, object]:
    return {
        "post": pseudonym(key, sample),
        "text_key": text_key(answer.text_digest),
        "phase": sample.phase,
        "stratum": sample.stratum,
        "chance": sample.chance,
        "doubled": sample.doubled,
        "annotator": answer.annotator,
        "sentiment": answer.sentiment or "skip",
        "offensive": answer.offensive,
        "made_at": answer.made_at,
        "counts": answer.counts,
        "origin": answer.origin,
        "model": models.get((answer.post_id, answer.annotator), ""),
        "text": texts[answer.post_id] if answer.current else "",
        "platform": sample.platform,
        "platform_id": sample.platform_id,
    }


def _key(session: Session, campaign: int | None) -> bytes | None:
    found = session.scalar(
        select(t.label_plans.c.key).where(t.label_plans.c.campaign_id == campaign)
    )
    return None if found is None else bytes(found)


def _texts(session: Session, campaign: int) -> dict[int, str]:
    c = t.label_samples.c
    wanted = (
        select(c.post_id, t.texts.c.body)
        .join_from(t.label_samples, t.posts, t.posts.c.id == c.post_id)
        .join(t.texts, t.texts.c.id == t.posts.c.text_id)
        .where(c.campaign_id == campaign)
    )
    rows: Any = session.execute(wanted)
    return dict(rows.all())


def _models(session: Session, campaign: int) -> dict[tuple[int, str], str]:
    c = t.labels.c
    wanted = select(c.post_id, c.annotator, c.model).where(c.campaign_id == campaign)
    rows: Any = session.execute(wanted)
    return {(post_id, annotator): model for post_id, annotator, model in rows}
