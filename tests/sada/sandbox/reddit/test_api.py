"""Reddit's simulator, through the real praw."""

from datetime import datetime, timedelta
from typing import Any

import praw
import prawcore
import pytest
import requests

from sada.sandbox.reddit import CLIENT
from sada.sandbox.reddit.query import compile_reddit_query
from sada.sandbox.rhythm import local_day
from sada.sandbox.server import Sandbox
from sada.sandbox.truth import truth
from sada.sandbox.world import World

ALL = "Morocco+Maroc"


def test_listings_hold_the_truth(reddit: praw.Reddit, world: World, now: datetime) -> None:
    place = reddit.subreddit(ALL)
    posts = [*place.new(limit=None), *place.comments(limit=None)]
    names = [post.fullname for post in posts]
    assert len(set(names)) == len(names)
    about = {
        item.id: item
        for item in world.published(now)
        if item.platform == "reddit" and item.scope != "none"
    }
    counts: dict[str, int] = {}
    for post in posts:
        if post.fullname in about:
            day = local_day(about[post.fullname].created_at).isoformat()
            counts[day] = counts.get(day, 0) + 1
    shown = truth(world, now)
    assert counts == {day: row["posts"] for day, row in shown["days"]["reddit"].items()}
    assert len(names) - sum(counts.values()) > 100


def test_texts_and_times(reddit: praw.Reddit, world: World, now: datetime) -> None:
    known = {item.id: item for item in world.items}
    for post in reddit.subreddit("Morocco").new(limit=60):
        item = known[post.fullname]
        assert (post.title, post.selftext) == (item.title, item.version(now).text)
        assert post.created_utc == item.created_at.timestamp()
        assert post.author.name == item.author.handle
    for comment in reddit.subreddit("Morocco").comments(limit=60):
        item = known[comment.fullname]
        assert comment.body == item.version(now).text
        assert (comment.link_id, comment.parent_id) == (item.root, item.parent)


def test_new_posts_by_before(reddit: praw.Reddit, clock: Any) -> None:
    newest = next(reddit.subreddit(ALL).comments(limit=1)).fullname
    clock.advance(hours=9)
    fresh = list(reddit.subreddit(ALL).comments(limit=100, params={"before": newest}))
    ever = [comment.fullname for comment in reddit.subreddit(ALL).comments(limit=100)]
    assert 0 < len(fresh) < 40
    assert [comment.fullname for comment in fresh] == ever[: ever.index(newest)]


def test_search_by_words_and_time(reddit: praw.Reddit, now: datetime) -> None:
    query = 'cyberviolence OR "harcèlement en ligne" OR tanammor'
    week = list(reddit.subreddit("all").search(query, sort="new", time_filter="week", limit=None))
    ever = list(reddit.subreddit("all").search(query, sort="new", time_filter="all", limit=None))
    assert 0 < len(week) < len(ever) <= 250
    since = (now - timedelta(days=7)).timestamp()
    assert all(post.created_utc >= since for post in week)
    assert [post.created_utc for post in ever] == sorted(
        (post.created_utc for post in ever), reverse=True
    )
    assert list(reddit.subreddit("Morocco").search("zzzzz", limit=None)) == []


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("a OR b", "b", True),
        ("a AND b", "a b", True),
        ("a b", "a", False),
        ("a NOT b", "a b", False),
        ("a -b", "a", True),
        ('(a OR "b c") d', "b c d", True),
        ('(a OR "b c") AND (d OR e)', "e and b c", True),
        ('(a OR "b c") AND (d OR e)', "a alone", False),
        ('(a OR "b c") AND (d OR e)', "d alone", False),
        ("title:a", "a", True),
        ("", "a", False),
        ("(a", "a", True),
        ("OR", "or", False),
        ('a -"b c"', "a b c", False),
    ],
)
def test_search_syntax(query: str, text: str, expected: bool) -> None:
    assert compile_reddit_query(query)(text) is expected


