"""The topics of the newest topic model, with their days and their sentiment."""

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.queries.cuts import member_posts, on_posts
from storage.queries.posts import newest_run
from storage.rows import Cut, TopicView

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
    p = t.posts.c
    with db.reading() as session:
        campaign = campaign_id(session, slug)
        by_platform = (
            select(func.count(p.author_id.distinct()).label("authors"))
            .select_from(
                member_posts(annotated=bool(cut.languages)).join(
                    t.text_topics, t.text_topics.c.text_id == p.text_id
                )
            )
            .where(t.memberships.c.campaign_id == campaign, *on_posts(cut), p.kind == "original")
            .where(t.text_topics.c.run_id == newest_run(session, campaign))
            .where(t.text_topics.c.number == number)
            .group_by(p.platform)
            .subquery()
        )
        return int(session.scalar(select(func.max(by_platform.c.authors))) or 0)


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
