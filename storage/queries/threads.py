"""Posts of a campaign that open a thread: those whose comments belong to it too."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage import tables as t
from storage.campaigns import campaign_id
from storage.database import Database


@dataclass(frozen=True, slots=True)
class ThreadRoot:
    """A post that is no reply. `seen_at`: when it was first stored, UTC."""

    platform_id: str
    created_at: datetime
    seen_at: datetime
    scope: str


def thread_roots(
    db: Database, slug: str, platform: str, since: datetime, scope: str | None = None
) -> list[ThreadRoot]:
    """Posts on `platform` other than replies, created or first stored since `since`."""
    p, m = t.posts.c, t.memberships.c
    wanted = (
        select(p.platform_id, p.created_at, p.first_seen_at, m.scope)
        .join_from(t.memberships, t.posts, p.id == m.post_id)
        .where(p.platform == platform, p.kind != "reply")
        .where((p.created_at >= since) | (p.first_seen_at >= since))
        .order_by(p.created_at, p.id)
    )
    if scope is not None:
        wanted = wanted.where(m.scope == scope)
    with db.reading() as session:
        rows = session.execute(wanted.where(m.campaign_id == campaign_id(session, slug)))
        return [ThreadRoot(*row) for row in rows]