def test_thread(reddit: praw.Reddit, world: World, now: datetime) -> None:
    comments = [
        item for item in world.published(now) if item.platform == "reddit" and item.kind == "reply"
    ]
    root = str(max(comments, key=lambda item: sum(one.root == item.root for one in comments)).root)
    thread = reddit.submission(root[3:])
    thread.comments.replace_more(limit=None)
    found = {comment.fullname for comment in thread.comments.list()}
    assert found == {item.id for item in comments if item.root == root}
    assert any(not comment.is_root for comment in thread.comments.list()) or len(found) < 4


def test_info_drops_unknown_and_empties_deleted(
    reddit: praw.Reddit, world: World, now: datetime
) -> None:
    items = [item for item in world.published(now) if item.platform == "reddit"]
    gone = [item for item in items if not item.alive(now)]
    there = [item for item in items if item.alive(now)][:4]
    assert {item.kind for item in gone} == {"original", "reply"}
    asked = [item.id for item in (*gone, *there)]
    found = {thing.fullname: thing for thing in reddit.info(fullnames=[*asked, "t3_zzzzzz"])}
    assert list(found) == asked
    for item in gone:
        thing = found[item.id]
        assert thing.author is None
        assert "[deleted]" in (thing.selftext if item.kind == "original" else thing.body)
    listed = {post.fullname for post in reddit.subreddit(ALL).new(limit=None)}
    assert listed.isdisjoint(item.id for item in gone)


def test_edits_keep_their_id(reddit: praw.Reddit, world: World, clock: Any) -> None:
    item = next(
        item for item in world.items if item.platform == "reddit" and len(item.versions) > 1
    )
    clock.moment = item.versions[1].at - timedelta(seconds=1)
    before = next(reddit.info(fullnames=[item.id]))
    assert before.edited is False
    clock.moment = item.versions[1].at
    after = next(reddit.info(fullnames=[item.id]))
    assert after.edited == item.versions[1].at.timestamp()
    text = after.selftext if item.kind == "original" else after.body
    assert text == item.versions[1].text


def test_listing_ends_at_a_thousand(sandbox: Sandbox, clock: Any) -> None:
    clock.advance(days=40)
    header = {"Authorization": "bearer sandbox-access-token"}
    seen, after = 0, ""
    while after is not None:
        address = f"{sandbox.url('reddit')}/r/all/comments/?limit=100&after={after}"
        data = requests.get(address, headers=header, timeout=10).json()["data"]
        seen, after = seen + data["dist"], data["after"]
    assert 600 < seen <= 1000


def test_wrong_secret(sandbox: Sandbox) -> None:
    base = sandbox.url("reddit")
    wrong = praw.Reddit(
        client_id=CLIENT[0],
        client_secret="wrong",
        user_agent="python:sada:tests",
        reddit_url=base,
        oauth_url=base,
        short_url=base,
        check_for_updates=False,
    )
    with pytest.raises(prawcore.exceptions.ResponseException) as caught:
        list(wrong.subreddit("Morocco").new(limit=1))
    assert caught.value.response.status_code == 401


def test_without_token(sandbox: Sandbox) -> None:
    answer = requests.get(f"{sandbox.url('reddit')}/r/Morocco/new", timeout=10)
    assert answer.status_code == 401
    assert "invalid_token" in answer.headers["www-authenticate"]


def test_rate_headers_as_praw_reads_them(sandbox: Sandbox) -> None:
    header = {"Authorization": "bearer sandbox-access-token"}
    answer = requests.get(f"{sandbox.url('reddit')}/r/Morocco/new", headers=header, timeout=10)
    assert float(answer.headers["x-ratelimit-remaining"]) == 999.0
    assert int(answer.headers["x-ratelimit-reset"]) == 300
    assert int(answer.headers["x-ratelimit-used"]) == 1


def test_unknown_path_and_about(sandbox: Sandbox, reddit: praw.Reddit) -> None:
    header = {"Authorization": "bearer sandbox-access-token"}
    answer = requests.get(f"{sandbox.url('reddit')}/nowhere", headers=header, timeout=10)
    assert answer.status_code == 404
    assert reddit.subreddit("Morocco").subscribers == 100_000
