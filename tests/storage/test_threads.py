"""Which posts' comments belong to a campaign."""

from datetime import timedelta

from storage_made import NOW, SLUG, incoming, post, store

from collectors.base import Kind
from storage.database import Database
from storage.queries import thread_roots


def test_roots_are_recent_posts_other_than_replies(database: Database) -> None:
    old = NOW - timedelta(days=30)
    posts = [
        incoming(post(1, created_at=NOW)),
        incoming(post(2, created_at=NOW, kind=Kind.REPLY)),
        incoming(post(3, created_at=old), scope="topic"),
    ]
    store(database, posts, taken_at=NOW + timedelta(hours=1))
    since = NOW - timedelta(days=8)
    found = thread_roots(database, SLUG, "x", since)
    assert [one.platform_id for one in found] == ["3", "1"]
    assert {one.seen_at for one in found} == {NOW + timedelta(hours=1)}
    assert [one.scope for one in thread_roots(database, SLUG, "x", since, "topic")] == ["topic"]
    assert thread_roots(database, SLUG, "x", NOW + timedelta(hours=2)) == []
    assert thread_roots(database, SLUG, "reddit", since) == []
    assert thread_roots(database, "other", "x", since) == []
