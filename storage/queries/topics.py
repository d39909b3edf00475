"""The topics of the newest topic model, with their days and their sentiment."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.queries.cuts import member_posts, on_posts
from storage.queries.posts import newest_run
from storage.rows import Cut, TopicView, TopicVoices

Counts = dict[int, dict[date, dict[str | None, int]]]
"""Originals by topic, day and label."""


def topics(db: Database, slug: str, cut: Cut) -> list[TopicView]:
    """Topics of the newest run, largest first; what fits none (−1, no label) comes last."""
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        run = newest_run(session, campaign)
        counted = (
            select(t.text_topics.c.number, t.posts.c.day, t.annotations.c.label, func.count())
            .select_from(
                member_posts(annotated=True).join(
                    t.text_topics, t.text_topics.c.text_id == t.posts.c.text_id
                )
            )
            .where(t.memberships.c.campaign_id == campaign, *on_posts(cut))
            .where(t.text_topics.c.run_id == run, t.posts.c.kind == "original")
            .group_by(t.text_topics.c.number, t.posts.c.day, t.annotations.c.label)
            .order_by(t.posts.c.day)
        )
        counts: Counts = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        for number, day, label, posts in session.execute(counted):
            counts[number][day][label] += posts
        c = t.topics.c
        wanted = (
            select(c.number, c.label, c.words, c.size)
            .where(c.run_id == run)
            .order_by(c.number < 0, c.size.desc(), c.number)
        )
        return [_view(*row, counts[row.number]) for row in session.execute(wanted)]


def topic_authors(db: Database, slug: str, cut: Cut, number: int) -> int:
    """Authors of a topic's originals, on the platform that has most of them."""
    found = _voices(db, slug, cut, t.text_topics.c.number == number)
    return found[number].authors if number in found else 0


def topic_voices(db: Database, slug: str, cut: Cut) -> dict[int, TopicVoices]:
    """By topic number, who wrote its originals; a topic without any is absent."""
    return _voices(db, slug, cut)


def _voices(
    db: Database, slug: str, cut: Cut, *conditions: ColumnElement[bool]
) -> dict[int, TopicVoices]:
    p, number = t.posts.c, t.text_topics.c.number
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        by_author = (
            select(number, p.platform, func.count().label("posts"))
            .select_from(
                member_posts(annotated=bool(cut.languages)).join(
                    t.text_topics, t.text_topics.c.text_id == p.text_id
                )
            )
            .where(t.memberships.c.campaign_id == campaign, *on_posts(cut), p.kind == "original")
            .where(t.text_topics.c.run_id == newest_run(session, campaign))
            .where(p.author_id.is_not(None), *conditions)
            .group_by(number, p.platform, p.author_id)
            .subquery()
        )
        c = by_author.c
        rows = session.execute(
            select(c.number, func.count(), func.sum(c.posts), func.sum(c.posts * c.posts)).group_by(
                c.number, c.platform
            )
        ).all()
    return {
        topic: _heard([tuple(map(int, row[1:])) for row in rows if row[0] == topic])
        for topic in {row[0] for row in rows}
    }


def _heard(platforms: Sequence[tuple[int, ...]]) -> TopicVoices:
    """From each platform's authors, Σn and Σn². Accounts of two platforms count as two."""
    authors, posts, squares = zip(*platforms, strict=True)
    return TopicVoices(max(authors), sum(posts) ** 2 / sum(squares))


def _view(
    number: int, label: str, words: list[str], size: int, days: dict[date, dict[str | None, int]]
) -> TopicView:
    of_label = {
        name: sum(labels.get(name, 0) for labels in days.values()) for name in ("neg", "neu", "pos")
    }
    return TopicView(
        number=number,
        label=label if number >= 0 else "",
        words=words,
        size=size,
        by_day={day: sum(labels.values()) for day, labels in days.items()},
        **of_label,
    )
