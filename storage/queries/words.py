"""Originals one by one, for what is counted over their words."""

from collections.abc import Iterator

from sqlalchemy import select

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.queries.cuts import member_posts, on_posts
from storage.rows import Cut, Original

_STREAMED = 5000


def originals(db: Database, slug: str, cut: Cut) -> Iterator[Original]:
    """The originals of a cut in the order they were stored, a few at a time in memory."""
    p, a = t.posts.c, t.annotations.c
    threshold = select(t.models.c.offensive_threshold).where(t.models.c.shown).scalar_subquery()
    with db.reading() as session:
        wanted = (
            select(p.text_id, p.day, p.platform, p.author_id, a.language, a.offensive >= threshold)
            .select_from(member_posts(annotated=True))
            .where(t.memberships.c.campaign_id == campaign_id(session, slug), *on_posts(cut))
            .where(p.kind == "original")
            .order_by(p.id)
        )
        for row in session.execute(wanted.execution_options(yield_per=_STREAMED)):
            text, day, platform, author, language, offensive = row
            yield Original(text, day, platform, author, language or "", bool(offensive))
