"""How much of what was said was copied, what was posted in concert, and the figures without it."""

from sqlalchemy import FromClause, and_, case, func, select

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database
from storage.queries.cuts import member_posts, on_posts
from storage.rollups import Column
from storage.rows import CoordinatedGroup, Copied, Cut


def is_copy() -> Column:
    """Whether a post of `member_copies` repeats one that came before it."""
    return and_(t.copies.c.leader_id.is_not(None), ~t.copies.c.first)


def member_copies(*, annotated: bool) -> FromClause:
    """`member_posts` with what is known of copies."""
    joined = member_posts(annotated=annotated)
    return joined.outerjoin(t.copies, t.copies.c.post_id == t.posts.c.id)


def copied(db: Database, slug: str, cut: Cut) -> Copied:
    """Counts of a cut, of its originals without copies, and of co-ordinated posts of any kind."""
    p, a, c = t.posts.c, t.annotations.c, t.copies.c
    original = p.kind == "original"
    own = and_(original, func.coalesce(~is_copy(), True))
    read = and_(own, a.text_id.is_not(None))
    together = func.coalesce(c.coordinated, False)
    wanted = (
        _count(original),
        _count(and_(original, is_copy())),
        _count(together),
        func.count(case((together, c.leader_id)).distinct()),
        func.count(case((together, c.author_id)).distinct()),
        _count(c.post_id.is_(None)),
        _count(read),
        *(_count(and_(read, a.label == label)) for label in ("neg", "neu", "pos")),
        _count(and_(own, p.signposted)),
    )
    with db.reading() as session:
        row = session.execute(
            select(*wanted)
            .select_from(member_copies(annotated=True))
            .where(t.memberships.c.campaign_id == campaign_id(session, slug), *on_posts(cut))
        ).one()
    return Copied(*map(int, row))


def coordinated_groups(
    db: Database, slug: str, cut: Cut, limit: int = 10
) -> list[CoordinatedGroup]:
    """Texts that many accounts posted within minutes, those of most posts first. Texts are masked.

    Of the co-ordinated posts alone: who posts the same later is not among them.
    """
    p, c = t.posts.c, t.copies.c
    count = func.count()
    with db.reading() as session:
        groups = (
            select(
                c.leader_id,
                count.label("posts"),
                func.count(c.author_id.distinct()).label("accounts"),
                func.min(p.created_at).label("first"),
                func.max(p.created_at).label("last"),
                func.min(p.text_id).label("text_id"),
            )
            .select_from(member_copies(annotated=bool(cut.languages)))
            .where(t.memberships.c.campaign_id == campaign_id(session, slug), *on_posts(cut))
            .where(c.coordinated)
            .group_by(c.leader_id)
            .order_by(count.desc(), c.leader_id)
            .limit(limit)
            .subquery()
        )
        rows = session.execute(
            select(t.texts.c.body, groups.c.posts, groups.c.accounts, groups.c.first, groups.c.last)
            .join_from(groups, t.texts, t.texts.c.id == groups.c.text_id)
            .order_by(groups.c.posts.desc(), groups.c.leader_id)
        )
        return [CoordinatedGroup(*row) for row in rows]


def _count(condition: Column) -> Column:
    return func.count(case((condition, 1)))
